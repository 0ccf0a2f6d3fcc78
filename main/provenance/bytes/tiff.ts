/**
 * Image file directories (TIFF 6.0; EXIF 2.32 / CIPA DC-008 section 4.6) read with every entry's place.
 * Bounded: directories, entries and bytes are capped and a directory is entered once, so loops and forests end.
 */
import { cString, startsWith, text, u8, u16be, u16le, u32be, u32le } from './numbers.ts';
import type { ByteWindow, Span } from './window.ts';

export type Directory = 'IFD0' | 'IFD1' | 'IFDn' | 'Exif' | 'GPS' | 'Interop' | 'Sub';

export interface TiffEntry {
  readonly directory: Directory;
  readonly tag: number;
  readonly type: number;
  readonly count: number;
  /** Place of the value, relative to the start of the TIFF structure. */
  readonly at: Span;
  /** ASCII as text, numbers and rationals (as quotients) as numbers, the rest as bytes; values above 64 KiB are left empty. */
  readonly value: string | readonly number[] | Uint8Array;
}

export interface TiffRead {
  readonly littleEndian: boolean;
  readonly entries: readonly TiffEntry[];
  /** `structure`, `truncated`, `limit-parts`, `loop` */
  readonly problems: readonly string[];
}

const MAX_DIRECTORIES = 32;
const MAX_ENTRIES = 512;
const MAX_VALUE = 64 * 1024;
const SIZES = [0, 1, 1, 2, 4, 8, 1, 1, 2, 4, 8, 4, 8];

const SUB: ReadonlyMap<number, Directory> = new Map([
  [0x8769, 'Exif'],
  [0x8825, 'GPS'],
  [0xa005, 'Interop'],
  [0x014a, 'Sub'],
]);

/** Null where the header is no TIFF header. */
export async function readTiff(w: ByteWindow): Promise<TiffRead | null> {
  const head = await w.bytes(0, 8);
  const little = startsWith(head, 'II');
  if (!little && !startsWith(head, 'MM')) return null;
  const u16 = little ? u16le : u16be;
  const u32 = little ? u32le : u32be;
  const magic = u16(head, 2);
  if (magic !== 42 && magic !== 0x4f52 && magic !== 0x5352 && magic !== 0x55) return null;
  const entries: TiffEntry[] = [];
  const problems = new Set<string>();
  const seen = new Set<number>();
  const queue: { at: number; directory: Directory }[] = [{ at: u32(head, 4), directory: 'IFD0' }];
  for (let n = 0; queue.length > 0; n++) {
    if (n >= MAX_DIRECTORIES) {
      problems.add('limit-parts');
      break;
    }
    const { at, directory } = queue.shift()!;
    if (at === 0) continue;
    if (seen.has(at)) {
      problems.add('loop');
      continue;
    }
    seen.add(at);
    const count = u16(await w.bytes(at, 2), 0);
    if (count === 0 || at + 2 > w.size) {
      problems.add(at + 2 > w.size ? 'truncated' : 'structure');
      continue;
    }
    if (count > MAX_ENTRIES) problems.add('limit-parts');
    const kept = Math.min(count, MAX_ENTRIES);
    const table = await w.bytes(at + 2, kept * 12);
    if (table.length < kept * 12) problems.add('truncated');
    for (let i = 0; i + 12 <= table.length; i += 12) {
      const entry = await readEntry(w, table, i, at + 2 + i, directory, little);
      if (entry === null) problems.add('truncated');
      else {
        entries.push(entry);
        const sub = SUB.get(entry.tag);
        if (sub && Array.isArray(entry.value) && (directory === 'IFD0' || entry.tag === 0xa005))
          for (const target of (entry.value as number[]).slice(0, 8)) queue.push({ at: target, directory: sub });
      }
    }
    if (directory === 'IFD0' || directory === 'IFD1' || directory === 'IFDn') {
      const next = u32(await w.bytes(at + 2 + count * 12, 4), 0);
      if (next !== 0) queue.push({ at: next, directory: directory === 'IFD0' ? 'IFD1' : 'IFDn' });
    }
  }
  return { littleEndian: little, entries, problems: [...problems] };
}

async function readEntry(
  w: ByteWindow,
  table: Uint8Array,
  i: number,
  place: number,
  directory: Directory,
  little: boolean,
): Promise<TiffEntry | null> {
  const u16 = little ? u16le : u16be;
  const u32 = little ? u32le : u32be;
  const tag = u16(table, i);
  const type = u16(table, i + 2);
  const count = u32(table, i + 4);
  const length = (SIZES[type] ?? 1) * count;
  const inline = length <= 4;
  const offset = inline ? place + 8 : u32(table, i + 8);
  const at = { offset, length };
  if (!inline && offset + length > w.size)
    return { directory, tag, type, count, at: { offset: place, length: 12 }, value: new Uint8Array(0) };
  if (length > MAX_VALUE) return { directory, tag, type, count, at, value: new Uint8Array(0) };
  const bytes = inline ? table.subarray(i + 8, i + 8 + length) : await w.bytes(offset, length);
  return { directory, tag, type, count, at, value: decode(bytes, type, count, little) };
}

function decode(b: Uint8Array, type: number, count: number, little: boolean): string | number[] | Uint8Array {
  const u16 = little ? u16le : u16be;
  const u32 = little ? u32le : u32be;
  if (type === 2) return cString(text(b));
  if (type === 1 || type === 6 || type === 7 || type === 0 || type > 12) return b;
  const values: number[] = [];
  const size = SIZES[type] ?? 1;
  const view = new DataView(b.buffer, b.byteOffset, b.byteLength);
  for (let k = 0; k < count && values.length < 1024; k++) {
    const p = k * size;
    if (type === 3) values.push(u16(b, p));
    else if (type === 4) values.push(u32(b, p));
    else if (type === 5) values.push(u32(b, p + 4) === 0 ? Number.NaN : u32(b, p) / u32(b, p + 4));
    else if (type === 8) values.push((u16(b, p) << 16) >> 16);
    else if (type === 9) values.push(u32(b, p) | 0);
    else if (type === 10) values.push((u32(b, p + 4) | 0) === 0 ? Number.NaN : (u32(b, p) | 0) / (u32(b, p + 4) | 0));
    else if (type === 11) values.push(view.getFloat32(p, little));
    else values.push(view.getFloat64(p, little));
  }
  return values;
}

/** The first entry with this tag in one of the directories. */
export function entryOf(read: TiffRead, tag: number, ...directories: readonly Directory[]): TiffEntry | null {
  return read.entries.find((e) => e.tag === tag && directories.includes(e.directory)) ?? null;
}

export function numberOf(entry: TiffEntry | null): number | null {
  const value = entry && Array.isArray(entry.value) ? (entry.value as number[])[0] : undefined;
  if (value !== undefined && Number.isFinite(value)) return value;
  return entry?.value instanceof Uint8Array && entry.count === 1 ? u8(entry.value, 0) : null;
}

export function textOf(entry: TiffEntry | null): string | null {
  if (!entry) return null;
  if (typeof entry.value === 'string') return entry.value;
  return entry.value instanceof Uint8Array && entry.value.length > 0 ? cString(text(entry.value)) : null;
}
