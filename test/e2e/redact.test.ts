import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { jest } from '@jest/globals';
import sharp from 'sharp';
import { listCustody, openCase, verifyCustody } from '../../main/cases/index.ts';
import { HEADS, scene } from '../fixtures/heads.ts';
import { temporaryFolder } from '../fixtures/media.ts';
import { cli, scanLines } from './cli.ts';

jest.setTimeout(240_000);

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
  writeFileSync(at('words.mp4'), 'only words\n'.repeat(50));
  const { out } = await run('scan', '--quick', at('pair.png'), at('words.mp4'));
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
  const words = digests.get('words.mp4')!;
  expect((await run('redact', words, '--out', at('w.png'))).out).toContain('REDACTION_NOT_EXAMINED');
  expect((await run('redact', words, '--cover', 'all', '--out', at('w.png'))).out).toMatch(/"code":"[A-Z_]+"/);
  expect(existsSync(at('w.png'))).toBe(false);
});
