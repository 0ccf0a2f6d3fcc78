/** What a generator wrote about its own work, in one shape for all of them. */
import type { Strength } from '../../contract/fact.ts';
import type { Span } from '../bytes/window.ts';
import { NS } from '../bytes/xmp.ts';
import { exifEntry, exifText, type Metadata, xmpValues } from '../metadata.ts';
import type { Says } from '../says.ts';
import type { Survey } from '../survey.ts';
import { userComment } from '../user-comment.ts';

export interface GeneratorRecord {
  /** Tool or service, e.g. `ComfyUI`. */
  readonly name: string;
  readonly version?: string | null;
  readonly models?: readonly string[];
  readonly prompt?: string | null;
  readonly negativePrompt?: string | null;
  readonly seed?: string | null;
  readonly sampler?: string | null;
  /** As written: a file name often names the person. */
  readonly loras?: readonly string[];
  /** Node or extension names that carry a face from a reference picture into the result. */
  readonly faceNodes?: readonly string[];
  /** File names of pictures that were loaded as input. */
  readonly inputs?: readonly string[];
  readonly strength: Strength;
  readonly says: Says;
  readonly at: Span;
}

/** A text of the file with the place it was found in; keys in lower case, `exif:` before those of EXIF. */
export interface Candidate {
  readonly key: string;
  readonly value: string;
  readonly at: Span;
}

/** Everything a generator may have written into: the container's texts and the free texts of EXIF. */
export function candidates(survey: Survey, metadata: Metadata): Candidate[] {
  const list: Candidate[] = survey.texts.map((t) => ({ key: t.key.toLowerCase(), value: t.value, at: t.at }));
  for (const [key, tag] of EXIF_TEXTS) {
    const found = exifText(metadata, tag, 'IFD0');
    if (found) list.push({ key, value: found.value, at: found.at });
  }
  const comment = userComment(metadata);
  if (comment) list.push({ key: 'exif:usercomment', value: comment.value, at: comment.at });
  const keywords = exifEntry(metadata, 0x9c9c, 'IFD0', 'Exif');
  if (keywords?.value.value instanceof Uint8Array)
    list.push({ key: 'exif:xpcomment', value: utf16le(keywords.value.value), at: keywords.at });
  for (const { value, at } of xmpValues(metadata, NS.dc, 'description'))
    list.push({ key: 'xmp:description', value, at });
  return list;
}

/** Windows' comment field: UTF-16, little end first, ended by a zero. */
function utf16le(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('utf16le').split('\0', 1)[0]!;
}

const EXIF_TEXTS: readonly (readonly [string, number])[] = [
  ['exif:make', 0x010f],
  ['exif:model', 0x0110],
  ['exif:imagedescription', 0x010e],
  ['exif:software', 0x0131],
  ['exif:artist', 0x013b],
];

/** `<lora:name:weight>` of A1111's prompt language. */
export function lorasOf(prompt: string): string[] {
  return [...prompt.slice(0, 100_000).matchAll(/<(?:lora|lyco):([^:<>]{1,200})(?::[^<>]{0,40})?>/g)].map((m) => m[1]!);
}

/** Names of nodes, extensions and modules that put a face of a reference picture into the result. */
const FACE =
  /reactor|\broop|faceswap|face[-_ ]?swap|instant[-_ ]?id|ip[-_ ]?adapter|pulid|face[-_ ]?id|photomaker|liveportrait|insightface|infiniteyou|ecomid|hyperlora|facefusion|inswapper/i;

export function isFaceNode(name: string): boolean {
  return FACE.test(name);
}
