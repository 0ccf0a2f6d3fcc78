import path from 'node:path';
import { lipSynchrony } from '../../../main/detectors/lip-synchrony.ts';
import { openMedia } from '../../../main/media/index.ts';
import { findFaces } from '../../../main/perception/index.ts';
import { findVoices } from '../../../main/perception/voices.ts';
import { clip, HEADS } from '../../fixtures/heads.ts';
import { allSamples, makeWithFfmpeg, temporaryFolder, testWithFfmpeg } from '../../fixtures/media.ts';
import { models } from '../../models.ts';
import { context } from './drawn.ts';

const folder = temporaryFolder();
const speech = (name: string) => path.resolve(import.meta.dirname, `../../fixtures/speech/${name}.opus`);
const SECONDS = 4;
const RATE = 16_000;

/** A head that opens its mouth as far as the recording is loud, a little before it. */
async function drawFilm(file: string, recording: string): Promise<void> {
  await using media = await openMedia(recording);
  const { samples } = await allSamples(media.audio({}));
  const loud = (t: number) => {
    const around = samples.slice(Math.max(0, Math.round((t + 0.05) * RATE)), Math.round((t + 0.15) * RATE));
    return Math.sqrt(around.reduce((sum, v) => sum + v * v, 0) / Math.max(1, around.length));
  };
  const most = Math.max(...Array.from({ length: 25 * SECONDS }, (_, n) => loud(n / 25)));
  const pose = (t: number) => ({ mouthOpen: (0.5 * loud(t)) / most });
  const actor = { who: HEADS[0]!, size: 0.9, at: (t: number) => ({ x: 0.5, y: 0.5, pose: pose(t) }) };
  await clip(file, { seconds: SECONDS, fps: 25, width: 360, height: 270, actors: [actor] });
}

async function measured(film: string, sound: string): Promise<Record<string, number>> {
  const file = path.join(folder, 'heard.mkv');
  makeWithFfmpeg('-i', film, '-i', sound, '-map', '0:v', '-map', '1:a', '-c', 'copy', '-t', String(SECONDS), file);
  await using media = await openMedia(file);
  const { signal } = new AbortController();
  const faces = await findFaces(media, { fps: 4, closely: true, models, signal, progress: () => {} });
  await using voices = await findVoices(media, { models, signal, scratchFolder: folder, progress: () => {} });
  const [outcome] = await lipSynchrony.run(
    { media, sha256: '', faces, voices },
    { ...context(models.run.bind(models)), models },
  );
  expect(outcome).toMatchObject({ status: 'evidence', subject: 'face-track:1' });
  return Object.fromEntries(outcome!.facts.map(({ id, value }) => [id, Number(value)]));
}

testWithFfmpeg('a film whose sound was exchanged agrees less with its mouth than with its own', async () => {
  const film = path.join(folder, 'film.mp4');
  await drawFilm(film, speech('en-low'));
  const own = await measured(film, speech('en-low'));
  const laid = await measured(film, speech('zh-high'));
  expect(own['lips.agreement']).toBeGreaterThan(0.5);
  expect(own['lips.othersAsHigh']).toBeLessThan(0.05);
  expect(laid['lips.agreement']).toBeLessThan(own['lips.agreement']! - 0.2);
  expect(laid['lips.othersAsHigh']).toBeGreaterThan(0.05);
});
