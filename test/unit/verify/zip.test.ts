import type { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import yazl from 'yazl';
import { parseDigests, printDigests, readZip, wholeOf } from '../../../main/verify/index.ts';
import { sourceOf } from '../../fixtures/package.ts';

async function written(fill: (zip: yazl.ZipFile) => void, options: object = {}): Promise<Buffer> {
  const zip = new yazl.ZipFile();
  fill(zip);
  (zip.end as (given: object) => void)(options);
  return buffer(zip.outputStream as Readable);
}

const TEXT = Buffer.from('the same words again and again, the same words again and again');

test.each([
  ['stored', { compress: false }],
  ['packed', { compress: true }],
  ['in the long form', { compress: false, forceZip64Format: true }],
])('a file that is %s is read as it was', async (_, options) => {
  const bytes = await written((zip) => zip.addBuffer(TEXT, '鉴 真.txt', options), options);
  const source = sourceOf(bytes);
  const { entries, deviations } = await readZip(source);
  expect(deviations).toEqual([]);
  expect(Buffer.from((await wholeOf(source, entries.get('鉴 真.txt')!, 1000))!).equals(TEXT)).toBe(true);
  expect(await wholeOf(source, entries.get('鉴 真.txt')!, 10)).toBeNull();
});

test('a comment at the end, and a folder as an entry, are nothing that a package has', async () => {
  const commented = await written((zip) => zip.addBuffer(TEXT, 'a'), { comment: 'hidden' });
  expect((await readZip(sourceOf(commented))).deviations).toEqual([{ code: 'not-an-archive', params: {} }]);
  const folder = await written((zip) => zip.addEmptyDirectory('a'));
  expect((await readZip(sourceOf(folder))).deviations).toEqual([{ code: 'name-unsafe', params: { file: 'a/' } }]);
});

test('lists are read as they are written, and other forms are none', () => {
  const digests = new Map([
    ['a b.txt', 'a'.repeat(64)],
    ['鉴', 'b'.repeat(64)],
  ]);
  expect(parseDigests(printDigests(digests))).toEqual(digests);
  expect(parseDigests('')).toEqual(new Map());
  const line = `${'a'.repeat(64)}  x\n`;
  for (const bad of [line.trimEnd(), `${line}${line}`, line.replace('  ', ' '), line.toUpperCase(), ` ${line}`, '\n'])
    expect(parseDigests(bad)).toBeNull();
});
