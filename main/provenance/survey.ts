/**
 * What the bytes of a file hold, by structure and place: the one walk that all analyzers of this room share.
 * It records; it concludes nothing.
 */

import { type Fact, type Reason, reason } from '../contract/fact.ts';
import { type AnalyzerOutcome, abstained, evidence } from '../contract/outcome.ts';
import type { Span } from './bytes/window.ts';
import type { BmffDetail } from './containers/bmff.ts';
import type { JpegDetail } from './containers/jpeg.ts';
import type { PngDetail } from './containers/png.ts';

export type Format =
  | 'jpeg'
  | 'png'
  | 'webp'
  | 'wav'
  | 'avi'
  | 'riff'
  | 'bmff'
  | 'gif'
  | 'tiff'
  | 'matroska'
  | 'ogg'
  | 'flv'
  | 'flac'
  | 'mp3'
  | 'pdf'
  | 'svg'
  | 'bmp'
  | 'unknown';

/** A segment, chunk, box, page run or object at the top of the container, in file order. */
export interface Part extends Span {
  readonly name: string;
  /** How many equal neighbours this entry stands for (IDAT chunks, moof/mdat pairs); `length` covers them all. */
  readonly count: number;
}

export type TextPlace =
  | 'png-text'
  | 'jpeg-comment'
  | 'jpeg-segment'
  | 'riff-info'
  | 'riff-chunk'
  | 'mp4-keys'
  | 'mp4-item'
  | 'mp4-freeform'
  | 'mp4-udta'
  | 'mp4-box'
  | 'matroska-tag'
  | 'matroska-info'
  | 'id3'
  | 'id3-user'
  | 'id3-comment'
  | 'ape'
  | 'vorbis-comment'
  | 'flv-script'
  | 'gif-comment'
  | 'pdf-info'
  | 'mpeg-header'
  | 'h264-sei';

/** A text that a writer put under a key. Keys are data: they are only ever compared, never used as property names. */
export interface TextEntry {
  readonly place: TextPlace;
  readonly key: string;
  readonly value: string;
  readonly at: Span;
}

/** A block of XMP or EXIF bytes, whole and decoded from its carrier; `offset` of a byte inside it is `at.offset + index` where `contiguous`. */
export interface Block {
  readonly bytes: Uint8Array;
  readonly at: Span;
  /** False where the bytes were inflated or joined from pieces. */
  readonly contiguous: boolean;
  /** Name of the carrier: `APP1`, `iTXt`, `eXIf`, `XMP `, `uuid`, `item`, … */
  readonly carrier: string;
}

export interface Problem {
  /** `truncated`, `structure`, `limit-parts`, `limit-depth`, `limit-bytes`, `limit-time`, `bomb`, `text-broken`, `xmp-…` */
  readonly code: string;
  readonly at: Span | null;
}

export interface EmbeddedFile extends Span {
  readonly mediaType: string;
  readonly relation: 'motion-photo-video' | 'embedded-file';
}

export interface Survey {
  readonly format: Format;
  readonly size: number;
  readonly parts: readonly Part[];
  readonly texts: readonly TextEntry[];
  readonly xmp: readonly Block[];
  readonly exif: readonly Block[];
  readonly iptc: readonly Block[];
  readonly c2pa: readonly Block[];
  readonly embedded: readonly EmbeddedFile[];
  readonly problems: readonly Problem[];
  /** Where the container's own structure ends; null where it could not be walked to its end. */
  readonly end: number | null;
  readonly jpeg: JpegDetail | null;
  readonly png: PngDetail | null;
  readonly bmff: BmffDetail | null;
}

/** What an analyzer found in the file; nothing found is told as such only where the file was read through. */
export function found(survey: Survey, facts: Fact[], examined: string[]): AnalyzerOutcome {
  const unread = facts.length === 0 ? whyUnread(survey) : null;
  return unread ? abstained('file', unread, { examined }) : evidence('file', { facts, examined });
}

/** Why nothing found means nothing here: the first fault or limit that was met on the way through the file; null where it was read through. */
function whyUnread({ problems, end }: Survey): Reason | null {
  // Parts that are not kept may have been followed all the same.
  const first = problems.find(({ code }) => code !== 'limit-parts' || end === null);
  return first ? reason('container-not-read-through', { problem: first.code }) : null;
}

/** Top-level parts kept of one file; more are counted but not kept. SIGNALS.md section 12. */
export const MAX_PARTS = 4096;
/** Texts kept of one file. */
export const MAX_TEXTS = 1024;
/** Bytes of one text, XMP packet or manifest read into memory. */
export const MAX_TEXT_BYTES = 4 * 1024 * 1024;
export const MAX_C2PA_BYTES = 32 * 1024 * 1024;

/** Collects what a walker finds; the walk may end at any moment and the survey still stands. */
export class SurveyBuilder {
  format: Format = 'unknown';
  end: number | null = null;
  jpeg: JpegDetail | null = null;
  png: PngDetail | null = null;
  bmff: BmffDetail | null = null;
  readonly parts: Part[] = [];
  readonly texts: TextEntry[] = [];
  readonly xmp: Block[] = [];
  readonly exif: Block[] = [];
  readonly iptc: Block[] = [];
  readonly c2pa: Block[] = [];
  readonly embedded: EmbeddedFile[] = [];
  readonly problems: Problem[] = [];
  readonly size: number;

  constructor(size: number) {
    this.size = size;
  }

  /** False when the part was not kept because there are too many. Equal neighbours of `runs` are merged. */
  part(name: string, offset: number, length: number, merge = false): boolean {
    const last = this.parts.at(-1);
    if (merge && last && last.name === name && last.offset + last.length === offset) {
      this.parts[this.parts.length - 1] = { ...last, length: last.length + length, count: last.count + 1 };
      return true;
    }
    if (this.parts.length >= MAX_PARTS) {
      this.problem('limit-parts', { offset, length });
      return false;
    }
    this.parts.push({ name, offset, length, count: 1 });
    return true;
  }

  text(place: TextPlace, key: string, value: string, at: Span): void {
    if (this.texts.length >= MAX_TEXTS) this.problem('limit-texts', at);
    else this.texts.push({ place, key, value, at });
  }

  /** The first of each code is kept: a broken file would otherwise fill the record with itself. */
  problem(code: string, at: Span | null): void {
    if (!this.problems.some((p) => p.code === code)) this.problems.push({ code, at });
  }

  build(): Survey {
    return { ...this };
  }
}
