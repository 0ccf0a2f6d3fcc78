import { chmodSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import sharp from 'sharp';
import { coveredFilm, type FilmCovering } from '../../../main/media/cover-film.ts';
import { coveredCopy, openMedia } from '../../../main/media/index.ts';
import { findTool } from '../../../main/media/tools.ts';
import {
  allFrames,
  allSamples,
  amplitude,
  makeWithFfmpeg,
  sine,
  temporaryFolder,
  testWithFfmpeg,
  writeWav,
} from '../../fixtures/media.ts';

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

testWithFfmpeg('a film is probed once', async () => {
  makeWithFfmpeg('-f', 'lavfi', '-i', 'testsrc=size=64x48:rate=10:duration=1', file('short.mp4'));
  const [ffmpeg, ffprobe] = [findTool('ffmpeg'), findTool('ffprobe')];
  await withEncoder(`exec '${ffmpeg}' "$@"`, async () => {
    writeFileSync(file('tools/ffprobe'), `#!/bin/sh\necho probed >> '${file('probed')}'\nexec '${ffprobe}' "$@"\n`);
    chmodSync(file('tools/ffprobe'), 0o755);
    await coveredFilm(covering('short.mp4', file('short-out.mp4')));
  });
  rmSync(file('tools/ffprobe'));
  expect(readFileSync(file('probed'), 'utf8')).toBe('probed\n');
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

testWithFfmpeg(
  'sound keeps its place beside a picture that starts late, and goes on where the clock of the file starts again',
  async () => {
    const pieces = [440, 1000].map((hz) => {
      const inputs = [
        '-f',
        'lavfi',
        '-i',
        'testsrc=size=64x48:rate=10:duration=3',
        '-f',
        'lavfi',
        '-i',
        `sine=${hz}:duration=3`,
      ];
      makeWithFfmpeg(...inputs, '-c:v', 'mpeg2video', '-c:a', 'mp2', file(`${hz}.ts`));
      return readFileSync(file(`${hz}.ts`));
    });
    writeFileSync(file('pieces.ts'), Buffer.concat(pieces));
    makeWithFfmpeg('-i', file('1000.ts'), '-c', 'copy', '-output_ts_offset', '2', file('late.mkv'));
    const heard = async (name: string, hz: number, fromS: number) => {
      rmSync(file('out.mp4'), { force: true });
      await coveredFilm(covering(name));
      await using copy = await openMedia(file('out.mp4'));
      const { samples } = await allSamples(copy.audio({}));
      const frames = await allFrames(copy.frames({ fps: 1 }));
      const at = Math.round(fromS * 16_000);
      return [frames.length, amplitude(samples.subarray(at, at + 16_000), hz) > 0.05];
    };
    expect(await heard('pieces.ts', 440, 1)).toEqual([6, true]);
    expect(await heard('pieces.ts', 1000, 4)).toEqual([6, true]);
    expect(await heard('late.mkv', 1000, 0.5)).toEqual([5, false]);
    expect(await heard('late.mkv', 1000, 3)).toEqual([5, true]);
  },
);

testWithFfmpeg('a label and a list longer than any argument are taken', async () => {
  const label = JSON.stringify({ Label: '1', ReservedCode1: `=;#\\${'x'.repeat(200_000)}` });
  const silences = Array.from({ length: 4000 }, (_, n) => ({ fromS: n / 8000, toS: (n + 1) / 8000 }));
  rmSync(file('out.mp4'), { force: true });
  await coveredFilm({ ...covering('tone.wav'), label, silences });
  expect(readFileSync(file('out.mp4')).includes(label)).toBe(true);
  await using copy = await openMedia(file('out.mp4'));
  const { samples } = await allSamples(copy.audio({}));
  expect(amplitude(samples.subarray(1600, 6400), 440)).toBeLessThan(0.01);
  expect(amplitude(samples.subarray(9600, 14_400), 440)).toBeGreaterThan(0.2);
  expect(readdirSync(folder).filter((name) => name.startsWith('cover-'))).toEqual([]);
});

test('a picture is covered in more places than any argument holds', async () => {
  await sharp({ create: { width: 64, height: 64, channels: 3, background: '#808080' } })
    .png()
    .toFile(file('grey.png'));
  const boxes = Array.from({ length: 3000 }, (_, n) => ({ x: n % 60, y: 3, w: 4, h: 4.123456789012345 }));
  const label = JSON.stringify({ Label: '1', ReservedCode1: 'x'.repeat(200_000) });
  const png = await coveredCopy({
    path: file('grey.png'),
    claimedExtension: '.png',
    scratchFolder: folder,
    boxes,
    label,
  });
  expect((await sharp(png).metadata()).width).toBe(64);
});
