/**
 * The hashes of one item that a victim can hand to a platform instead of the picture itself: digests of the bytes for lists that
 * match exactly, PDQ for those that match what is shown. The sheet is text; nothing is sent.
 */
import type { Fact } from '../contract/fact.ts';
import { type Language, say } from '../strings/index.ts';
import { printable } from '../strings/printable.ts';

/** Lower-case hexadecimal, of the bytes as received. */
export interface ByteDigests {
  readonly md5: string;
  readonly sha1: string;
  readonly sha256: string;
}

/** One PDQ hash (facebook/ThreatExchange, hashing.pdf): 64 hexadecimal digits, its quality 0-100, and the moment of a clip in seconds. */
export interface SharedPdq {
  readonly hash: string;
  readonly quality: number;
  readonly atS: number | null;
}

export interface HashSheet {
  /** As received: data from outside. */
  readonly name: string;
  readonly bytes: number;
  readonly mediaType: string;
  readonly digests: ByteDigests;
  /** One for a picture, one a sampled frame for a clip; empty where none was recorded (sound, a quick pass, a fault). */
  readonly pdq: readonly SharedPdq[];
  /** Of `pdq`, hashes of too little structure to be matched by (quality below `LEAST_QUALITY`); they are left out of it. */
  readonly tooPlain: number;
}

/** Below this a PDQ hash matches too much, and those who compare leave it out (hashing.pdf, "quality metric"). */
const LEAST_QUALITY = 50;

/** The PDQ hashes among the facts that the scan recorded (`scene.picture`, `scene.frame`: quality, hash, mirrored hash), in order of time. */
export function sharedPdq(facts: readonly Fact[]): Pick<HashSheet, 'pdq' | 'tooPlain'> {
  const all = facts.flatMap(({ id, value, at }): SharedPdq[] => {
    if ((id !== 'scene.picture' && id !== 'scene.frame') || !Array.isArray(value)) return [];
    const [quality, hash] = value;
    if (typeof quality !== 'number' || typeof hash !== 'string') return [];
    return [{ hash, quality, atS: at !== null && 'from' in at ? at.from : null }];
  });
  const pdq = all.filter(({ quality }) => quality >= LEAST_QUALITY).sort((a, b) => (a.atS ?? 0) - (b.atS ?? 0));
  return { pdq, tooPlain: all.length - pdq.length };
}

/** The sheets as one text: what the hashes are, what they are not, then a block a file. Ends with a line break. */
export function hashText(language: Language, sheets: readonly HashSheet[]): string {
  const about = ['title', 'what', 'not', 'exact', 'pdq', 'where'].map((id) => say(language, `hashes.${id}`));
  return `${[...about, ...sheets.map((sheet) => block(language, sheet))].join('\n\n')}\n`;
}

function block(language: Language, { name, bytes, mediaType, digests, pdq, tooPlain }: HashSheet): string {
  const picture = pdq.find(({ atS }) => atS === null);
  const frames = pdq.filter(({ atS }) => atS !== null);
  return [
    say(language, 'hashes.file', { name: printable(name), bytes, mediaType }),
    `MD5      ${digests.md5}`,
    `SHA-1    ${digests.sha1}`,
    `SHA-256  ${digests.sha256}`,
    ...(picture ? [`PDQ      ${picture.hash}`, say(language, 'hashes.quality', { quality: picture.quality })] : []),
    ...(frames.length > 0 ? [say(language, 'hashes.frames', { count: frames.length }), ...frames.map(frameLine)] : []),
    ...(pdq.length === 0 ? [say(language, tooPlain > 0 ? 'hashes.too-plain' : 'hashes.no-pdq')] : []),
  ].join('\n');
}

/** `seconds,quality,hash`. */
function frameLine({ atS, quality, hash }: SharedPdq): string {
  return `${atS!.toFixed(3)},${quality},${hash}`;
}
