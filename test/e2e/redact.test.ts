import { execFile } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { promisify } from 'node:util';
import sharp from 'sharp';
import { listCustody, openCase, verifyCustody } from '../../main/cases/index.ts';
import { findTool } from '../../main/media/index.ts';
import { HEADS, scene } from '../fixtures/heads.ts';
import { temporaryFolder } from '../fixtures/media.ts';
import { cli, scanLines } from './cli.ts';

const work = temporaryFolder();
const at = (name: string) => path.join(work, name);
const data = at('data');
const run = (...args: string[]) => cli(['--data', data, '--lang', 'en', '--json', ...args]);
const LABEL = '{"Label":"1","ContentProducer":"00119\\"x","ProduceID":"p<1>"}';
const digests = new Map<string, string>();

beforeAll(async () => {
  const heads = [
    { who: HEADS[1]!, x: 40, y: 60, size: 320 },
    { who: HEADS[2]!, x: 440, y: 60, size: 320 },
  ];
  const xmp = LABEL.replace(/[&<>"]/g, (char) => `&#${char.codePointAt(0)};`);
  const picture = await sharp(await scene(800, 480, heads))
    .withExif({ IFD0: { Make: 'CANARY' } })
    .withXmp(
      `<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><rdf:Description rdf:about="" xmlns:TC260="http://www.tc260.org.cn/ns/AIGC/1.0/" TC260:AIGC="${xmp}"/></rdf:RDF></x:xmpmeta>`,
    )
    .png()
    .toBuffer();
  writeFileSync(at('pair.png'), picture);
  // A head that crosses a film of two seconds, with a tone, and a label as its maker wrote it.
  for (let n = 0; n < 20; n += 1)
    writeFileSync(
      at(`frame-${String(n).padStart(2, '0')}.png`),
      await scene(640, 360, [{ who: HEADS[1]!, x: 20 + n * 16, y: 30, size: 300 }]),
    );
  await promisify(execFile)(findTool('ffmpeg'), [
    ...['-v', 'error', '-framerate', '10', '-i', at('frame-%02d.png'), '-f', 'lavfi', '-i', 'sine=440:duration=2'],
    ...['-metadata', `AIGC=${LABEL}`, '-metadata', 'title=CANARY', '-movflags', 'use_metadata_tags'],
    ...['-c:v', 'libx264', '-crf', '12', '-pix_fmt', 'yuv420p', '-c:a', 'aac', at('film.mp4')],
  ]);
  await promisify(execFile)(findTool('ffmpeg'), [
    '-v',
    'error',
    '-f',
    'lavfi',
    '-i',
    'sine=440:duration=3',
    at('tone.wav'),
  ]);
  writeFileSync(at('words.mp4'), 'only words\n'.repeat(50));
  const { out } = await run('scan', '--quick', at('pair.png'), at('film.mp4'), at('tone.wav'), at('words.mp4'));
  for (const one of scanLines(out))
    if (one.type === 'item' && one.item.sha256) digests.set(path.basename(one.item.path), one.item.sha256);
});

const pixels = async (file: string) => {
  const { data: raw, info } = await sharp(file).removeAlpha().raw().toBuffer({ resolveWithObject: true });
  return { raw, ...info };
};

/** Mean absolute difference from pixel to pixel along a row of a square: what is left of detail. */
async function detail(file: string, x: number, y: number, side: number): Promise<number> {
  const { raw, width } = await pixels(file);
  let sum = 0;
  for (let row = y; row < y + side; row++)
    for (let column = x; column < x + side - 1; column++)
      sum += Math.abs(raw[(row * width + column) * 3]! - raw[(row * width + column + 1) * 3]!);
  return sum / (side * (side - 1));
}

test('faces are covered, the rest stays, no metadata goes along but the label, and the log says so', async () => {
  const item = digests.get('pair.png')!;
  const made = JSON.parse((await run('redact', item, '--out', at('covered.png'))).out.trim());
  expect(made).toMatchObject({ type: 'redacted', faces: 2, labelled: true });
  for (const x of [150, 550]) {
    const [before, after] = [await detail(at('pair.png'), x, 180, 100), await detail(at('covered.png'), x, 180, 100)];
    expect(after).toBeLessThan(before / 3);
  }
  const [original, covered] = [await pixels(at('pair.png')), await pixels(at('covered.png'))];
  const corner = (of: typeof original) => of.raw.subarray(0, 30 * 3);
  expect(Buffer.from(corner(covered)).equals(Buffer.from(corner(original)))).toBe(true);
  expect(readFileSync(at('covered.png')).includes('CANARY')).toBe(false);
  const origin = await run('provenance', at('covered.png'));
  expect(origin.out).toContain('00119\\"x');
  expect(origin.out).toContain('p<1>');
  using c = await openCase(data, 'default', { app: 'test' });
  const last = listCustody(c).at(-1)!;
  expect(last).toMatchObject({ act: 'redaction-exported', item, details: { copy: made.sha256, faces: 2 } });
  expect(verifyCustody(c).entries).toBe(last.seq);
});

test('all of it can be covered; nothing is written over, and what was not examined or is no picture is refused', async () => {
  const item = digests.get('pair.png')!;
  const all = JSON.parse((await run('redact', item, '--cover', 'all', '--out', at('all.png'))).out.trim());
  expect(all).toMatchObject({ faces: null });
  expect(await detail(at('all.png'), 10, 10, 80)).toBeLessThan(2);
  expect((await run('redact', item, '--out', at('all.png'))).out).toContain('ARCHIVE_EXISTS');
  expect((await run('redact', item, '--out', at('pair.mp4'))).out).toContain('REDACTION_NAME_UNFIT');
  expect(existsSync(at('pair.mp4'))).toBe(false);
  const words = digests.get('words.mp4')!;
  expect((await run('redact', words, '--out', at('w.png'))).out).toContain('REDACTION_NOT_EXAMINED');
  expect((await run('redact', words, '--cover', 'all', '--out', at('w.png'))).out).toMatch(/"code":"[A-Z_]+"/);
  expect(existsSync(at('w.png'))).toBe(false);
});

/** A frame of a film at that second, as PNG. */
async function frameAt(film: string, seconds: number): Promise<string> {
  const file = at(`${path.basename(film)}-${seconds}.png`);
  await promisify(execFile)(findTool('ffmpeg'), [
    '-v',
    'error',
    '-y',
    '-i',
    film,
    '-ss',
    String(seconds),
    '-frames:v',
    '1',
    file,
  ]);
  return file;
}

/** Root mean square of the sound between two seconds, and how often it crosses zero a second. */
async function soundOf(file: string, fromS: number, toS: number): Promise<{ level: number; crossings: number }> {
  const args = ['-v', 'error', '-i', file, '-f', 'f32le', '-ar', '16000', '-ac', '1', 'pipe:1'];
  const { stdout } = await promisify(execFile)(findTool('ffmpeg'), args, { encoding: 'buffer', maxBuffer: 1 << 26 });
  const samples = new Float32Array(Uint8Array.from(stdout).buffer, 0, stdout.length >> 2).subarray(
    fromS * 16_000,
    toS * 16_000,
  );
  const level = Math.sqrt(samples.reduce((sum, one) => sum + one * one, 0) / samples.length);
  const crossings = samples.reduce((sum, one, n) => sum + Number(n > 0 && one >= 0 !== samples[n - 1]! >= 0), 0);
  return { level, crossings: crossings / (toS - fromS) / 2 };
}

test('a face is covered wherever it goes in a film, seconds are silent, the label is stated again and the original stays', async () => {
  const item = digests.get('film.mp4')!;
  const before = readFileSync(at('film.mp4'));
  const { out, err } = await run('redact', item, '--silence', '0.5-1', '--out', at('covered.mp4'));
  const made = JSON.parse(out.trim() || err);
  expect(made).toMatchObject({ kind: 'film', faces: 1, silencedS: 0.5, labelled: true });
  expect(made.looks.withFaces).toBeGreaterThan(made.looks.all * 0.8);
  for (const [seconds, x] of [
    [0.1, 36],
    [0.9, 164],
    [1.7, 292],
  ] as const) {
    const [was, is] = [await frameAt(at('film.mp4'), seconds), await frameAt(at('covered.mp4'), seconds)];
    expect(await detail(is, x + 100, 130, 100)).toBeLessThan((await detail(was, x + 100, 130, 100)) / 2);
  }
  expect((await soundOf(at('covered.mp4'), 0.55, 0.95)).level).toBeLessThan(0.002);
  expect((await soundOf(at('covered.mp4'), 1.1, 1.9)).level).toBeGreaterThan(0.03);
  expect(readFileSync(at('covered.mp4')).includes('CANARY')).toBe(false);
  expect((await run('provenance', at('covered.mp4'))).out).toContain('00119\\"x');
  expect(readFileSync(at('film.mp4')).equals(before)).toBe(true);
  using c = await openCase(data, 'default', { app: 'test' });
  const last = listCustody(c).at(-1)!;
  expect(last).toMatchObject({
    act: 'redaction-exported',
    item,
    details: { copy: made.sha256, faces: 1, silencedS: 0.5 },
  });
  expect(verifyCustody(c).entries).toBe(last.seq);
});

test('a place is covered for its seconds alone, a voice is lowered, and what does not fit is refused', async () => {
  const film = digests.get('film.mp4')!;
  await run('redact', film, '--cover', 'none', '--region', '0,0,640,360@0-1', '--out', at('place.mp4'));
  for (const [seconds, x, left] of [
    [0.5, 200, false],
    [1.5, 360, true],
  ] as const) {
    const [was, is] = [await frameAt(at('film.mp4'), seconds), await frameAt(at('place.mp4'), seconds)];
    const share = (await detail(is, x, 130, 100)) / (await detail(was, x, 130, 100));
    expect([seconds, share > 0.7]).toEqual([seconds, left]);
  }
  const tone = digests.get('tone.wav')!;
  const lowered = JSON.parse(
    (await run('redact', tone, '--lower', '1-2', '--silence', '2-3', '--out', at('tone.m4a'))).out,
  );
  expect(lowered).toMatchObject({ kind: 'sound', loweredS: 1, silencedS: 1, faces: null });
  expect((await soundOf(at('tone.m4a'), 0.2, 0.8)).crossings).toBeCloseTo(440, -1);
  expect((await soundOf(at('tone.m4a'), 1.2, 1.8)).crossings).toBeCloseTo(330, -1);
  expect((await soundOf(at('tone.m4a'), 2.2, 2.8)).level).toBeLessThan(0.002);
  for (const args of [
    [tone],
    [tone, '--region', '1,1,5,5', '--silence', '0-1'],
    [digests.get('pair.png')!, '--silence', '0-1'],
  ])
    expect((await run('redact', ...args, '--out', at('none'))).out).toContain('REDACTION_UNFIT');
  expect(existsSync(at('none'))).toBe(false);
});
