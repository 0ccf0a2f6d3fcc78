import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { encode } from 'silk-wasm';
import { openMedia } from '../../../main/media/index.ts';
import { Resampler } from '../../../main/media/resample.ts';
import {
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
const tone = (hz: number, seconds: number) => ['-f', 'lavfi', '-i', `sine=${hz}:duration=${seconds}`];
const film = (seconds: number) => ['-f', 'lavfi', '-i', `testsrc=size=64x48:rate=10:duration=${seconds}`];

async function sound(name: string, options = {}) {
  await using media = await openMedia(file(name));
  return await allSamples(media.audio(options));
}

testWithFfmpeg('MP3, AAC, M4A, FLAC, Opus and Vorbis give the tone that went in', async () => {
  for (const name of ['a.mp3', 'a.aac', 'a.m4a', 'a.flac', 'a.opus', 'a.ogg']) {
    makeWithFfmpeg(...tone(440, 3), file(name));
    const { samples } = await sound(name);
    expect([name, Math.abs(samples.length / 16000 - 3) < 0.1]).toEqual([name, true]);
    expect([name, amplitude(samples.subarray(8000, 40000), 440) > 0.1]).toEqual([name, true]);
  }
});

testWithFfmpeg('chunks follow each other without gap and are two seconds at most', async () => {
  makeWithFfmpeg(...tone(440, 5), file('long.mp3'));
  await using media = await openMedia(file('long.mp3'));
  let next = 0;
  for await (const { samples, fromS } of media.audio({})) {
    expect(fromS).toBe(next);
    expect(samples.length).toBeLessThanOrEqual(32000);
    next += samples.length / 16000;
  }
  expect(next).toBeGreaterThan(4.9);
});

for (const name of ['pieces.ts', 'pieces.ogg'])
  testWithFfmpeg(`what stands behind a restart of the file's clock is heard too: ${name}`, async () => {
    const pieces = [440, 1000].map((hz) => {
      makeWithFfmpeg(
        ...tone(hz, 3),
        ...(name.endsWith('ts') ? ['-c:a', 'aac'] : ['-c:a', 'libvorbis']),
        file(`${hz}-${name}`),
      );
      return readFileSync(file(`${hz}-${name}`));
    });
    writeFileSync(file(name), Buffer.concat(pieces));
    const { samples } = await sound(name);
    expect(Math.abs(samples.length / 16000 - 6)).toBeLessThan(0.2);
    expect(amplitude(samples.subarray(8000, 40000), 440)).toBeGreaterThan(0.1);
    expect(amplitude(samples.subarray(56000, 88000), 1000)).toBeGreaterThan(0.1);
  });

testWithFfmpeg('each of several tracks can be asked for', async () => {
  const tracks = ['-map', '0:v', '-map', '1:a', '-map', '2:a'];
  makeWithFfmpeg(...film(1), ...tone(440, 1), ...tone(1000, 1), ...tracks, file('two.mkv'));
  await using media = await openMedia(file('two.mkv'));
  expect(media.info.audio.map((a) => a.index)).toEqual([1, 2]);
  const loudness = async (track: number) => {
    const { samples } = await allSamples(media.audio({ track }));
    return [amplitude(samples, 440) > 0.05, amplitude(samples, 1000) > 0.05];
  };
  expect(await loudness(0)).toEqual([true, false]);
  expect(await loudness(1)).toEqual([false, true]);
  await expect(allSamples(media.audio({ track: 2 }))).rejects.toMatchObject({ code: 'MEDIA_NO_STREAMS' });
});

testWithFfmpeg('sound that starts late keeps its place beside the picture', async () => {
  makeWithFfmpeg(
    ...film(3),
    '-itsoffset',
    '1',
    ...tone(440, 2),
    '-c:v',
    'libx264',
    '-pix_fmt',
    'yuv420p',
    file('late.mp4'),
  );
  const { samples, fromS } = await sound('late.mp4');
  expect(fromS).toBe(0);
  expect(amplitude(samples.subarray(0, 14400), 440)).toBeLessThan(0.005);
  expect(amplitude(samples.subarray(17600, 40000), 440)).toBeGreaterThan(0.1);
});

for (const rate of [16_000, 8000, 44_100, 48_000])
  testWithFfmpeg(`a span is cut to the sample, whatever the recording's own rate: ${rate} Hz`, async () => {
    makeWithFfmpeg('-f', 'lavfi', '-i', `aevalsrc=exprs=t/10:s=${rate}:d=6`, file('ramp.flac'));
    const { samples, fromS } = await sound('ramp.flac', { fromS: 2.5, toS: 4 });
    expect([fromS, Math.abs(samples.length - 24000) <= 1]).toEqual([2.5, true]);
    // A change of rate rings for some samples at either end.
    const inside = Math.round((0.05 * samples.length) / 1.5);
    expect(samples[inside]).toBeCloseTo(0.255, 3);
    expect(samples.at(-inside)).toBeCloseTo(0.395, 3);
  });

testWithFfmpeg('a film without sound, and sound without a film, say so', async () => {
  makeWithFfmpeg(...film(1), file('silent.mkv'));
  makeWithFfmpeg(...tone(440, 1), file('only.mka'));
  await expect(sound('silent.mkv')).rejects.toMatchObject({ code: 'MEDIA_NO_STREAMS' });
  await using only = await openMedia(file('only.mka'), { claimedExtension: '.mkv' });
  expect(only.info).toMatchObject({ mediaType: 'audio/x-matroska', kind: 'audio', claimedType: 'video/x-matroska' });
  const frames = only.frames({ fps: 1 })[Symbol.asyncIterator]();
  await expect(frames.next()).rejects.toMatchObject({ code: 'MEDIA_NO_STREAMS' });
});

testWithFfmpeg('cover art is no film', async () => {
  makeWithFfmpeg('-f', 'lavfi', '-i', 'color=red:size=64x64:duration=1', '-frames:v', '1', file('cover.png'));
  const attach = ['-map', '0', '-map', '1', '-c:v', 'copy', '-disposition:v', 'attached_pic'];
  makeWithFfmpeg(...tone(440, 1), '-i', file('cover.png'), ...attach, file('cover.mp3'));
  await using media = await openMedia(file('cover.mp3'));
  expect(media.info).toMatchObject({ kind: 'audio', mediaType: 'audio/mpeg', video: [] });
});

testWithFfmpeg('AMR-NB and AMR-WB recordings of telephones', async () => {
  const frames = (mark: string, frame: number[]) =>
    Buffer.concat([Buffer.from(mark), ...Array(100).fill(Buffer.from(frame))]);
  writeFileSync(file('narrow.amr'), frames('#!AMR\n', [0x04, ...Array(12).fill(0x5a)]));
  writeFileSync(file('wide.awb'), frames('#!AMR-WB\n', [0x04, ...Array(17).fill(0x5a)]));
  for (const [name, codec, rate] of [
    ['narrow.amr', 'amr_nb', 8000],
    ['wide.awb', 'amr_wb', 16000],
  ] as const) {
    await using media = await openMedia(file(name));
    expect(media.info.audio).toMatchObject([{ codec, sampleRate: rate, durationS: 2 }]);
    expect((await allSamples(media.audio({}))).samples).toHaveLength(32000);
  }
});

describe('SILK voice messages', () => {
  const record = async (rate: number) => {
    const pcm = Int16Array.from({ length: rate * 3 }, (_, n) => 32767 * sine(440)(n / rate));
    return (await encode(new Uint8Array(pcm.buffer), rate)).data;
  };

  test.each([8000, 12000, 16000, 24000])('%i Hz, with and without the first byte of Tencent', async (rate) => {
    const silk = Buffer.from(await record(rate));
    writeFileSync(file('tencent.amr'), silk);
    writeFileSync(file('plain.silk'), silk.subarray(1));
    for (const name of ['tencent.amr', 'plain.silk']) {
      await using media = await openMedia(file(name), { claimedExtension: '.amr' });
      expect(media.info).toMatchObject({
        mediaType: 'audio/silk',
        kind: 'audio',
        claimedType: 'audio/amr',
        durationS: 3,
      });
      expect(media.info.audio).toMatchObject([{ codec: 'silk', sampleRate: rate, channels: 1 }]);
      const { samples } = await allSamples(media.audio({ fromS: 1, toS: 2.5 }));
      expect(samples).toHaveLength(24000);
      expect(amplitude(samples, 440)).toBeGreaterThan(0.3);
    }
  });

  test('empty packets that promise hours of silence are refused before they are decoded', async () => {
    writeFileSync(file('hours.silk'), Buffer.concat([Buffer.from('#!SILK_V3'), Buffer.alloc(2_000_000)]));
    await expect(openMedia(file('hours.silk'))).rejects.toMatchObject({ code: 'MEDIA_TOO_LARGE' });
  });

  test('without one packet it is refused', async () => {
    writeFileSync(file('empty.silk'), '\x02#!SILK_V3');
    await expect(openMedia(file('empty.silk'))).rejects.toMatchObject({ code: 'MEDIA_CORRUPT' });
    writeFileSync(file('cut.silk'), (await record(16000)).subarray(0, 20));
    await expect(openMedia(file('cut.silk'))).rejects.toMatchObject({ code: 'MEDIA_TRUNCATED' });
  });
});

describe('WAV without ffmpeg', () => {
  test.each([
    [8, false, 'pcm_u8', 0.01],
    [16, false, 'pcm_s16le', 1e-4],
    [24, false, 'pcm_s24le', 1e-6],
    [32, false, 'pcm_s32le', 1e-6],
    [32, true, 'pcm_f32le', 1e-6],
    [64, true, 'pcm_f64le', 1e-6],
  ] as const)('%i bits, float %p: samples as written', async (bits, float, codec, tolerance) => {
    writeWav(file('exact.wav'), 0.1, { sampleRate: 16000, bits, float }, sine(440));
    await using media = await openMedia(file('exact.wav'));
    expect(media.info.audio).toMatchObject([{ codec, sampleRate: 16000 }]);
    const { samples } = await allSamples(media.audio({}));
    expect(samples).toHaveLength(1600);
    const error = Math.max(...samples.map((x, n) => Math.abs(x - sine(440)(n / 16000))));
    expect(error).toBeLessThan(tolerance);
  });

  test.each([8000, 11025, 22050, 44100, 48000, 96000, 44056, 44101, 767999])(
    '%i Hz becomes 16 kHz with every sample in its place',
    async (sampleRate) => {
      writeWav(file('rate.wav'), 5, { sampleRate, float: true, bits: 32 }, sine(1000));
      const { samples } = await sound('rate.wav');
      expect(samples).toHaveLength(80000);
      const error = samples.subarray(200, -200).map((x, n) => Math.abs(x - sine(1000)((n + 200) / 16000)));
      expect(Math.max(...error)).toBeLessThan(1e-3);
    },
  );

  test('a rate that shares no factor with 16 kHz costs about as much as another', () => {
    const cost = (rate: number) => {
      const times = Array.from({ length: 3 }, () => {
        const startedAt = performance.now();
        new Resampler(rate, 16000);
        return performance.now() - startedAt;
      });
      return Math.min(...times);
    };
    const usual = cost(44100);
    expect(cost(44101) / usual).toBeLessThan(30);
    expect(cost(767999) / usual).toBeLessThan(30);
  });

  testWithFfmpeg(
    'the same samples are the same sound where ffmpeg reads them, two channels of full scale too',
    async () => {
      const noise = (t: number) => 0.9 * Math.sin(1e6 * Math.sin(1e5 * t));
      for (const [sampleRate, channels] of [
        [8000, 1],
        [22050, 1],
        [44100, 2],
        [48000, 1],
      ] as const) {
        writeWav(file('twin.wav'), 2, { sampleRate, channels }, noise);
        makeWithFfmpeg('-i', file('twin.wav'), file('twin.flac'));
        const [plain, packed] = [(await sound('twin.wav')).samples, (await sound('twin.flac')).samples];
        // At its ends ffmpeg mirrors the sound where ours is silent.
        const apart = plain.subarray(50, -50).map((x, n) => Math.abs(x - packed[n + 50]!));
        expect([sampleRate, Math.abs(plain.length - packed.length) <= 1]).toEqual([sampleRate, true]);
        expect(Math.max(...apart)).toBeLessThan(1e-3);
      }
    },
  );

  test('what lies above 8 kHz does not fold down', async () => {
    writeWav(file('high.wav'), 1, { sampleRate: 48000, float: true, bits: 32 }, sine(11000));
    const { samples } = await sound('high.wav');
    expect(Math.max(...samples.subarray(500, -500).map(Math.abs))).toBeLessThan(1e-4);
  });

  test('channels are averaged, a span is cut', async () => {
    writeWav(file('stereo.wav'), 4, { sampleRate: 16000, channels: 2 }, (t, c) => (c === 0 ? t / 4 : 0));
    const { samples, fromS } = await sound('stereo.wav', { fromS: 1, toS: 3.5 });
    expect([fromS, samples.length]).toEqual([1, 40000]);
    expect(samples[0]).toBeCloseTo(0.125, 3);
  });

  testWithFfmpeg('a second channel that is the first upside down leaves its sound, in WAV and elsewhere', async () => {
    const options = { sampleRate: 44100, channels: 2 };
    writeWav(file('crossed.wav'), 5, options, (t, c) => (c === 0 ? 1 : -1) * sine(440)(t));
    writeWav(file('stereo.wav'), 5, options, (t, c) => sine(c === 0 ? 440 : 660)(t));
    for (const name of ['crossed', 'stereo']) makeWithFfmpeg('-i', file(`${name}.wav`), file(`${name}.flac`));
    for (const kind of ['wav', 'flac']) {
      const [crossed, stereo] = [(await sound(`crossed.${kind}`)).samples, (await sound(`stereo.${kind}`)).samples];
      expect(amplitude(crossed, 440)).toBeCloseTo(0.5, 2);
      expect([amplitude(stereo, 440), amplitude(stereo, 660)]).toEqual([
        expect.closeTo(0.25, 2),
        expect.closeTo(0.25, 2),
      ]);
    }
  });

  test('a header without samples or with absurd numbers is refused', async () => {
    writeWav(file('nothing.wav'), 0, { sampleRate: 16000 }, sine(1));
    await expect(openMedia(file('nothing.wav'))).rejects.toMatchObject({ code: 'MEDIA_NO_STREAMS' });
    writeWav(file('absurd.wav'), 1, { sampleRate: 16000 }, sine(1));
    const bytes = Buffer.from('RIFF\0\0\0\0WAVEfmt \x10\0\0\0\x01\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0data\0\0\0\0', 'latin1');
    writeFileSync(file('absurd.wav'), bytes);
    await expect(openMedia(file('absurd.wav'))).rejects.toMatchObject({ code: 'MEDIA_CORRUPT' });
  });

  testWithFfmpeg('a compressed WAV goes to ffmpeg', async () => {
    makeWithFfmpeg(...tone(440, 1), '-c:a', 'pcm_mulaw', '-ar', '8000', file('mulaw.wav'));
    const { samples } = await sound('mulaw.wav');
    expect(amplitude(samples, 440)).toBeGreaterThan(0.1);
  });
});
