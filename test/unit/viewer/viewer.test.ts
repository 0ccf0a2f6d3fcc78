import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { bytesSource } from '../../../main/media/index.ts';
import { openMedia } from '../../../main/media/open.ts';
import { forkViewer, ViewerHost } from '../../../main/window/viewer-host.ts';
import { HEADS, scene } from '../../fixtures/heads.ts';
import { makeWithFfmpeg, sine, temporaryFolder, testWithFfmpeg, writeWav } from '../../fixtures/media.ts';

const folder = temporaryFolder();
const viewer = new ViewerHost(() => forkViewer(folder));
afterAll(() => viewer[Symbol.dispose]());
const of = (name: string) => ({ path: path.join(folder, name), claimedExtension: path.extname(name) });

/** Mean absolute difference of neighbouring pixels: how much detail a picture has. */
async function detail(jpeg: Uint8Array): Promise<number> {
  const file = path.join(folder, 'seen.jpg');
  writeFileSync(file, jpeg);
  await using media = await openMedia(file);
  const { data } = await media.picture();
  let sum = 0;
  for (let at = 3; at < data.length; at++) sum += Math.abs(data[at]! - data[at - 3]!);
  return sum / data.length;
}

test('a still is shown upright and shrunk, a region of it in its own pixels', async () => {
  writeFileSync(of('face.png').path, await scene(640, 480, [{ who: HEADS[0]!, x: 100, y: 60, size: 300 }]));
  const whole = await viewer.ask(of('face.png'), { kind: 'picture', maxSide: 320, region: null });
  expect([whole.mediaType, whole.width, whole.height]).toEqual(['image/jpeg', 320, 240]);
  const region = { x: 600, y: 400, w: 200, h: 200 };
  const cut = await viewer.ask(of('face.png'), { kind: 'picture', maxSide: 1000, region });
  expect([cut.width, cut.height]).toEqual([40, 80]);
});

test('a thumbnail has lost what could be made out before it leaves the process', async () => {
  const sharp = await viewer.ask(of('face.png'), { kind: 'picture', maxSide: 160, region: null });
  const blurred = await viewer.ask(of('face.png'), { kind: 'thumbnail', maxSide: 160 });
  expect([blurred.width, blurred.height]).toEqual([160, 120]);
  expect(await detail(blurred.bytes)).toBeLessThan(0.7 * (await detail(sharp.bytes)));
  const crop = await viewer.blur(readFileSync(of('face.png').path));
  expect(crop.width).toBe(512);
});

test('a file stays open from one question to the next, until the host lets go of it', async () => {
  const { path: recording } = of('held.wav');
  writeWav(recording, 1, { sampleRate: 16_000 }, sine(500));
  const peaks = () => viewer.ask(of('held.wav'), { kind: 'peaks', fromS: 0, toS: 1, buckets: 10 });
  const first = await peaks();
  rmSync(recording);
  expect(await peaks()).toEqual(first);
  viewer.release();
  await expect(peaks()).rejects.toMatchObject({ code: 'FILE_NOT_FOUND' });
});

testWithFfmpeg('every frame is found by its own time, stepping goes one frame at a time, both ends hold', async () => {
  const { path: film } = of('film.mp4');
  makeWithFfmpeg('-f', 'lavfi', '-i', 'testsrc=size=160x120:rate=25:duration=2', '-pix_fmt', 'yuv420p', film);
  const times = await viewer.ask(of('film.mp4'), { kind: 'times' });
  expect(times).toHaveLength(50);
  const at = async (atS: number, step: number) =>
    (await viewer.ask(of('film.mp4'), { kind: 'frame', atS, step, maxSide: 80 })).timeS;
  expect(await at(times[30]! + 0.01, 0)).toBeCloseTo(times[30]!, 6);
  expect(await at(times[30]!, 1)).toBeCloseTo(times[31]!, 6);
  expect(await at(times[30]!, -1)).toBeCloseTo(times[29]!, 6);
  expect(await at(0, -1)).toBeCloseTo(times[0]!, 6);
  expect(await at(times[49]!, 1)).toBeCloseTo(times[49]!, 6);
  expect(await at(99, 0)).toBeCloseTo(times[49]!, 6);
});

test('peaks, levels and sound are those of the recording', async () => {
  writeWav(of('tone.wav').path, 2, { sampleRate: 16_000 }, (at) => (at < 0.5 ? 0.2 : 1) * sine(1000)(at));
  const outline = (fromS: number, toS: number, buckets: number) =>
    viewer.ask(of('tone.wav'), { kind: 'peaks', fromS, toS, buckets });
  const { low, high } = await outline(0, 2, 50);
  expect([low.length, high.length]).toEqual([50, 50]);
  expect(Math.max(...high)).toBeCloseTo(0.5, 1);
  expect(Math.min(...low)).toBeCloseTo(-0.5, 1);
  const parts = [await outline(0, 0.8, 20), await outline(0.8, 2, 30)];
  expect(parts.flatMap((part) => part.low)).toEqual(low);
  expect(parts.flatMap((part) => part.high)).toEqual(high);

  const levels = await viewer.ask(of('tone.wav'), { kind: 'spectrogram', fromS: 0, toS: 2, columns: 20 });
  const column = levels.levels.subarray(10 * levels.rows, 11 * levels.rows);
  const loudest = column.indexOf(Math.max(...column));
  expect((loudest + 0.5) * (levels.toHz / levels.rows)).toBeCloseTo(1000, -2);
  const db = levels.lowDb + (column[loudest]! / 255) * (levels.highDb - levels.lowDb);
  expect(db).toBeGreaterThan(-9);
  expect(db).toBeLessThan(-4);

  const { wav, fromS, toS } = await viewer.ask(of('tone.wav'), { kind: 'sound', fromS: 0.5, toS: 1.5 });
  expect([fromS, toS]).toEqual([0.5, 1.5]);
  expect(Buffer.from(wav.subarray(0, 4)).toString()).toBe('RIFF');
  expect(bytesSource(wav).size).toBe(44 + 2 * 16_000);
});

test('what cannot be shown says why, and the process goes on', async () => {
  writeFileSync(of('broken.png').path, 'only words');
  const broken = viewer.ask(of('broken.png'), { kind: 'picture', maxSide: 100, region: null });
  await expect(broken).rejects.toMatchObject({ code: expect.stringMatching(/^FORMAT_/) });
  await expect(viewer.ask(of('tone.wav'), { kind: 'thumbnail', maxSide: 64 })).rejects.toMatchObject({
    code: 'MEDIA_NO_STREAMS',
  });
  await expect(viewer.ask(of('none.png'), { kind: 'times' })).rejects.toMatchObject({ code: 'FILE_NOT_FOUND' });
  expect((await viewer.ask(of('face.png'), { kind: 'thumbnail', maxSide: 64 })).width).toBe(64);
});
