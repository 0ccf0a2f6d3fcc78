/** What stands behind the end of the container's own structure, and second files known by their own first bytes. */
import { latin1, u32be } from '../bytes/numbers.ts';
import type { ByteWindow } from '../bytes/window.ts';
import type { EmbeddedFile, SurveyBuilder } from '../survey.ts';

/** Bytes of trailing data searched for the start of a second file. */
const SEARCHED = 1 << 20;

const SIGNATURES: readonly (readonly [string, string])[] = [
  ['\x89PNG\r\n\x1a\n', 'image/png'],
  ['\xff\xd8\xff', 'image/jpeg'],
  ['PK\x03\x04', 'application/zip'],
  ['Rar!\x1a\x07', 'application/vnd.rar'],
  ['7z\xbc\xaf\x27\x1c', 'application/x-7z-compressed'],
  ['%PDF-', 'application/pdf'],
  ['RIFF', 'application/x-riff'],
  ['GIF89a', 'image/gif'],
  ['\x1a\x45\xdf\xa3', 'video/x-matroska'],
  ['MZ\x90\0', 'application/vnd.microsoft.portable-executable'],
  ['\x7fELF', 'application/x-elf'],
];

/** Fills `out.embedded`. Looks only behind `out.end`; padding of zero bytes alone is no file. */
export async function findTrailing(w: ByteWindow, out: SurveyBuilder): Promise<void> {
  if (out.end === null || out.end >= w.size || out.format === 'mp3') return;
  const from = out.end;
  const bytes = await w.bytes(from, Math.min(SEARCHED, w.size - from));
  const found = firstFile(bytes);
  if (!found) return;
  const offset = from + found.at;
  const relation: EmbeddedFile['relation'] =
    found.mediaType === 'video/mp4' && out.format === 'jpeg' ? 'motion-photo-video' : 'embedded-file';
  out.embedded.push({ offset, length: w.size - offset, mediaType: found.mediaType, relation });
}

function firstFile(bytes: Uint8Array): { at: number; mediaType: string } | null {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let best: { at: number; mediaType: string } | null = null;
  for (const [signature, mediaType] of SIGNATURES) {
    const at = buffer.indexOf(signature, 0, 'latin1');
    if (at >= 0 && (best === null || at < best.at)) best = { at, mediaType };
  }
  const ftyp = buffer.indexOf('ftyp', 4, 'latin1');
  if (
    ftyp >= 4 &&
    u32be(buffer, ftyp - 4) >= 16 &&
    u32be(buffer, ftyp - 4) < 512 &&
    /^[\x20-\x7e]{4}$/.test(latin1(buffer, ftyp + 4, ftyp + 8))
  )
    if (best === null || ftyp - 4 < best.at) best = { at: ftyp - 4, mediaType: 'video/mp4' };
  return best;
}

/** Offset of a ZIP end-of-directory record in the last 64 KiB: a file that is also an archive to whoever reads it from behind. */
export async function zipDirectory(w: ByteWindow): Promise<number | null> {
  const from = Math.max(0, w.size - 65_557);
  const tail = await w.bytes(from, 65_557);
  const at = Buffer.from(tail.buffer, tail.byteOffset, tail.byteLength).lastIndexOf('PK\x05\x06', undefined, 'latin1');
  if (at < 0 || tail.length - at < 22) return null;
  const comment = tail[at + 20]! | (tail[at + 21]! << 8);
  return at + 22 + comment === tail.length ? from + at : null;
}
