import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import sharp from 'sharp';
import { openMedia } from '../../../main/media/index.ts';
import { runningClockOf } from '../../../main/media/packets.ts';
import { mayHoldPieces } from '../../../main/media/pieces.ts';
import { bytesSource } from '../../../main/media/source.ts';
import { createProvenanceAnalyzers } from '../../../main/provenance/index.ts';
import { allFrames, allSamples, makeWithFfmpeg, temporaryFolder, testWithFfmpeg } from '../../fixtures/media.ts';
import { context } from '../provenance/examine.ts';

const folder = temporaryFolder();
const file = (name: string) => path.join(folder, name);

/** A piece of three seconds, once and twice in a row. */
function twice(name: string, ...coding: string[]): void {
  const film = name.endsWith('ogg') ? [] : ['-f', 'lavfi', '-i', 'testsrc=size=64x48:rate=25:duration=3'];
  makeWithFfmpeg(...film, '-f', 'lavfi', '-i', 'sine=440:duration=3', ...coding, file(`one.${name}`));
  const piece = readFileSync(file(`one.${name}`));
  writeFileSync(file(`two.${name}`), Buffer.concat([piece, piece]));
}

async function told(name: string) {
  await using media = await openMedia(file(name));
  const container = createProvenanceAnalyzers().filter((a) => a.id === 'provenance-container');
  const input = { media, sha256: '0'.repeat(64), faces: null, voices: null };
  const [outcome] = await container[0]!.run(input, context());
  const facts = outcome!.facts.filter(({ id }) => /Restart|further/.test(id));
  return { info: media.info, facts: facts.map(({ id, value }) => [id, value]) };
}

for (const [name, ...coding] of [
  ['ts', '-c:v', 'mpeg2video', '-c:a', 'mp2'],
  ['mpg'],
  ['mkv', '-c:v', 'mpeg4', '-c:a', 'aac'],
  ['ogg', '-c:a', 'libvorbis'],
] as const)
  testWithFfmpeg(`two pieces last as long as both, and where the clock starts again is a fact: ${name}`, async () => {
    twice(name, ...coding);
    const [one, two] = [await told(`one.${name}`), await told(`two.${name}`)];
    expect([one.info.restartsS, one.facts]).toEqual([undefined, []]);
    expect(Math.abs(two.info.durationS! - 6)).toBeLessThan(0.2);
    expect(two.info.restartsS).toHaveLength(1);
    expect(Math.abs(two.info.restartsS![0]! - 3)).toBeLessThan(0.1);
    expect(two.facts).toEqual([
      ['container.clockRestarts', 1],
      ['container.clockRestart', two.info.restartsS![0]],
    ]);
  });

testWithFfmpeg('a second film behind an FLV, which no decoder reaches, is named by its place', async () => {
  twice('flv', '-c:v', 'flv1', '-ar', '22050', '-c:a', 'libmp3lame');
  expect(await told('one.flv')).toMatchObject({ facts: [] });
  const at = readFileSync(file('one.flv')).length;
  expect(await told('two.flv')).toMatchObject({ info: { unreadFrom: at }, facts: [['container.furtherPiece', at]] });
});

testWithFfmpeg('a second film behind an MP4 is named too, a film in fragments is one', async () => {
  twice('mp4', '-c:v', 'mpeg4', '-c:a', 'aac');
  const at = readFileSync(file('one.mp4')).length;
  expect(await told('one.mp4')).toMatchObject({ facts: [] });
  expect(await told('two.mp4')).toMatchObject({ info: { unreadFrom: at }, facts: [['container.furtherPiece', at]] });
  makeWithFfmpeg('-i', file('one.mp4'), '-c', 'copy', '-movflags', 'frag_keyframe+empty_moov', file('parts.mp4'));
  expect(await told('parts.mp4')).toMatchObject({ facts: [] });
});

testWithFfmpeg('a clock that jumps back does so for sound and picture alike, however far', async () => {
  const source = [
    '-f',
    'lavfi',
    '-i',
    'testsrc=size=64x48:rate=10:duration=3',
    '-f',
    'lavfi',
    '-i',
    'sine=440:duration=3',
  ];
  const piece = (offset: string) => {
    const coding = ['-c:v', 'libx264', '-bf', '2', '-c:a', 'aac', '-output_ts_offset', offset, '-f', 'mpegts'];
    makeWithFfmpeg(...source, ...coding, file('piece.ts'));
    return readFileSync(file('piece.ts'));
  };
  writeFileSync(file('back.ts'), Buffer.concat([piece('18000'), piece('0')]));
  await using media = await openMedia(file('back.ts'));
  const frames = await allFrames(media.frames({ fps: 1 }));
  const { samples } = await allSamples(media.audio({}));
  expect(frames.map(({ timeS }) => Math.round(timeS))).toEqual([0, 1, 2, 3, 4, 5]);
  expect(Math.abs(samples.length / 16_000 - 6)).toBeLessThan(0.3);
  expect(Math.abs(media.info.durationS! - 6)).toBeLessThan(0.3);
  // 33 bits of 90 kHz run over after 26.5 hours.
  writeFileSync(file('over.ts'), piece('95441'));
  await using over = await openMedia(file('over.ts'));
  expect((await allFrames(over.frames({ fps: 1 }))).map(({ timeS }) => Math.round(timeS))).toEqual([0, 1, 2]);
  expect(Math.abs(over.info.durationS! - 3)).toBeLessThan(0.3);
});

test('a clock runs on from the end of the last packet, and frames out of order are no restart', () => {
  const lines = ['0,0,1000', '3000,1000,1000', '1000,2000,1000', '2000,3000,1000', 'N/A,4000,1000'];
  const clock = runningClockOf(lines.join('\n'), [1, 25_000]);
  expect(clock).toEqual({ restartsS: [], durationS: 0.2 });
  const piece = ['0,0,400', '400,400,400', 'N/A,800,400', 'N/A,N/A,N/A'];
  const joined = runningClockOf([...piece, ...piece].join('\n'), [1, 1000]);
  expect(joined).toEqual({ restartsS: [1.2], durationS: 2.4 });
  expect(runningClockOf('', [1, 1000])).toEqual({ restartsS: [], durationS: 0 });
});

test('a Matroska file that ends with its segment has no clock to be followed', async () => {
  const of = (size: number[], behind: number) =>
    bytesSource(
      Uint8Array.from([0x1a, 0x45, 0xdf, 0xa3, 0x80, 0x18, 0x53, 0x80, 0x67, ...size, ...Array(behind).fill(0)]),
    );
  const wide = [0x01, 0, 0, 0, 0, 0, 0, 5];
  expect(await mayHoldPieces(of(wide, 5), 'matroska')).toBe(false);
  expect(await mayHoldPieces(of([0x85], 5), 'matroska')).toBe(false);
  expect(await mayHoldPieces(of(wide, 6), 'matroska')).toBe(true);
  expect(await mayHoldPieces(of([0x01, ...Array(7).fill(0xff)], 5), 'matroska')).toBe(true);
  expect(await mayHoldPieces(of([], 0), 'matroska')).toBe(true);
  expect(await mayHoldPieces(of(wide, 6), 'mov')).toBe(false);
});

test('a scan of several pages says how many', async () => {
  const page = { create: { width: 8, height: 8, channels: 3 as const, background: '#444' } };
  const raw = { width: 8, height: 24, pageHeight: 8, channels: 3 as const };
  writeFileSync(
    file('pages.tif'),
    await sharp(Buffer.alloc(8 * 24 * 3, 90), { raw })
      .tiff()
      .toBuffer(),
  );
  writeFileSync(file('page.tif'), await sharp(page).tiff().toBuffer());
  await using pages = await openMedia(file('pages.tif'));
  await using one = await openMedia(file('page.tif'));
  expect([pages.info.image?.pages, one.info.image?.pages]).toEqual([3, undefined]);
});
