/** Numbers and text as the containers write them. Every reader is total: past the end it gives 0 or an empty string. */

export function u8(b: Uint8Array, at: number): number {
  return b[at] ?? 0;
}

export function u16be(b: Uint8Array, at: number): number {
  return (u8(b, at) << 8) | u8(b, at + 1);
}

export function u16le(b: Uint8Array, at: number): number {
  return u8(b, at) | (u8(b, at + 1) << 8);
}

export function u24be(b: Uint8Array, at: number): number {
  return (u8(b, at) << 16) | u16be(b, at + 1);
}

export function u32be(b: Uint8Array, at: number): number {
  return u8(b, at) * 0x1000000 + u24be(b, at + 1);
}

export function u32le(b: Uint8Array, at: number): number {
  return u8(b, at + 3) * 0x1000000 + (u16le(b, at) | (u8(b, at + 2) << 16));
}

/** As a double: exact to 2^53, larger values only ever compare as "larger than the file". */
export function u64be(b: Uint8Array, at: number): number {
  return u32be(b, at) * 0x100000000 + u32be(b, at + 4);
}

/** Synchsafe integer of ID3v2.4: seven bits a byte. */
export function synchsafe(b: Uint8Array, at: number): number {
  return (
    (u8(b, at) & 0x7f) * 0x200000 +
    ((u8(b, at + 1) & 0x7f) << 14) +
    ((u8(b, at + 2) & 0x7f) << 7) +
    (u8(b, at + 3) & 0x7f)
  );
}

export function latin1(b: Uint8Array, from = 0, to = b.length): string {
  return Buffer.from(b.buffer, b.byteOffset, b.byteLength).toString(
    'latin1',
    Math.max(0, from),
    Math.min(b.length, to),
  );
}

const STRICT = new TextDecoder('utf-8', { fatal: true });

/** UTF-8 where the bytes are valid UTF-8, otherwise Latin-1: what the many writers without a declared encoding do. */
export function text(b: Uint8Array): string {
  try {
    return STRICT.decode(b);
  } catch {
    return latin1(b);
  }
}

/** UTF-16 without a mark, in the byte order that puts more ASCII into the high half (writers of EXIF disagree with their own header). */
export function utf16(b: Uint8Array): string {
  if (b.length >= 2 && b[0] === 0xfe && b[1] === 0xff) return utf16be(b.subarray(2));
  if (b.length >= 2 && b[0] === 0xff && b[1] === 0xfe) return utf16le(b.subarray(2));
  let zeroFirst = 0;
  let zeroSecond = 0;
  for (let i = 0; i + 1 < b.length && i < 2048; i += 2) {
    if (b[i] === 0) zeroFirst++;
    if (b[i + 1] === 0) zeroSecond++;
  }
  return zeroFirst > zeroSecond ? utf16be(b) : utf16le(b);
}

export function utf16le(b: Uint8Array): string {
  return Buffer.from(b.buffer, b.byteOffset, b.byteLength & ~1).toString('utf16le');
}

export function utf16be(b: Uint8Array): string {
  return Buffer.from(b.subarray(0, b.length & ~1))
    .swap16()
    .toString('utf16le');
}

/** Up to the first NUL. */
export function cString(value: string): string {
  const end = value.indexOf('\0');
  return end < 0 ? value : value.slice(0, end);
}

export function startsWith(b: Uint8Array, prefix: string, at = 0): boolean {
  return latin1(b, at, at + prefix.length) === prefix;
}

export function hex(b: Uint8Array): string {
  return Buffer.from(b.buffer, b.byteOffset, b.byteLength).toString('hex');
}
