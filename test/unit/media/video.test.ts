import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { Frame, RgbImage } from '../../../main/contract/media.ts';
import { findTool, openMedia } from '../../../main/media/index.ts';
import { allFrames, makeWithFfmpeg, temporaryFolder, testWithFfmpeg } from '../../fixtures/media.ts';

const folder = temporaryFolder();
const file = (name: string) => path.join(folder, name);
const pattern = (size: string, seconds: number, rate = 30) => [
  '-f',
  'lavfi',
  '-i',
  `testsrc=size=${size}:rate=${rate}:duration=${seconds}`,
];
const h264 = ['-c:v', 'libx264', '-pix_fmt', 'yuv420p'];
const pixel = ({ data, width }: RgbImage, x: number, y: number) => [
  ...data.subarray((y * width + x) * 3).subarray(0, 3),
];

async function frames(
  name: string,
  options: Parameters<Awaited<ReturnType<typeof openMedia>>['frames']>[0],
): Promise<Frame[]> {
  await using media = await openMedia(file(name));
  return await allFrames(media.frames(options));
}

/** Presentation times as ffprobe lists them frame by frame, an independent reading. */
function probedTimes(name: string): number[] {
  const args = [
    '-v',
    'error',
    '-select_streams',
    'v:0',
    '-show_entries',
    'frame=pts_time',
    '-of',
    'csv=p=0',
    file(name),
  ];
  const printed = execFileSync(findTool('ffprobe'), args).toString();
  return [...printed.matchAll(/^[\d.]+/gm)].map(([time]) => Number(time));
}

function sameTimes(found: readonly number[], expected: readonly number[]): void {
  expect(found.map((t) => t.toFixed(5))).toEqual(expected.map((t) => t.toFixed(5)));
}

testWithFfmpeg('every frame of a constant rate comes with its own time', async () => {
  makeWithFfmpeg(...pattern('64x48', 1), ...h264, file('constant.mp4'));
  const found = await frames('constant.mp4', { fps: Number.POSITIVE_INFINITY });
  expect(found.map((f) => f.timeS)).toEqual(Array.from({ length: 30 }, (_, n) => n / 30));
  sameTimes(
    (await frames('constant.mp4', { fps: 30 })).map((f) => f.timeS),
    probedTimes('constant.mp4'),
  );
});

testWithFfmpeg('29.97 frames a second stay exact after minutes', async () => {
  makeWithFfmpeg(...pattern('32x32', 200), '-r', '30000/1001', '-c:v', 'mpeg4', '-g', '30', file('ntsc.mp4'));
  const found = await frames('ntsc.mp4', { fps: 1, fromS: 190 });
  expect(found.length).toBeGreaterThan(8);
  for (const { timeS } of found)
    expect(Math.abs(timeS * (30000 / 1001) - Math.round(timeS * (30000 / 1001)))).toBeLessThan(1e-9);
});

for (const name of ['pieces.ts', 'pieces.mpg'])
  testWithFfmpeg(`what stands behind a restart of the file's clock is shown too: ${name}`, async () => {
    const colours = ['red', 'lime', 'blue'];
    for (const colour of colours) {
      const plain = ['-f', 'lavfi', '-i', `color=${colour}:size=64x48:rate=10:duration=3`];
      makeWithFfmpeg(...plain, ...(name.endsWith('mpg') ? ['-r', '25'] : h264), file(`${colour}-${name}`));
    }
    writeFileSync(file(name), Buffer.concat(colours.map((colour) => readFileSync(file(`${colour}-${name}`)))));
    await using media = await openMedia(file(name));
    const seen = (found: readonly Frame[]) =>
      found.map(({ image }) => {
        const rgb = pixel(image, 32, 24);
        return colours[rgb.indexOf(Math.max(...rgb))];
      });
    const all = await allFrames(media.frames({ fps: 1 }));
    expect(seen(all).filter((colour, n) => colour !== seen(all)[n - 1])).toEqual(['red', 'lime', 'blue']);
    for (const [n, { timeS }] of all.entries()) expect(Math.abs(timeS - n)).toBeLessThan(0.5);
    expect(all.length).toBe(9);
    const [later] = await allFrames(media.frames({ fps: 1, fromS: 7, toS: 7.5 }));
    expect(seen([later!])).toEqual(seen([all[7]!]));
    expect(Math.abs(later!.timeS - 7)).toBeLessThan(0.2);
  });

testWithFfmpeg('pixels needed for a while only are the same while they are, and cost no new memory after', async () => {
  makeWithFfmpeg(...pattern('64x48', 3, 10), ...h264, file('reused.mp4'));
  const kept = await frames('reused.mp4', { fps: 10 });
  await using media = await openMedia(file('reused.mp4'));
  const buffers = new Set<Uint8Array>();
  let before: Frame | null = null;
  for await (const frame of media.frames({ fps: 10, neededFor: 2 })) {
    for (const seen of before ? [before, frame] : [frame]) {
      expect(Buffer.compare(seen.image.data, kept[seen.index]!.image.data)).toBe(0);
    }
    buffers.add(frame.image.data);
    before = frame;
  }
  expect(before!.index).toBe(29);
  // Two that are looked at, two ahead, and the one that is filled.
  expect(buffers.size).toBeLessThanOrEqual(5);
});

testWithFfmpeg('a variable rate keeps its own times, sampled or not', async () => {
  const gaps = ['-vf', "select='not(between(n,10,25))*not(between(n,40,41))'", '-fps_mode', 'vfr'];
  makeWithFfmpeg(...pattern('64x48', 2), ...gaps, ...h264, file('variable.mp4'));
  await using media = await openMedia(file('variable.mp4'));
  expect(media.info.video[0]?.variableFrameRate).toBe(true);
  const times = (await allFrames(media.frames({ fps: Number.POSITIVE_INFINITY }))).map((f) => f.timeS);
  sameTimes(times, probedTimes('variable.mp4'));
  const sampled = (await allFrames(media.frames({ fps: 4 }))).map((f) => f.timeS);
  expect(sampled.every((t) => times.includes(t))).toBe(true);
  expect(new Set(sampled.map((t) => Math.floor(t * 4 + 1e-3))).size).toBe(sampled.length);
});

testWithFfmpeg('a transport stream is counted from its first stamp, Matroska from its own zero', async () => {
  makeWithFfmpeg(...pattern('64x48', 1), ...h264, file('stream.ts'));
  makeWithFfmpeg(...pattern('64x48', 1), ...h264, file('stream.mkv'));
  expect((await frames('stream.ts', { fps: 10 })).map((f) => Math.round(f.timeS * 30))).toEqual([
    0, 3, 6, 9, 12, 15, 18, 21, 24, 27,
  ]);
  sameTimes(
    (await frames('stream.mkv', { fps: 30 })).map((f) => f.timeS),
    probedTimes('stream.mkv'),
  );
});

testWithFfmpeg('a span is cut exactly, whatever the key frames', async () => {
  makeWithFfmpeg(...pattern('64x48', 4), ...h264, '-g', '75', file('span.mp4'));
  const found = await frames('span.mp4', { fps: 30, fromS: 1.5, toS: 2 });
  expect(found.map((f) => f.timeS)).toEqual(Array.from({ length: 15 }, (_, n) => (45 + n) / 30));
  const whole = await frames('span.mp4', { fps: 30 });
  expect(Buffer.compare(found[0]!.image.data, whole[45]!.image.data)).toBe(0);
  expect(await frames('span.mp4', { fps: 30, fromS: 10 })).toEqual([]);
});

testWithFfmpeg('a rotation flag is applied and reported', async () => {
  makeWithFfmpeg(
    '-f',
    'lavfi',
    '-i',
    'color=red:size=64x32:rate=5:duration=1,drawbox=x=32:color=blue:t=fill',
    ...h264,
    file('flat.mp4'),
  );
  makeWithFfmpeg('-i', file('flat.mp4'), '-c', 'copy', file('upright.mp4'));
  turnClockwise(file('upright.mp4'));
  await using media = await openMedia(file('upright.mp4'));
  expect(media.info.video[0]).toMatchObject({ width: 32, height: 64, rotation: 90 });
  const [frame] = await allFrames(media.frames({ fps: 1 }));
  const [top, bottom] = [pixel(frame!.image, 16, 5), pixel(frame!.image, 16, 60)];
  expect([frame!.image.width, frame!.image.height, top[0]! > 200, bottom[2]! > 200]).toEqual([32, 64, true, true]);
});

/** Writes a 90 degrees clockwise display matrix (ISO/IEC 14496-12, 8.3.2) over that of the track. */
function turnClockwise(mp4: string): void {
  const bytes = readFileSync(mp4);
  const matrix = bytes.indexOf('tkhd') + 4 + 40;
  [0, 0x10000, 0, -0x10000, 0, 0, 32 << 16, 0, 0x40000000].forEach((value, n) => {
    bytes.writeInt32BE(value, matrix + n * 4);
  });
  writeFileSync(mp4, bytes);
}

testWithFfmpeg('odd sizes, 10 bits and oblong pixels', async () => {
  makeWithFfmpeg(...pattern('63x47', 1), '-c:v', 'libx264', '-pix_fmt', 'yuv444p', file('odd.mp4'));
  makeWithFfmpeg(...pattern('64x48', 1), '-c:v', 'libvpx-vp9', '-pix_fmt', 'yuv420p10le', file('deep.webm'));
  makeWithFfmpeg(...pattern('64x48', 1), '-vf', 'setsar=2/1', ...h264, file('oblong.mp4'));
  const shape = async (name: string) => {
    const [frame] = await frames(name, { fps: 1 });
    return [frame!.image.width, frame!.image.height, frame!.image.data.length];
  };
  expect(await shape('odd.mp4')).toEqual([63, 47, 63 * 47 * 3]);
  expect(await shape('deep.webm')).toEqual([64, 48, 64 * 48 * 3]);
  expect(await shape('oblong.mp4')).toEqual([128, 48, 128 * 48 * 3]);
  await using deep = await openMedia(file('deep.webm'));
  expect(deep.info.video[0]).toMatchObject({ bitDepth: 10, codec: 'vp9', pixelFormat: 'yuv420p10le' });
});

testWithFfmpeg('frames shrink to a longer side and never grow', async () => {
  makeWithFfmpeg(...pattern('128x64', 1), ...h264, file('wide.mp4'));
  const size = async (maxSide: number) => {
    const [frame] = await frames('wide.mp4', { fps: 1, maxSide });
    return [frame!.image.width, frame!.image.height];
  };
  expect(await size(50)).toEqual([50, 25]);
  expect(await size(1000)).toEqual([128, 64]);
});

testWithFfmpeg('transparent film is laid over white', async () => {
  const half = ['-f', 'lavfi', '-i', 'color=red:size=64x64:rate=5:duration=1,format=yuva420p,colorchannelmixer=aa=0'];
  makeWithFfmpeg(...half, '-c:v', 'libvpx-vp9', file('clear.webm'));
  makeWithFfmpeg(...half, '-c:v', 'prores_ks', '-profile:v', '4444', '-pix_fmt', 'yuva444p10le', file('clear.mov'));
  for (const name of ['clear.webm', 'clear.mov']) {
    const [frame] = await frames(name, { fps: 1 });
    expect([name, pixel(frame!.image, 30, 30).every((x) => x > 250)]).toEqual([name, true]);
  }
});

testWithFfmpeg('names that read as options, protocols or patterns are only names', async () => {
  makeWithFfmpeg(...pattern('32x32', 1, 5), ...h264, file('plain.mp4'));
  for (const name of ['-i.mp4', 'concat:a|b.mp4', '%03d.mp4', 'new\nline "x" $(id) 鉴真\u202e.mp4', '%20.mp4']) {
    writeFileSync(file(name), readFileSync(file('plain.mp4')));
    expect([name, (await frames(name, { fps: 5 })).length]).toEqual([name, 5]);
  }
});

testWithFfmpeg('a reader that stops early leaves no decoder behind', async () => {
  makeWithFfmpeg(...pattern('320x240', 20), ...h264, '-preset', 'ultrafast', file('long.mp4'));
  await using media = await openMedia(file('long.mp4'));
  for await (const frame of media.frames({ fps: 30 })) if (frame.index === 2) break;
  expect(decodersOf(file('long.mp4'))).toEqual([]);
});

testWithFfmpeg('aborting ends the iteration and the decoder', async () => {
  makeWithFfmpeg(...pattern('320x240', 20), ...h264, '-preset', 'ultrafast', file('abort.mp4'));
  await using media = await openMedia(file('abort.mp4'));
  const control = new AbortController();
  const reading = (async () => {
    for await (const frame of media.frames({ fps: 30, signal: control.signal })) if (frame.index === 2) control.abort();
  })();
  await expect(reading).rejects.toMatchObject({ name: 'AbortError' });
  expect(decodersOf(file('abort.mp4'))).toEqual([]);
});

/** Processes that have the file among their arguments, read from /proc; empty where there is none. */
function decodersOf(name: string): string[] {
  if (process.platform !== 'linux') return [];
  return readdirSync('/proc').filter((pid) => {
    try {
      return (
        /^\d+$/.test(pid) && Number(pid) !== process.pid && readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes(name)
      );
    } catch {
      return false;
    }
  });
}

testWithFfmpeg('a cut film gives what is there, one without its index is truncated', async () => {
  makeWithFfmpeg(...pattern('64x48', 4), ...h264, '-g', '10', '-f', 'matroska', file('whole.mkv'));
  writeFileSync(file('cut.mkv'), readFileSync(file('whole.mkv')).subarray(0, -4000));
  const found = await frames('cut.mkv', { fps: 30 });
  expect(found.length > 10 && found.length < 120).toBe(true);
  makeWithFfmpeg(...pattern('64x48', 4), ...h264, file('whole.mp4'));
  const whole = readFileSync(file('whole.mp4'));
  writeFileSync(file('cut.mp4'), whole.subarray(0, whole.length / 2));
  await expect(openMedia(file('cut.mp4'))).rejects.toMatchObject({ code: 'MEDIA_TRUNCATED' });
});

testWithFfmpeg('a film whose frames cannot be decoded says so', async () => {
  makeWithFfmpeg(...pattern('64x48', 1), ...h264, file('good.mp4'));
  const bytes = readFileSync(file('good.mp4'));
  const media = bytes.indexOf('mdat') + 4;
  bytes.fill(0xa5, media, bytes.indexOf('moov') - 4);
  writeFileSync(file('noise.mp4'), bytes);
  const ended = frames('noise.mp4', { fps: 4 });
  await expect(ended).rejects.toMatchObject({ code: expect.stringMatching(/^(MEDIA_CORRUPT|FFMPEG_FAILED)$/) });
});

testWithFfmpeg('frames over the limit are refused before they are decoded', async () => {
  makeWithFfmpeg(...pattern('128x128', 1), ...h264, file('large.mp4'));
  const opened = openMedia(file('large.mp4'), { limits: { framePixels: 10_000 } });
  await expect(opened).rejects.toMatchObject({ code: 'MEDIA_TOO_LARGE' });
});
