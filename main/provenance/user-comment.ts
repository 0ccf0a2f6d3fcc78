/** The EXIF user comment, decoded by its bytes rather than by the header that writers get wrong. */
import { cString, latin1, text, utf16 } from './bytes/numbers.ts';
import { NS } from './bytes/xmp.ts';
import { exifEntry, type Located, type Metadata, xmpValues } from './metadata.ts';

/** Null where there is none. EXIF 2.32 section 4.6.5: eight bytes name the encoding; UTF-16 occurs in both byte orders. */
export function userComment(metadata: Metadata): Located<string> | null {
  const found = exifEntry(metadata, 0x9286, 'Exif', 'IFD0');
  if (!found) return xmpValues(metadata, NS.exif, 'UserComment')[0] ?? null;
  const { value } = found.value;
  if (typeof value === 'string') return { value: value.trim(), at: found.at };
  if (!(value instanceof Uint8Array)) return null;
  const code = latin1(value, 0, 8);
  const rest = value.subarray(8);
  if (code.startsWith('UNICODE')) return { value: trim(utf16(rest)), at: found.at };
  if (code.startsWith('ASCII') || code.startsWith('JIS') || code === '\0\0\0\0\0\0\0\0')
    return { value: trim(text(rest)), at: found.at };
  return { value: trim(text(value)), at: found.at };
}

function trim(value: string): string {
  return value.replace(/^[\0\s]+|[\0\s]+$/g, '').replace(/\0[\s\S]*$/, (tail) => cString(tail));
}
