import { Readable } from 'node:stream';
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

/** Whole numbers of four bytes at these places of the header before the only file. */
function told(bytes: Buffer, values: Readonly<Record<number, number>>): Buffer {
  const made = Buffer.from(bytes);
  for (const [at, value] of Object.entries(values)) made.writeUInt32LE(value, Number(at));
  return made;
}

test('what a program that reads from the front would go by must say the same as the directory', async () => {
  const known = await written((zip) => zip.addBuffer(TEXT, 'a', { compress: false }));
  const open = await written((zip) => zip.addReadStream(Readable.from([TEXT]), 'a', { compress: false }));
  const deviationsOf = async (bytes: Buffer) => (await readZip(sourceOf(bytes))).deviations.map(({ code }) => code);
  expect(await deviationsOf(open)).toEqual([]);
  // The true values may stand there although they stand behind the file as well.
  const behind = open.readUInt32LE(open.length - 22 + 16) - 16;
  const values = [4, 8, 12].map((field) => open.readUInt32LE(behind + field));
  expect(values.slice(1)).toEqual([TEXT.length, TEXT.length]);
  expect(await deviationsOf(told(open, { 14: values[0]!, 18: values[1]!, 22: values[2]! }))).toEqual([]);
  for (const archive of [known, open])
    for (const field of [14, 18, 22])
      for (const value of [1, TEXT.length + 1, 0xffffffff])
        expect(await deviationsOf(told(archive, { [field]: value }))).toEqual(['names-disagree', 'hidden-bytes']);
});

test.each([
  ['a link', 0o120777 * 0x10000],
  ['a folder', 0o040755 * 0x10000],
  ['a device', 0o020666 * 0x10000],
  ['a folder of DOS', 0x10],
])('what would unpack as %s is named', async (_, attributes) => {
  const bytes = await written((zip) => zip.addBuffer(TEXT, 'a'));
  const central = bytes.readUInt32LE(bytes.length - 22 + 16);
  bytes.writeUInt32LE(attributes, central + 38);
  const { entries, deviations } = await readZip(sourceOf(bytes));
  expect(deviations).toEqual([{ code: 'no-plain-file', params: { file: 'a' } }]);
  expect(entries.size).toBe(0);
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
