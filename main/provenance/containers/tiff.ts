/** A TIFF or DNG file as a container: its directories are the EXIF block; XMP, IPTC and C2PA stand in tags of the first one. */
import { entryOf, readTiff } from '../bytes/tiff.ts';
import type { ByteWindow } from '../bytes/window.ts';
import { MAX_C2PA_BYTES, MAX_TEXT_BYTES, type SurveyBuilder } from '../survey.ts';

const XMP = 0x02bc;
const IPTC = 0x83bb;
const C2PA = 0xcd41;

export async function walkTiff(w: ByteWindow, out: SurveyBuilder): Promise<void> {
  const read = await readTiff(w);
  if (!read) return out.problem('structure', { offset: 0, length: 8 });
  for (const problem of read.problems) out.problem(problem, null);
  const directories = new Set(read.entries.map((e) => e.directory));
  for (const directory of directories) out.part(directory, 0, 0);
  const blocks: readonly [number, typeof out.xmp, number, string][] = [
    [XMP, out.xmp, MAX_TEXT_BYTES, 'tag 0x02BC'],
    [IPTC, out.iptc, MAX_TEXT_BYTES, 'tag 0x83BB'],
    [C2PA, out.c2pa, MAX_C2PA_BYTES, 'tag 0xCD41'],
  ];
  for (const [tag, list, ceiling, carrier] of blocks) {
    const entry = entryOf(read, tag, 'IFD0');
    if (!entry || entry.at.length === 0) continue;
    if (entry.at.length > ceiling) out.problem('limit-text', entry.at);
    else list.push({ bytes: await w.bytes(entry.at.offset, entry.at.length), at: entry.at, contiguous: true, carrier });
  }
}
