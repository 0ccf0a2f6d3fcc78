/** Statements of the camera's metadata that cannot all be true of the picture as it lies there. Each has an innocent explanation in `strings`. */
import { type Fact, fact } from '../contract/fact.ts';
import { numberOf } from './bytes/tiff.ts';
import { exifEntry, exifText, type Metadata, place } from './metadata.ts';
import type { Says } from './says.ts';
import type { Survey } from './survey.ts';

/** `code` is one of `contradiction.*` in `main/strings/provenance.ts`. */
export function contradiction(code: string, says: Says, at: { offset: number; length: number } | null): Fact {
  return fact('provenance.contradiction', code, { strength: 'S1', says, at: at ? place(at) : null });
}

/** Makers whose files always carry a maker note. */
const NOTED = /^(canon|nikon|sony|fujifilm|olympus|om digital|panasonic|pentax|ricoh|leica|apple)\b/i;
/** A clock may be a day and a time zone off before two dates contradict each other. */
const SLACK_MS = 26 * 3600 * 1000;

export function exifContradictions(survey: Survey, metadata: Metadata): Fact[] {
  const facts: Fact[] = [];
  const original = exifText(metadata, 0x9003, 'Exif');
  const modified = exifText(metadata, 0x0132, 'IFD0');
  const [taken, changed] = [exifTime(original?.value), exifTime(modified?.value)];
  if (taken !== null && changed !== null && changed < taken - SLACK_MS)
    facts.push(contradiction('modified-before-captured', 'edited', modified?.at ?? null));
  const gpsDate = exifText(metadata, 0x001d, 'GPS');
  const gps = exifTime(gpsDate ? `${gpsDate.value} 12:00:00` : undefined);
  if (taken !== null && gps !== null && Math.abs(gps - taken) > SLACK_MS + 12 * 3600 * 1000)
    facts.push(contradiction('gps-date-differs', 'edited', gpsDate?.at ?? null));
  const width = exifEntry(metadata, 0xa002, 'Exif');
  const height = exifEntry(metadata, 0xa003, 'Exif');
  const size = pixelSize(survey);
  const [w, h] = [width ? numberOf(width.value) : null, height ? numberOf(height.value) : null];
  if (
    size &&
    w &&
    h &&
    !(same(w, size.width) && same(h, size.height)) &&
    !(same(h, size.width) && same(w, size.height))
  )
    facts.push(contradiction('size-differs-from-exif', 'edited', width?.at ?? null));
  const make = exifText(metadata, 0x010f, 'IFD0');
  if (make && NOTED.test(make.value) && original && !exifEntry(metadata, 0x927c, 'Exif'))
    facts.push(contradiction('maker-note-missing', 'edited', make.at));
  return facts;
}

/** Sensors and blocks: a few rows of padding are no contradiction. */
function same(a: number, b: number): boolean {
  return Math.abs(a - b) <= 16;
}

function pixelSize(survey: Survey): { width: number; height: number } | null {
  if (survey.jpeg?.frame) return survey.jpeg.frame;
  if (survey.png && survey.png.width > 0) return survey.png;
  return null;
}

/** Milliseconds as if UTC: EXIF times carry no zone, only differences between them count. Null where not a date. */
export function exifTime(value: string | undefined): number | null {
  const match = /^(\d{4})[:-](\d\d)[:-](\d\d)[ T](\d\d):(\d\d):(\d\d)/.exec(value ?? '');
  if (!match) return null;
  const [year, month, day, hour, minute, second] = match.slice(1).map(Number) as [
    number,
    number,
    number,
    number,
    number,
    number,
  ];
  const time = Date.UTC(year, month - 1, day, hour, minute, second);
  return month >= 1 && month <= 12 && day >= 1 && year > 1900 ? time : null;
}
