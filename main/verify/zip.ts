/**
 * Reads a ZIP (APPNOTE 6.3.10) as an opponent may have prepared it: every byte of the archive must belong to exactly one file or to
 * the directory, each name stands once and is harmless, and nothing is unpacked beyond what was declared.
 */
import { type Deviation, deviation } from './deviation.ts';
import type { ByteSource } from './source.ts';

export interface ZipEntry {
  readonly name: string;
  /** Bytes of the file. */
  readonly size: number;
  /** Bytes that it takes in the archive. */
  readonly packed: number;
  readonly deflated: boolean;
  /** Where its bytes begin. */
  readonly dataAt: number;
}

export interface Zip {
  /** Files that can be read, by name. */
  readonly entries: ReadonlyMap<string, ZipEntry>;
  readonly deviations: readonly Deviation[];
}

/** Bytes of the directory and number of files that are read into memory. */
const MAX_DIRECTORY = 256 << 20;
const MAX_FILES = 500_000;
/** Files of ours are stored as they are; somebody may have packed them again, but never to a thousandth. */
const MAX_RATIO = 200;
const RATIO_FREE = 64 << 20;
/** Bytes read at once. */
const PORTION = 1 << 20;

const END_BYTES = 22;
const END64_BYTES = 56;
const LOCATOR_BYTES = 20;
const LOCAL_BYTES = 30;
const CENTRAL_BYTES = 46;
const SIGNATURE = { local: 0x04034b50, central: 0x02014b50, end: 0x06054b50, end64: 0x06064b50, locator: 0x07064b50 };
const FLAG = { encrypted: 1, descriptor: 8, utf8: 0x800 };
const FIELD = { zip64: 1, unicodePath: 0x7075 };
/** Kinds of file in the upper four bits of a Unix mode; none where the archive was made elsewhere. */
const PLAIN_FILES = [0, 8];
const FOLDER_OF_DOS = 0x10;
const MAX_16 = 0xffff;
const MAX_32 = 0xffffffff;

interface Listed {
  readonly name: string;
  /** Another name that an unpacking program may take instead. */
  readonly otherName: string | null;
  /** Whether it unpacks as a file: its attributes may make a link of it, a folder or a device. */
  readonly isFile: boolean;
  readonly flags: number;
  readonly method: number;
  readonly crc: number;
  readonly packed: number;
  readonly size: number;
  readonly localAt: number;
}

/** A package that is no readable archive has the one deviation `not-an-archive`. */
export async function readZip(source: ByteSource): Promise<Zip> {
  const directory = await readDirectory(source);
  if (!directory) return { entries: new Map(), deviations: [deviation('not-an-archive')] };
  const deviations: Deviation[] = [];
  const entries = new Map<string, ZipEntry>();
  const total = directory.files.reduce((sum, { size }) => sum + size, 0);
  if (total > source.size * MAX_RATIO + RATIO_FREE) return { entries, deviations: [deviation('too-large')] };
  let end = 0;
  for (const listed of directory.files.toSorted((a, b) => a.localAt - b.localAt)) {
    const file = listed.name;
    if (listed.localAt !== end) deviations.push(deviation('hidden-bytes', { file, at: end }));
    const local = await readLocal(source, listed, directory.at);
    if (!local) {
      deviations.push(deviation('names-disagree', { file }));
      end = listed.localAt;
      continue;
    }
    end = local.end;
    const fault = faultOf({ ...listed, otherName: listed.otherName ?? local.otherName }, entries);
    if (fault) deviations.push(fault);
    else
      entries.set(file, {
        name: file,
        size: listed.size,
        packed: listed.packed,
        deflated: listed.method === 8,
        dataAt: local.dataAt,
      });
  }
  if (end !== directory.at) deviations.push(deviation('hidden-bytes', { file: null, at: end }));
  return { entries, deviations };
}

function faultOf(
  { name, otherName, isFile, flags, method, packed, size }: Listed,
  entries: ReadonlyMap<string, ZipEntry>,
): Deviation | null {
  if (!isHarmless(name)) return deviation('name-unsafe', { file: name });
  if (otherName !== null) return deviation('name-other', { file: name, other: otherName });
  if (entries.has(name)) return deviation('name-twice', { file: name });
  if (!isFile) return deviation('no-plain-file', { file: name });
  if (flags & FLAG.encrypted) return deviation('encrypted', { file: name });
  if (method !== 0 && method !== 8) return deviation('packed-unknown', { file: name });
  return method === 0 && packed !== size ? deviation('packed-broken', { file: name }) : null;
}

/** Relative, with forward slashes, without `..`, drive letters and control characters, and not a folder. */
function isHarmless(name: string): boolean {
  return (
    !/[\\:\p{Cc}\ufffd]/u.test(name) &&
    name.length <= 1000 &&
    name.split('/').every((part) => part !== '' && part !== '.' && part !== '..')
  );
}

async function readDirectory(source: ByteSource): Promise<{ at: number; files: readonly Listed[] } | null> {
  const end = await readEnd(source);
  if (!end || end.count > MAX_FILES || end.bytes > MAX_DIRECTORY || end.at + end.bytes !== end.endAt) return null;
  const bytes = await source.read(end.at, end.bytes);
  const view = viewOf(bytes);
  const files: Listed[] = [];
  let at = 0;
  while (files.length < end.count) {
    if (at + CENTRAL_BYTES > bytes.length || view.getUint32(at, true) !== SIGNATURE.central) return null;
    const [nameBytes, extraBytes, noteBytes] = [28, 30, 32].map((field) => view.getUint16(at + field, true)) as [
      number,
      number,
      number,
    ];
    const next = at + CENTRAL_BYTES + nameBytes + extraBytes + noteBytes;
    if (next > bytes.length) return null;
    const extraAt = at + CENTRAL_BYTES + nameBytes;
    const name = new TextDecoder().decode(bytes.subarray(at + CENTRAL_BYTES, extraAt));
    const extra = bytes.subarray(extraAt, extraAt + extraBytes);
    const sizes = wideSizes(
      {
        size: view.getUint32(at + 24, true),
        packed: view.getUint32(at + 20, true),
        localAt: view.getUint32(at + 42, true),
      },
      extra,
    );
    if (!sizes) return null;
    files.push({
      name,
      otherName: otherNameIn(extra, name),
      isFile: isPlain(view.getUint32(at + 38, true)),
      flags: view.getUint16(at + 8, true),
      method: view.getUint16(at + 10, true),
      crc: view.getUint32(at + 16, true),
      ...sizes,
    });
    at = next;
  }
  return at === bytes.length ? { at: end.at, files } : null;
}

/** The upper half of the external attributes is a Unix mode, the lower holds those of DOS (4.4.15). */
function isPlain(attributes: number): boolean {
  return PLAIN_FILES.includes(attributes >>> 28) && (attributes & FOLDER_OF_DOS) === 0;
}

type Sizes = Pick<Listed, 'size' | 'packed' | 'localAt'>;

/** The extended information of ZIP64 (4.5.3) holds those of the three that do not fit, in this order. */
function wideSizes(narrow: Sizes, extra: Uint8Array): Sizes | null {
  const wide: { -readonly [K in keyof Sizes]: Sizes[K] } = { ...narrow };
  const missing = (['size', 'packed', 'localAt'] as const).filter((field) => narrow[field] === MAX_32);
  if (missing.length === 0) return narrow;
  const content = fieldsOf(extra).find(({ id }) => id === FIELD.zip64)?.content;
  if (!content || content.length < missing.length * 8) return null;
  const view = viewOf(content);
  for (const [index, field] of missing.entries()) wide[field] = Number(view.getBigUint64(index * 8, true));
  return Object.values(wide).every(Number.isSafeInteger) ? wide : null;
}

/** The Unicode path (4.6.9): a version, a digest of the plain name, then a name that many programs take in the place of that one. */
function otherNameIn(extra: Uint8Array, name: string): string | null {
  const paths = fieldsOf(extra).filter(({ id }) => id === FIELD.unicodePath);
  const names = paths.map(({ content }) => new TextDecoder().decode(content.subarray(5)));
  return names.find((other) => other !== name) ?? null;
}

/** The extra fields of a header (4.5.1); one that reaches beyond the end is cut off there. */
function fieldsOf(extra: Uint8Array): { readonly id: number; readonly content: Uint8Array }[] {
  const view = viewOf(extra);
  const fields = [];
  for (let at = 0; at + 4 <= extra.length; at += 4 + view.getUint16(at + 2, true))
    fields.push({
      id: view.getUint16(at, true),
      content: extra.subarray(at + 4, at + 4 + view.getUint16(at + 2, true)),
    });
  return fields;
}

async function readEnd(
  source: ByteSource,
): Promise<{ at: number; bytes: number; count: number; endAt: number } | null> {
  // Archives of ours end without a comment; anything after the directory would be bytes that nobody vouches for.
  const endAt = source.size - END_BYTES;
  if (endAt < 0) return null;
  const view = viewOf(await source.read(endAt, END_BYTES));
  if (view.getUint32(0, true) !== SIGNATURE.end || view.getUint16(20, true) !== 0) return null;
  const end = { count: view.getUint16(10, true), bytes: view.getUint32(12, true), at: view.getUint32(16, true), endAt };
  const narrow = end.count !== MAX_16 && end.bytes !== MAX_32 && end.at !== MAX_32;
  return narrow ? end : readEnd64(source, endAt);
}

async function readEnd64(source: ByteSource, endAt: number) {
  const locatorAt = endAt - LOCATOR_BYTES;
  if (locatorAt < END64_BYTES) return null;
  const locator = viewOf(await source.read(locatorAt, LOCATOR_BYTES));
  const end64At = Number(locator.getBigUint64(8, true));
  if (locator.getUint32(0, true) !== SIGNATURE.locator || end64At !== locatorAt - END64_BYTES) return null;
  const view = viewOf(await source.read(end64At, END64_BYTES));
  if (view.getUint32(0, true) !== SIGNATURE.end64) return null;
  const [count, bytes, at] = [32, 40, 48].map((field) => Number(view.getBigUint64(field, true))) as [
    number,
    number,
    number,
  ];
  return { count, bytes, at, endAt: end64At };
}

/** Null where the header before the file does not say the same as the directory. */
async function readLocal(
  source: ByteSource,
  listed: Listed,
  directoryAt: number,
): Promise<{ dataAt: number; end: number; otherName: string | null } | null> {
  if (listed.localAt + LOCAL_BYTES > directoryAt) return null;
  const head = viewOf(await source.read(listed.localAt, LOCAL_BYTES));
  const [nameBytes, extraBytes] = [head.getUint16(26, true), head.getUint16(28, true)];
  const dataAt = listed.localAt + LOCAL_BYTES + nameBytes + extraBytes;
  const described = (listed.flags & FLAG.descriptor) !== 0;
  const dataEnd = dataAt + listed.packed;
  if (head.getUint32(0, true) !== SIGNATURE.local || dataEnd > directoryAt) return null;
  const named = await source.read(listed.localAt + LOCAL_BYTES, nameBytes + extraBytes);
  const name = new TextDecoder().decode(named.subarray(0, nameBytes));
  const extra = named.subarray(nameBytes);
  const told = wideSizes({ size: head.getUint32(22, true), packed: head.getUint32(18, true), localAt: 0 }, extra);
  // What was not known when the header was written stands behind the file. Programs that read from the front go by these.
  const fits = (value: number, known: number) => value === known || (described && value === 0);
  const same =
    name === listed.name &&
    head.getUint16(6, true) === listed.flags &&
    head.getUint16(8, true) === listed.method &&
    fits(head.getUint32(14, true), listed.crc) &&
    told !== null &&
    fits(told.packed, listed.packed) &&
    fits(told.size, listed.size);
  if (!same) return null;
  const end = described ? await descriptorEnd(source, dataEnd, listed, directoryAt) : dataEnd;
  return { dataAt, end, otherName: otherNameIn(extra, name) };
}

/** Behind a file that was written as it came: optional signature, CRC, then both sizes in 4 or 8 bytes (4.3.9). */
async function descriptorEnd(source: ByteSource, at: number, listed: Listed, directoryAt: number): Promise<number> {
  const view = viewOf(await source.read(at, Math.min(24, directoryAt - at)));
  for (const signed of [4, 0])
    for (const width of [4, 8]) {
      const length = signed + 4 + width * 2;
      if (length > view.byteLength) continue;
      const size = (field: number) =>
        width === 4 ? view.getUint32(field, true) : Number(view.getBigUint64(field, true));
      const fits =
        view.getUint32(signed, true) === listed.crc &&
        size(signed + 4) === listed.packed &&
        size(signed + 4 + width) === listed.size;
      if (fits) return at + length;
    }
  return at;
}

/** The bytes of a file in portions. Throws RangeError where it unpacks to more or fewer bytes than declared. */
export async function* contentOf(source: ByteSource, entry: ZipEntry): AsyncGenerator<Uint8Array> {
  if (!entry.deflated) return yield* stored(source, entry);
  let unpacked = 0;
  const stream = streamOf(stored(source, entry)).pipeThrough(new DecompressionStream('deflate-raw'));
  const reader = stream.getReader();
  try {
    for (;;) {
      const { done, value } = await reader.read().catch(() => {
        throw new RangeError(`${entry.name} does not unpack`);
      });
      if (done) break;
      unpacked += value.length;
      if (unpacked > entry.size) break;
      yield value;
    }
  } finally {
    await reader.cancel().catch(() => undefined);
  }
  if (unpacked !== entry.size) throw new RangeError(`${entry.name} unpacks to another length`);
}

async function* stored(source: ByteSource, { dataAt, packed }: ZipEntry): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < packed; at += PORTION) yield await source.read(dataAt + at, Math.min(PORTION, packed - at));
}

function streamOf(portions: AsyncGenerator<Uint8Array>): ReadableStream<Uint8Array<ArrayBuffer>> {
  return new ReadableStream({
    async pull(controller) {
      const { done, value } = await portions.next();
      if (done) controller.close();
      else controller.enqueue(Uint8Array.from(value));
    },
  });
}

/** A small file as a whole; null where it is larger than `most`. */
export async function wholeOf(source: ByteSource, entry: ZipEntry, most: number): Promise<Uint8Array | null> {
  if (entry.size > most) return null;
  const whole = new Uint8Array(entry.size);
  let at = 0;
  for await (const portion of contentOf(source, entry)) {
    whole.set(portion, at);
    at += portion.length;
  }
  return whole;
}

function viewOf(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}
