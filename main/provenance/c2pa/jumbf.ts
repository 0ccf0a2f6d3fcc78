/** Places of the manifests inside a JUMBF store (ISO 19566-5): the second level of boxes, each with the label that names it. */
import { cString, text, u8, u32be, u64be } from '../bytes/numbers.ts';
import type { Span } from '../bytes/window.ts';

const MAX_MANIFESTS = 256;

/** Label -> place inside the store's bytes. */
export function manifestPlaces(store: Uint8Array): Map<string, Span> {
  const places = new Map<string, Span>();
  const outer = box(store, 0, store.length);
  if (outer?.type !== 'jumb') return places;
  let at = outer.body;
  while (at < outer.end && places.size < MAX_MANIFESTS) {
    const inner = box(store, at, outer.end);
    if (!inner) break;
    const label = inner.type === 'jumb' ? labelOf(store, inner.body, inner.end) : null;
    if (label !== null) places.set(label, { offset: at, length: inner.end - at });
    at = inner.end;
  }
  return places;
}

function box(b: Uint8Array, at: number, to: number): { type: string; body: number; end: number } | null {
  if (at + 8 > to) return null;
  const small = u32be(b, at);
  const size = small === 1 ? u64be(b, at + 8) : small === 0 ? to - at : small;
  const body = at + (small === 1 ? 16 : 8);
  if (size < body - at || at + size > to) return null;
  return {
    type: String.fromCharCode(u8(b, at + 4), u8(b, at + 5), u8(b, at + 6), u8(b, at + 7)),
    body,
    end: at + size,
  };
}

/** The description box: 16 bytes of type, a byte of toggles, then the label where bit 1 is set. */
function labelOf(b: Uint8Array, from: number, to: number): string | null {
  const description = box(b, from, to);
  if (description?.type !== 'jumd' || (u8(b, description.body + 16) & 2) === 0) return null;
  return cString(text(b.subarray(description.body + 17, description.end)));
}
