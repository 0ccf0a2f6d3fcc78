import { chmodSync, mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { coveredFilm, type FilmCovering } from '../../../main/media/cover-film.ts';
import { makeWithFfmpeg, sine, temporaryFolder, testWithFfmpeg, writeWav } from '../../fixtures/media.ts';

const folder = temporaryFolder();
const file = (name: string) => path.join(folder, name);

function covering(name: string, out = file('out.mp4')): FilmCovering {
  const nothing = { looks: [], places: [], silences: [], lowered: [], label: null };
  return { path: file(name), claimedExtension: path.extname(name), scratchFolder: folder, out, ...nothing };
}

/** Does `work` while a script stands in for the encoder. */
async function withEncoder(script: string, work: () => Promise<void>): Promise<void> {
  const before = process.env.FFMPEG_PATH;
  mkdirSync(file('tools'), { recursive: true });
  writeFileSync(file('tools/ffmpeg'), `#!/bin/sh\n${script}\n`);
  chmodSync(file('tools/ffmpeg'), 0o755);
  process.env.FFMPEG_PATH = file('tools');
  try {
    await work();
  } finally {
    if (before === undefined) delete process.env.FFMPEG_PATH;
    else process.env.FFMPEG_PATH = before;
  }
}

beforeAll(() => writeWav(file('tone.wav'), 1, { sampleRate: 16_000 }, sine(440)));

testWithFfmpeg('an encoder that ends while frames are written is said to have failed', async () => {
  makeWithFfmpeg('-f', 'lavfi', '-i', 'testsrc=size=320x240:rate=25:duration=2', file('film.mp4'));
  const work = coveredFilm(covering('film.mp4', file('nowhere/out.mp4')));
  await expect(work).rejects.toMatchObject({ code: 'FFMPEG_FAILED' });
});

test('a full disk is told by its own name', async () => {
  await withEncoder('echo "av_interleaved_write_frame(): No space left on device" >&2; exit 1', async () => {
    await expect(coveredFilm(covering('tone.wav'))).rejects.toMatchObject({ code: 'NO_SPACE' });
  });
});

test('a copy of a recording that is cancelled is cancelled, not failed', async () => {
  await withEncoder('sleep 60', async () => {
    const work = coveredFilm(covering('tone.wav'), AbortSignal.timeout(500));
    await expect(work).rejects.toMatchObject({ name: 'TimeoutError' });
  });
});
