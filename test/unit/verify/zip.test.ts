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

/** The archive with an extra field at one of the two headers of its only file. */
function withField(bytes: Buffer, at: 'local' | 'central', content: Buffer): Buffer {
  const field = Buffer.concat([Buffer.from([0x75, 0x70, content.length, 0]), content]);
  const end = bytes.length - 22;
  const central = bytes.readUInt32LE(end + 16);
  const header = at === 'local' ? 0 : central;
  const [lengthAt, nameAt, nameLengthAt] = at === 'local' ? [28, 30, 26] : [30, 46, 28];
  const insertAt = header + nameAt + bytes.readUInt16LE(header + nameLengthAt);
  const made = Buffer.concat([bytes.subarray(0, insertAt), field, bytes.subarray(insertAt)]);
  made.writeUInt16LE(bytes.readUInt16LE(header + lengthAt) + field.length, header + lengthAt);
  const grown = made.length - 22;
  if (at === 'local') made.writeUInt32LE(central + field.length, grown + 16);
  else made.writeUInt32LE(bytes.readUInt32LE(end + 12) + field.length, grown + 12);
  return made;
}

test.each(['local', 'central'] as const)(
  'a second name that unpacking programs would use is named (%s)',
  async (at) => {
    const bytes = await written((zip) => zip.addBuffer(TEXT, 'report.pdf'));
    const path = (name: string) => Buffer.concat([Buffer.from([1, 0, 0, 0, 0]), Buffer.from(name)]);
    const deviationsOf = async (name: string) => (await readZip(sourceOf(withField(bytes, at, path(name))))).deviations;
    expect(await deviationsOf('report.pdf')).toEqual([]);
    expect(await deviationsOf('other.pdf')).toEqual([
      { code: 'name-other', params: { file: 'report.pdf', other: 'other.pdf' } },
    ]);
  },
);

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
