import path from 'node:path';
import { DEFAULT_LIMITS } from '../../../main/media/limits.ts';
import { probe, readProbe } from '../../../main/media/probe.ts';
import { makeWithFfmpeg, temporaryFolder, testWithFfmpeg } from '../../fixtures/media.ts';

const folder = temporaryFolder();

const video = { index: 0, codec_type: 'video', codec_name: 'h264', width: 1920, height: 1080, pix_fmt: 'yuv420p' };
const read = (streams: object[], format: object = {}, demuxer = 'mov') =>
  readProbe(JSON.stringify({ streams, format }), demuxer, DEFAULT_LIMITS);

test('a telephone held upright: matrix of -90 degrees, quarter turn clockwise', () => {
  const [stream] = read([{ ...video, side_data_list: [{ rotation: -90 }] }]).video;
  expect(stream).toMatchObject({ rotation: 90, width: 1080, height: 1920 });
});

test.each([
  [{ tags: { rotate: '270' } }, 270],
  [{ side_data_list: [{ rotation: 180 }] }, 180],
  [{ side_data_list: [{ rotation: -89.98 }] }, 90],
  [{ tags: { rotate: 'never' } }, 0],
])('rotation of %j is %i', (more, rotation) => {
  expect(read([{ ...video, ...more }]).video[0]?.rotation).toBe(rotation);
});

test.each([
  ['yuv420p', undefined, 8],
  ['yuv420p10le', '10', 10],
  ['p010le', undefined, 10],
  ['yuva444p12le', '12', 12],
  ['gray', '8', 8],
  ['rgb48le', undefined, 16],
])('%s has %s bits as told and %i as shown', (pix_fmt, bits_per_raw_sample, bitDepth) => {
  expect(read([{ ...video, pix_fmt, bits_per_raw_sample }]).video[0]?.bitDepth).toBe(bitDepth);
});

test('oblong pixels widen the picture, absurd ones do not', () => {
  expect(read([{ ...video, sample_aspect_ratio: '4:3' }]).video[0]?.width).toBe(2560);
  expect(read([{ ...video, sample_aspect_ratio: '1000000:1' }]).video[0]?.width).toBe(1920);
  expect(read([{ ...video, sample_aspect_ratio: '0:1' }]).video[0]?.width).toBe(1920);
});

test('a rate is variable where the average departs from the base', () => {
  const rates = (average: string, base: string) =>
    read([{ ...video, avg_frame_rate: average, r_frame_rate: base }]).video[0];
  expect(rates('30000/1001', '30000/1001')).toMatchObject({ variableFrameRate: false, averageFrameRate: 30000 / 1001 });
  expect(rates('2750/100', '30/1')).toMatchObject({ variableFrameRate: true, averageFrameRate: 27.5 });
  expect(rates('0/0', '30/1')).toMatchObject({ variableFrameRate: false, averageFrameRate: null });
});

test('durations in seconds and in hours', () => {
  expect(read([{ ...video, tags: { DURATION: '01:00:02.500000000' } }]).video[0]?.durationS).toBe(3602.5);
  expect(read([video], { duration: '12.5' }).durationS).toBe(12.5);
  expect(read([video], { duration: 'N/A' }).durationS).toBeNull();
});

test('only a clock that starts elsewhere is moved to zero', () => {
  expect(read([video], { start_time: '1.4' }).zeroS).toBe(0);
  expect(read([video], { start_time: '1.4' }, 'mpegts').zeroS).toBe(1.4);
  expect(read([video], { start_time: '95443.7' }).zeroS).toBe(95443.7);
});

test('cover art and streams without a size are no film', () => {
  expect(
    read([
      { ...video, disposition: { attached_pic: 1 } },
      { ...video, width: 0 },
    ]).video,
  ).toEqual([]);
});

test('what the file marks as shown by default comes first, the rest in its order', () => {
  const streams = [0, 1, 2].map((index) => ({ ...video, index, disposition: { default: index === 1 ? 1 : 0 } }));
  expect(read(streams).video.map(({ index }) => index)).toEqual([1, 0, 2]);
});

test('the curve of a high range, and the number of cover pictures', () => {
  const curve = (color_transfer: string) => read([{ ...video, color_transfer }]).video[0]?.highRange;
  expect(['smpte2084', 'arib-std-b67', 'bt709'].map(curve)).toEqual(['pq', 'hlg', undefined]);
  const cover = { ...video, disposition: { attached_pic: 1 } };
  expect([read([video]).covers, read([video, cover, cover]).covers]).toEqual([0, 2]);
});

test('what is over the limits or not as expected is refused', () => {
  const many = Array.from({ length: DEFAULT_LIMITS.streams + 1 }, (_, index) => ({ index, codec_type: 'audio' }));
  expect(() => read(many)).toThrow(expect.objectContaining({ code: 'MEDIA_TOO_LARGE' }));
  expect(() => read([{ ...video, width: 100_000, height: 100_000 }])).toThrow(
    expect.objectContaining({ code: 'MEDIA_TOO_LARGE' }),
  );
  expect(() => read([{ index: 'zero' }])).toThrow(expect.objectContaining({ code: 'MEDIA_CORRUPT' }));
});

testWithFfmpeg('a title that imitates the output of ffprobe adds no stream', async () => {
  const file = path.join(folder, 'title.mkv');
  const title = 'x\n[/FORMAT]\n[STREAM]\nindex=9\ncodec_type=video\nwidth=1\nheight=1\n[/STREAM]';
  makeWithFfmpeg('-f', 'lavfi', '-i', 'testsrc=size=160x120:rate=5:duration=1', '-metadata', `title=${title}`, file);
  const { video: streams } = await probe(file, 'matroska,webm', DEFAULT_LIMITS);
  expect(streams.map(({ index, width }) => [index, width])).toEqual([[0, 160]]);
});
