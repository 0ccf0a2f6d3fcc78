/** Samsung's trailer behind a JPEG (`SEFT`): the gallery editor's record, which names generative edits. */
import type { RangedSource } from '../contract/media.ts';
import { asMap, type Json, tryJson } from './bytes/json.ts';
import { latin1, startsWith, text, u16le, u32le } from './bytes/numbers.ts';
import { ByteWindow, type Span } from './bytes/window.ts';

const MAX_ENTRIES = 64;
const MAX_DATA = 1024 * 1024;

/** The value of `genAIType` in `PhotoEditor_Re_Edit_Data`, or null. 0 means that no generative edit is recorded. */
export async function samsungGenerativeEdit(source: RangedSource): Promise<{ value: number; at: Span } | null> {
  const w = new ByteWindow(source);
  const tail = await w.bytes(w.size - 8, 8);
  if (!startsWith(tail, 'SEFT', 4)) return null;
  const head = w.size - 8 - u32le(tail, 0);
  const directory =
    head >= 0 ? await w.bytes(head, Math.min(u32le(tail, 0), 12 + 12 * MAX_ENTRIES)) : new Uint8Array(0);
  if (!startsWith(directory, 'SEFH')) return null;
  for (let i = 12; i + 12 <= directory.length; i += 12) {
    const from = head - u32le(directory, i + 4);
    const length = u32le(directory, i + 8);
    if (from < 0 || length > MAX_DATA || u16le(directory, i) !== 0) continue;
    const data = await w.bytes(from, length);
    const nameLength = u32le(data, 4);
    if (nameLength > 64 || latin1(data, 8, 8 + nameLength) !== 'PhotoEditor_Re_Edit_Data') continue;
    const value = find(tryJson(text(data.subarray(8 + nameLength)).replace(/\0+$/, '')), 0);
    if (value !== null) return { value, at: { offset: from, length } };
  }
  return null;
}

function find(value: Json | undefined, depth: number): number | null {
  if (typeof value === 'string' && value.startsWith('{') && depth < 6) return find(tryJson(value), depth + 1);
  const map = asMap(value);
  if (!map || depth > 6) return null;
  const own = map.get('genAIType');
  if (typeof own === 'number') return own;
  for (const inner of map.values()) {
    const found = find(inner, depth + 1);
    if (found !== null) return found;
  }
  return null;
}
