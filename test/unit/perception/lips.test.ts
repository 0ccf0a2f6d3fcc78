import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { LIP_MEASURES } from '../../../main/contract/perception.ts';
import { openMedia } from '../../../main/media/index.ts';
import { findFaces } from '../../../main/perception/index.ts';
import { clip, HEADS } from '../../fixtures/heads.ts';
import { testWithFfmpeg } from '../../fixtures/media.ts';
import { models } from '../../models.ts';

const folder = mkdtempSync(path.join(os.tmpdir(), 'jianzhen-lips-'));
afterAll(() => rmSync(folder, { recursive: true }));

const FPS = 25;
const [amber] = HEADS as [(typeof HEADS)[number]];
/** Part of the mouth's width by which it stands open: not evenly. */
const openAt = (t: number) => 0.35 * Math.max(0, Math.sin(2 * Math.PI * (1.5 * t + 0.2 * Math.sin(3 * t))));

function correlation(a: readonly number[], b: readonly number[]): number {
  const mean = (v: readonly number[]) => v.reduce((s, x) => s + x, 0) / v.length;
  const [ma, mb] = [mean(a), mean(b)];
  const dot = (p: readonly number[], mp: number, q: readonly number[], mq: number) =>
    p.reduce((s, x, n) => s + (x - mp) * (q[n]! - mq), 0);
  return dot(a, ma, b, mb) / Math.sqrt(dot(a, ma, a, ma) * dot(b, mb, b, mb));
}

testWithFfmpeg(
  'a mouth is followed frame by frame while its head wanders, comes nearer and leans, and no further than the shot',
  async () => {
    const file = path.join(folder, 'film.mp4');
    await clip(file, {
      seconds: 2,
      fps: FPS,
      room: (t) => (t < 1.62 ? 1 : 8),
      actors: [
        {
          who: amber,
          size: 0.6,
          at: (t) => ({ x: 0.4 + 0.1 * t, y: 0.5, pose: { roll: 8 * Math.sin(2 * t), mouthOpen: openAt(t) } }),
        },
      ],
    });
    await using media = await openMedia(file);
    const { signal } = new AbortController();
    const quick = await findFaces(media, { fps: 4, models, signal, progress: () => {} });
    expect(quick.lips).toBeUndefined();
    const faces = await findFaces(media, { fps: 4, closely: true, models, signal, progress: () => {} });
    const look = faces.tracks[0]!.observations[0]!;
    const { timesS, measures } = await faces.lips!(look, 8);
    expect(timesS[0]).toBeCloseTo(look.timeS, 3);
    expect(timesS.at(-1)).toBeCloseTo(1.6, 2);
    expect(timesS.slice(1).every((t, n) => Math.abs(t - timesS[n]! - 1 / FPS) < 2e-3)).toBe(true);
    expect(measures).toHaveLength(timesS.length * LIP_MEASURES.length);
    const row = (name: (typeof LIP_MEASURES)[number]) =>
      timesS.map((_, n) => measures[n * LIP_MEASURES.length + LIP_MEASURES.indexOf(name)]!);
    const drawn = timesS.map(openAt);
    expect(correlation(row('opening'), drawn)).toBeGreaterThan(0.8);
    expect(correlation(row('height'), drawn)).toBeGreaterThan(0.8);

    const short = await faces.lips!(look, 0.5);
    expect(short.timesS.length).toBeLessThan(0.6 * FPS);
  },
);
