/** Which characters a TrueType font can draw (OpenType `cmap`, formats 4 and 12): what it cannot is shown as its number, never left out. */

/** Tells of a code point whether the font has a glyph for it. Throws RangeError for a file without a Unicode map. */
export function glyphTest(font: Uint8Array): (codePoint: number) => boolean {
  const view = new DataView(font.buffer, font.byteOffset, font.byteLength);
  const cmap = tableAt(view, 'cmap');
  const maps = Array.from({ length: view.getUint16(cmap + 2) }, (_, at) => cmap + view.getUint32(cmap + 8 + at * 8));
  const full = maps.find((at) => view.getUint16(at) === 12);
  if (full !== undefined) return inGroups(view, full);
  const basic = maps.find((at) => view.getUint16(at) === 4);
  if (basic === undefined) throw new RangeError('the font has no Unicode map');
  return inSegments(view, basic);
}

function tableAt(view: DataView, tag: string): number {
  const wanted = [...tag].reduce((number, char) => number * 256 + char.charCodeAt(0), 0);
  for (let at = 12, left = view.getUint16(4); left > 0; left -= 1, at += 16)
    if (view.getUint32(at) === wanted) return view.getUint32(at + 8);
  throw new RangeError(`the font has no table ${tag}`);
}

/** Format 12: groups of consecutive characters, sorted. */
function inGroups(view: DataView, table: number): (codePoint: number) => boolean {
  const count = view.getUint32(table + 12);
  const first = (group: number) => view.getUint32(table + 16 + group * 12);
  return (codePoint) => {
    const group = lastWhere(count, (at) => first(at) <= codePoint);
    return group >= 0 && codePoint <= view.getUint32(table + 16 + group * 12 + 4);
  };
}

/** Format 4: segments of the basic plane, sorted by their ends. */
function inSegments(view: DataView, table: number): (codePoint: number) => boolean {
  const count = view.getUint16(table + 6) / 2;
  const ends = table + 14;
  const starts = ends + count * 2 + 2;
  const deltas = starts + count * 2;
  const offsets = deltas + count * 2;
  return (codePoint) => {
    if (codePoint > 0xffff) return false;
    const segment = lastWhere(count, (at) => at === 0 || view.getUint16(ends + (at - 1) * 2) < codePoint);
    const start = view.getUint16(starts + segment * 2);
    if (codePoint < start || codePoint > view.getUint16(ends + segment * 2)) return false;
    const delta = view.getUint16(deltas + segment * 2);
    const offset = view.getUint16(offsets + segment * 2);
    if (offset === 0) return ((codePoint + delta) & 0xffff) !== 0;
    const glyph = view.getUint16(offsets + segment * 2 + offset + (codePoint - start) * 2);
    return glyph !== 0;
  };
}

/** Largest index of 0..count-1 that holds, of a condition that holds up to some index; -1 where none does. */
function lastWhere(count: number, holds: (at: number) => boolean): number {
  let low = -1;
  let high = count - 1;
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if (holds(middle)) low = middle;
    else high = middle - 1;
  }
  return low;
}
