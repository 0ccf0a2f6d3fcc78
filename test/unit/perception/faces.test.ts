import { mkdtempSync, rmSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { FACE_EMBEDDING_MODEL } from '../../../main/contract/analyzer.ts';
import { openMedia } from '../../../main/media/index.ts';
import { findFaces, landmarksOf } from '../../../main/perception/index.ts';
import { clip, HEADS, identity, type Placed, scene } from '../../fixtures/heads.ts';
import { testWithFfmpeg } from '../../fixtures/media.ts';
import { models } from '../../models.ts';

const folder = mkdtempSync(path.join(tmpdir(), 'jianzhen-faces-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

async function facesIn(file: string, { signal = new AbortController().signal, closely = false } = {}) {
  await using media = await openMedia(file);
  return await findFaces(media, { fps: 4, closely, models, signal, progress: () => {} });
}

async function picture(name: string, heads: readonly Placed[], width = 900, height = 600) {
  const file = path.join(folder, name);
  await writeFile(file, await scene(width, height, heads));
  return file;
}

const [amber, basalt, chalk, dune] = HEADS as [
  (typeof HEADS)[0],
  (typeof HEADS)[0],
  (typeof HEADS)[0],
  (typeof HEADS)[0],
];

test('a picture of two heads gives two tracks from left to right, each with its crop, mesh and quality', async () => {
  const file = await picture('two.png', [
    { who: basalt, x: 480, y: 90, size: 380 },
    { who: amber, x: 40, y: 140, size: 380, pose: { roll: 12 } },
  ]);
  const { framesExamined, tracks } = await facesIn(file);
  expect(framesExamined).toBe(1);
  expect(tracks.map((t) => t.id)).toEqual(['face-track:1', 'face-track:2']);
  for (const [n, centreX] of [230, 670].entries()) {
    const track = tracks[n]!;
    expect(track).toMatchObject({ fromS: 0, toS: 0, detections: 1 });
    expect(track.observations).toHaveLength(1);
    const { box, crop, quality, score } = track.observations[0]!;
    expect(Math.abs(box.x + box.w / 2 - centreX)).toBeLessThan(30);
    expect(score).toBeGreaterThan(0.6);
    expect(quality.sizePx).toBeCloseTo(Math.min(box.w, box.h), 3);
    expect(quality.sharpness).toBeGreaterThan(15);
    expect(crop.image.width).toBe(crop.image.height);
    expect(crop.image.width).toBe(Math.min(512, Math.round(2 * Math.max(box.w, box.h))));
    expect(crop.image.data).toHaveLength(crop.image.width ** 2 * 3);
    expect(crop.mesh).toHaveLength(468 * 3);
    expect(crop.box.x + crop.box.w / 2).toBeCloseTo(crop.image.width / 2, 3);
  }
  expect(tracks[0]!.observations[0]!.quality.roll).toBeCloseTo(12, -1);
});

test('the crop is upright: its eyes are level although the head leans', async () => {
  const file = await picture('lean.png', [{ who: chalk, x: 200, y: 60, size: 460, pose: { roll: -18 } }]);
  const { tracks } = await facesIn(file);
  expect(tracks).toHaveLength(1);
  const { mesh } = tracks[0]!.observations[0]!.crop;
  const slope = Math.atan2(mesh[263 * 3 + 1]! - mesh[33 * 3 + 1]!, mesh[263 * 3]! - mesh[33 * 3]!);
  expect(Math.abs((slope * 180) / Math.PI)).toBeLessThan(4);
});

test('the landmarks lie on the features in the picture, also where the head leans', async () => {
  const head = { who: chalk, x: 200, y: 60, size: 460 };
  const pointsOf = async (name: string, roll: number) => {
    const { tracks } = await facesIn(await picture(name, [{ ...head, pose: { roll } }]));
    const [seen] = tracks[0]!.observations;
    return { seen: seen!, points: Array.from({ length: 119 }, (_, n) => landmarksOf(seen!).slice(2 * n, 2 * n + 2)) };
  };
  const upright = await pointsOf('upright.png', 0);
  const leaning = await pointsOf('leaning.png', -18);
  const { box } = upright.seen;
  const inside = upright.points.filter(
    ([x, y]) => x! > box.x && x! < box.x + box.w && y! > box.y && y! < box.y + box.h,
  );
  expect(inside.length).toBeGreaterThan(100);
  // The drawn head turns about its middle; its landmarks turn with it.
  const [centreX, centreY] = [head.x + head.size / 2, head.y + head.size / 2];
  const [cos, sin] = [Math.cos((-18 * Math.PI) / 180), Math.sin((-18 * Math.PI) / 180)];
  const apart = upright.points.map(([x, y], n) => {
    const [dx, dy] = [x! - centreX, y! - centreY];
    const [turnedX, turnedY] = [centreX + dx * cos - dy * sin, centreY + dx * sin + dy * cos];
    return Math.hypot(leaning.points[n]![0]! - turnedX, leaning.points[n]![1]! - turnedY);
  });
  expect(apart.reduce((sum, one) => sum + one, 0) / apart.length).toBeLessThan(0.05 * box.w);
});

test('a picture without faces and a sound file have no tracks', async () => {
  expect(await facesIn(await picture('none.png', []))).toEqual({ framesExamined: 1, tracks: [] });
  const speech = path.resolve(import.meta.dirname, '../../fixtures/speech/en-low.opus');
  expect(await facesIn(speech)).toEqual({ framesExamined: 0, tracks: [] });
});

test('the same picture gives the same numbers', async () => {
  const file = await picture('again.png', [{ who: dune, x: 100, y: 60, size: 420 }]);
  expect(await facesIn(file)).toEqual(await facesIn(file));
});

test('every face large enough has a unit embedding, and says why where it has none', async () => {
  const file = await picture('sizes.png', [
    { who: amber, x: 20, y: 40, size: 400 },
    { who: identity(6), x: 700, y: 300, size: 55 },
  ]);
  const { tracks } = await facesIn(file);
  expect(tracks).toHaveLength(2);
  expect(models.has(FACE_EMBEDDING_MODEL)).toBe(true);
  expect(Math.hypot(...tracks[0]!.embedding!)).toBeCloseTo(1, 5);
  expect(tracks[0]!.observations[0]!.embedding).toBeDefined();
  expect(tracks[1]!.embedding).toBeNull();
  expect(tracks[1]!.embeddingReason?.code).toBe('face-too-small');
});

testWithFfmpeg(
  'two moving heads are two tracks through the clip, although one goes away, a cut comes and it returns',
  async () => {
    const file = path.join(folder, 'clip.mp4');
    await clip(file, {
      seconds: 9,
      room: (t) => (t < 4.5 ? 1 : 8),
      actors: [
        { who: amber, size: 0.8, at: (t) => ({ x: 0.25 + 0.02 * t, y: 0.5, pose: { yaw: 15 * Math.sin(t) } }) },
        {
          who: basalt,
          size: 0.75,
          at: (t) => (t > 3 && t < 6 ? null : { x: 0.75 - 0.01 * t, y: 0.52, pose: { roll: 6 * Math.sin(2 * t) } }),
        },
      ],
    });
    const { framesExamined, tracks } = await facesIn(file);
    expect(framesExamined).toBe(36);
    expect(tracks.map((t) => t.id)).toEqual(['face-track:1', 'face-track:2']);
    expect(tracks[0]!.detections).toBeGreaterThan(32);
    expect(tracks[1]!.detections).toBeGreaterThan(20);
    expect(tracks[1]!.toS).toBeGreaterThan(8);
    for (const { observations, fromS, toS } of tracks) {
      expect(observations.length).toBeGreaterThan(4);
      expect(observations.length).toBeLessThanOrEqual(24);
      const times = observations.map((o) => o.timeS);
      expect(times).toEqual([...times].sort((a, b) => a - b));
      expect(times[0]).toBeGreaterThanOrEqual(fromS);
      expect(times.at(-1)).toBeLessThanOrEqual(toS);
    }
  },
);

testWithFfmpeg('boxes are in pixels of the full frame although it is searched smaller', async () => {
  const file = path.join(folder, 'large.mp4');
  await clip(file, {
    seconds: 1,
    fps: 4,
    width: 2560,
    height: 1440,
    actors: [{ who: chalk, size: 0.9, at: () => ({ x: 0.5, y: 0.5 }) }],
  });
  const { tracks } = await facesIn(file);
  expect(tracks).toHaveLength(1);
  const { box } = tracks[0]!.observations[0]!;
  expect(Math.abs(box.x + box.w / 2 - 1280)).toBeLessThan(60);
  expect(box.w).toBeGreaterThan(400);
});

test('cancelling stops the search with an abort', async () => {
  const file = await picture('cancel.png', [{ who: amber, x: 20, y: 40, size: 400 }]);
  await expect(facesIn(file, { signal: AbortSignal.abort() })).rejects.toMatchObject({
    name: expect.stringMatching(/Abort|AppError/),
  });
});

testWithFfmpeg(
  'looked at closely, a face that moves is followed through consecutive frames and each of its looks has a vector; nothing else changes',
  async () => {
    const file = path.join(folder, 'burst.mp4');
    const fps = 25;
    await clip(file, {
      seconds: 3,
      fps,
      room: (t) => (t < 2 ? 1 : 8),
      actors: [{ who: amber, size: 0.7, at: (t) => ({ x: 0.3 + 0.12 * t, y: 0.5, pose: { roll: 8 } }) }],
    });
    const [plain, close] = [await facesIn(file), await facesIn(file, { closely: true })];
    const [before, after] = [plain.tracks[0]!, close.tracks[0]!];
    expect(after.embedding).toEqual(before.embedding);
    const bare = ({ embedding: _, ...look }: (typeof after.observations)[0]) => look;
    expect(after.observations.map(bare)).toEqual(before.observations.map(bare));
    expect(before.bursts).toBeUndefined();
    expect(before.observations.filter(({ embedding }) => embedding)).toHaveLength(6);
    expect(after.observations.every(({ embedding }) => embedding)).toBe(true);
    expect(after.bursts).toHaveLength(1);
    const burst = after.bursts![0]!;
    expect(burst.length).toBeGreaterThanOrEqual(6);
    for (const { embedding } of burst) expect(Math.hypot(...embedding!)).toBeCloseTo(1, 4);
    const steps = burst.slice(1).map(({ timeS }, n) => timeS - burst[n]!.timeS);
    for (const step of steps) expect(step).toBeCloseTo(1 / fps, 4);
    const sides = new Set(burst.map(({ crop }) => crop.image.width));
    expect(sides.size).toBe(1);
    expect(Math.max(...sides)).toBeLessThanOrEqual(320);
    // The head moves by 0.12 of 640 px a second: the box follows it, and the eyes stay where they are in the crop.
    const shift = 0.12 * 640 * (burst.at(-1)!.timeS - burst[0]!.timeS);
    expect(Math.abs(burst.at(-1)!.box.x - burst[0]!.box.x - shift)).toBeLessThan(0.25 * shift);
    const eye = burst.map(({ crop }) => crop.mesh[33 * 3]! / crop.image.width);
    expect(Math.max(...eye) - Math.min(...eye)).toBeLessThan(0.04);
  },
);

test('a track of 21 seconds is followed in two runs of frames, one in each half', async () => {
  const file = path.join(folder, 'long.mp4');
  await clip(file, { seconds: 21, fps: 10, actors: [{ who: amber, size: 0.6, at: () => ({ x: 0.5, y: 0.5 }) }] });
  const [track] = (await facesIn(file, { closely: true })).tracks;
  expect(track!.toS - track!.fromS).toBeGreaterThanOrEqual(20);
  const starts = track!.bursts!.map((run) => [run.length, run[0]!.timeS < 10.5] as const);
  expect(starts).toEqual([
    [16, true],
    [16, false],
  ]);
});
