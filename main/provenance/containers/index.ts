/** Which container a file is, by its first bytes, and its survey. The file name plays no part. */
import { AppError } from '../../contract/errors.ts';
import type { RangedSource } from '../../contract/media.ts';
import { latin1, startsWith, u32be } from '../bytes/numbers.ts';
import { ByteWindow, WalkLimit } from '../bytes/window.ts';
import { type Format, type Survey, SurveyBuilder } from '../survey.ts';
import { walkBmff } from './bmff.ts';
import { walkMatroska } from './ebml.ts';
import { walkFlac } from './flac.ts';
import { walkFlv } from './flv.ts';
import { walkGif } from './gif.ts';
import { walkJpeg } from './jpeg.ts';
import { id3Length, isFrameHeader, walkId3, walkMp3 } from './mp3.ts';
import { walkOgg } from './ogg.ts';
import { walkPdf } from './pdf.ts';
import { walkPng } from './png.ts';
import { walkRiff } from './riff.ts';
import { isSvg, walkSvg } from './svg.ts';
import { walkTiff } from './tiff.ts';
import { findTrailing } from './trailing.ts';

const surveys = new WeakMap<RangedSource, Promise<Survey>>();

/**
 * The survey of an opened file, made once and shared by the analyzers that look at it.
 * Throws AppError of the source (`FILE_UNREADABLE`, …) and the signal's reason; never for what the bytes hold.
 */
export function surveyOf(source: RangedSource, signal?: AbortSignal): Promise<Survey> {
  const known = surveys.get(source);
  if (known) return known;
  const made = surveyFile(source, signal);
  surveys.set(source, made);
  made.catch(() => surveys.delete(source));
  return made;
}

export async function surveyFile(source: RangedSource, signal?: AbortSignal): Promise<Survey> {
  const w = new ByteWindow(source, signal);
  const out = new SurveyBuilder(w.size);
  try {
    await walk(w, out);
    await findTrailing(w, out);
  } catch (thrown) {
    if (!(thrown instanceof WalkLimit)) throw asFault(thrown, signal);
    out.problem(thrown.code, null);
    out.end = null;
  }
  return out.build();
}

/** Errors of the source keep their code; anything else would be a fault of a walker and must not look like the file's. */
function asFault(thrown: unknown, signal: AbortSignal | undefined): unknown {
  if (signal?.aborted || thrown instanceof AppError) return thrown;
  return new AppError('INTERNAL', { kind: 'survey' }, { cause: thrown });
}

/** Comments and declarations may stand before a drawing's first element. Bytes. */
const SVG_HEAD = 4096;

async function walk(w: ByteWindow, out: SurveyBuilder): Promise<void> {
  const head = await w.bytes(0, 64);
  const known = formatOf(head);
  const format = known === 'unknown' && isSvg(await w.bytes(0, SVG_HEAD)) ? 'svg' : known;
  out.format = format;
  if (format === 'jpeg') await walkJpeg(w, out);
  else if (format === 'png') await walkPng(w, out);
  else if (format === 'webp' || format === 'wav' || format === 'avi' || format === 'riff') await walkRiff(w, out);
  else if (format === 'bmff') await walkBmff(w, out);
  else if (format === 'gif') await walkGif(w, out);
  else if (format === 'tiff') await walkTiff(w, out);
  else if (format === 'matroska') await walkMatroska(w, out);
  else if (format === 'ogg') await walkOgg(w, out);
  else if (format === 'flv') await walkFlv(w, out);
  else if (format === 'flac') await walkFlac(w, out, 0);
  else if (format === 'pdf') await walkPdf(w, out);
  else if (format === 'svg') await walkSvg(w, out);
  else if (format === 'mp3') await walkSound(w, out);
}

/** An ID3v2 tag may stand in front of FLAC as well. */
async function walkSound(w: ByteWindow, out: SurveyBuilder): Promise<void> {
  const tag = await id3Length(w, 0);
  if (tag > 0 && startsWith(await w.bytes(tag, 4), 'fLaC')) {
    out.format = 'flac';
    await walkId3(w, out, 0);
    await walkFlac(w, out, tag);
  } else await walkMp3(w, out);
}

/** JPEG XL's container is made of the same boxes behind a box of its own. */
const BMFF_FIRST = new Set([
  'JXL ',
  'ftyp',
  'moov',
  'mdat',
  'wide',
  'free',
  'skip',
  'pnot',
  'styp',
  'moof',
  'uuid',
  'beam',
]);

/** By magic numbers alone; `unknown` where none matches. */
export function formatOf(head: Uint8Array): Format {
  if (startsWith(head, '\xff\xd8\xff')) return 'jpeg';
  if (startsWith(head, '\x89PNG\r\n\x1a\n')) return 'png';
  if (startsWith(head, 'RIFF') || startsWith(head, 'RF64')) {
    const form = latin1(head, 8, 12);
    return form === 'WEBP' ? 'webp' : form === 'WAVE' ? 'wav' : form === 'AVI ' ? 'avi' : 'riff';
  }
  if (startsWith(head, 'GIF87a') || startsWith(head, 'GIF89a')) return 'gif';
  if (startsWith(head, 'II*\0') || startsWith(head, 'MM\0*')) return 'tiff';
  if (u32be(head, 0) === 0x1a45dfa3) return 'matroska';
  if (startsWith(head, 'OggS')) return 'ogg';
  if (startsWith(head, 'fLaC')) return 'flac';
  if (startsWith(head, 'FLV\x01')) return 'flv';
  if (startsWith(head, '%PDF-')) return 'pdf';
  if (startsWith(head, 'ID3') || isFrameHeader(head)) return 'mp3';
  if (startsWith(head, 'BM') && head.length >= 26) return 'bmp';
  if (BMFF_FIRST.has(latin1(head, 4, 8))) return 'bmff';
  return 'unknown';
}
