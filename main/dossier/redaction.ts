/** Exports an item with faces covered. What the file said of its own making by AI is kept, and that something was covered stands in the log. */

import { createHash } from 'node:crypto';
import { chmod, stat } from 'node:fs/promises';
import {
  appendCustody,
  type CustodyHead,
  claimedExtension,
  latestExamination,
  mustBeNew,
  newFile,
  type OpenCase,
  type StoredExamination,
  sha256OfFile,
  withWorkingCopy,
  writeNew,
} from '../cases/index.ts';
import type { FacesAt } from '../contract/engine.ts';
import { AppError } from '../contract/errors.ts';
import type { Box } from '../contract/perception.ts';
import type { Place, Span } from '../contract/redaction.ts';

/** `faces`: in a picture those that the examination found, in a film those found look after look; `all`: the whole picture; `none`: no more than `places`. */
export type Cover = 'faces' | 'all' | 'none';

interface CopyRequest {
  readonly path: string;
  readonly claimedExtension: string;
  readonly scratchFolder: string;
  readonly label: string | null;
}

export interface RedactionOptions {
  /** PNG of a picture, MP4 of a film or recording. */
  readonly out: string;
  readonly cover: Cover;
  /** Places that are covered besides. */
  readonly places?: readonly Place[];
  readonly silences?: readonly Span[];
  /** Spans in which the voice is lowered. */
  readonly lowered?: readonly Span[];
  readonly signal?: AbortSignal;
  /** Makes the covered copy of a picture; PNG. */
  coveredCopy(
    covering: CopyRequest & { readonly boxes: readonly Box[] | null },
    signal?: AbortSignal,
  ): Promise<Uint8Array>;
  /** Writes the covered copy of a film or recording. */
  coveredFilm(
    covering: CopyRequest & {
      readonly out: string;
      readonly looks: readonly FacesAt[];
      readonly places: readonly { readonly box: Box | null; readonly span: Span | null }[];
      readonly silences: readonly Span[];
      readonly lowered: readonly Span[];
    },
    signal?: AbortSignal,
  ): Promise<void>;
  /** Looks for the faces of a film. */
  locate(film: {
    readonly path: string;
    readonly claimedExtension: string;
    readonly sha256: string;
  }): Promise<readonly FacesAt[]>;
}

export interface Redaction {
  readonly file: string;
  readonly bytes: number;
  readonly sha256: string;
  readonly kind: 'picture' | 'film' | 'sound';
  /** Faces covered, of a film the most in one look; null where none was looked for. */
  readonly faces: number | null;
  /** Looks at a film in which a face was seen, of how many. */
  readonly looks: { readonly withFaces: number; readonly all: number } | null;
  readonly places: number;
  /** Seconds that are silent or lowered. */
  readonly silencedS: number;
  readonly loweredS: number;
  /** Whether the label of the original was stated again in the copy. */
  readonly labelled: boolean;
  readonly head: CustodyHead;
}

/**
 * @throws AppError `REDACTION_NOT_EXAMINED` where faces are to be covered and no examination looked for them, `REDACTION_UNFIT` where
 * what is asked for does not fit (seconds of a picture, pixels of a recording), `MEDIA_NO_STREAMS`, `ARCHIVE_EXISTS`, and what decoding
 * throws
 */
export async function exportRedacted(c: OpenCase, sha256: string, options: RedactionOptions): Promise<Redaction> {
  await mustBeNew(options.out);
  const examination = latestExamination(c, sha256);
  const kind = copyKind(examination);
  const label = labelOf(examination?.outcomes.flatMap(({ facts }) => facts) ?? []);
  const chosen = [options.places, options.silences, options.lowered].some((some) => some && some.length > 0);
  // A copy in which nothing is covered is no covered copy.
  if (!chosen && (options.cover === 'none' || kind === 'sound')) throw new AppError('REDACTION_UNFIT');
  const work = kind === 'picture' ? redactPicture : redactClip;
  const made = await withWorkingCopy(
    c,
    sha256,
    (file) =>
      work(examination, sha256, options, {
        path: file,
        claimedExtension: claimedExtension(c, sha256),
        scratchFolder: c.engineScratch,
        label,
      }),
    options.signal ? { signal: options.signal } : {},
  );
  const { bytes } = made;
  const seconds = (spans: readonly Span[] = []) => spans.reduce((sum, { fromS, toS }) => sum + toS - fromS, 0);
  const told = {
    kind,
    faces: made.faces,
    looks: made.looks,
    places: options.places?.length ?? 0,
    silencedS: seconds(options.silences),
    loweredS: seconds(options.lowered),
    labelled: label !== null,
  };
  const { faces, places, silencedS, loweredS, labelled } = told;
  const { seq, hash } = appendCustody(c, {
    act: 'redaction-exported',
    item: sha256,
    details: { copy: made.sha256, faces, places, silencedS, loweredS, labelled },
  });
  return { file: options.out, bytes, sha256: made.sha256, ...told, head: { seq, hash } };
}

/** Ending of the copy's name. */
export function copyExtension(c: OpenCase, sha256: string): '.png' | '.mp4' {
  return copyKind(latestExamination(c, sha256)) === 'picture' ? '.png' : '.mp4';
}

/** What nobody examined is taken for a picture, and refused where it is none. */
function copyKind(examination: StoredExamination | null): Redaction['kind'] {
  const { kind = 'other', video = [] } = examination?.info ?? {};
  if (kind === 'video' && video.length > 0) return 'film';
  return kind === 'audio' ? 'sound' : 'picture';
}

interface Covered extends Pick<Redaction, 'bytes' | 'sha256' | 'faces' | 'looks'> {}

async function redactPicture(
  examination: StoredExamination | null,
  _: string,
  { cover, places = [], silences = [], lowered = [], out, coveredCopy, signal }: RedactionOptions,
  request: CopyRequest,
): Promise<Covered> {
  if (silences.length + lowered.length > 0 || places.some(({ span }) => span !== null))
    throw new AppError('REDACTION_UNFIT');
  const found = cover === 'faces' ? facesOf(examination) : null;
  const chosen = places.map(({ box }) => box);
  const boxes = cover === 'all' ? null : [...[...(found?.values() ?? [])].flat(), ...chosen];
  const png = await coveredCopy({ ...request, boxes }, signal);
  await writeNew(out, png);
  return {
    bytes: png.length,
    sha256: createHash('sha256').update(png).digest('hex'),
    faces: found?.size ?? null,
    looks: null,
  };
}

async function redactClip(
  examination: StoredExamination | null,
  item: string,
  options: RedactionOptions,
  request: CopyRequest,
): Promise<Covered> {
  const { cover, places = [], silences = [], lowered = [], out, signal } = options;
  const hasFilm = (examination?.info.video.length ?? 0) > 0;
  const hasSound = (examination?.info.audio.length ?? 0) > 0;
  if ((!hasFilm && places.length > 0) || (!hasSound && silences.length + lowered.length > 0))
    throw new AppError('REDACTION_UNFIT');
  const looked = hasFilm && cover === 'faces';
  const looks = looked
    ? await options.locate({ path: request.path, claimedExtension: request.claimedExtension, sha256: item })
    : [];
  const whole = hasFilm && cover === 'all' ? [{ box: null, span: null }] : [];
  return newFile(out, async (unfinished) => {
    await options.coveredFilm(
      { ...request, out: unfinished, looks, places: [...whole, ...places], silences, lowered },
      signal,
    );
    const { size } = await stat(unfinished);
    const sha256 = await sha256OfFile(unfinished);
    await chmod(unfinished, 0o600);
    return {
      bytes: size,
      sha256,
      faces: looked ? Math.max(0, ...looks.map(({ boxes }) => boxes.length)) : null,
      looks: looked ? { withFaces: looks.filter(({ boxes }) => boxes.length > 0).length, all: looks.length } : null,
    };
  });
}

/**
 * Where each face of a picture was found: its crops, and the places of what was measured on it. A face without a place would be
 * shown: then, and where nobody looked for faces, nothing is exported.
 */
function facesOf(examination: StoredExamination | null): ReadonlyMap<string, readonly Box[]> {
  const outcomes = examination?.outcomes.filter(({ analyzer }) => analyzer === 'synthetic-face') ?? [];
  const boxes = new Map<string, Box[]>();
  for (const { subject, facts } of outcomes)
    if (subject !== 'file')
      boxes.set(
        subject,
        facts.flatMap(({ at }) => (at !== null && 'x' in at ? [at] : [])),
      );
  for (const { subject, box } of examination?.crops ?? []) boxes.set(subject, [...(boxes.get(subject) ?? []), box]);
  // That further pages were not looked at takes nothing from the first, which is the one that is covered.
  const looked = outcomes.some(({ status }) => status !== 'failed' && status !== 'notRun');
  if (!looked || [...boxes.values()].some((own) => own.length === 0)) throw new AppError('REDACTION_NOT_EXAMINED');
  return boxes;
}

/** The implicit label as JSON, field by field as the file had it; null where it had none. */
function labelOf(facts: readonly { readonly id: string; readonly value: unknown }[]): string | null {
  const fields = LABEL_FIELDS.flatMap((field): [string, string][] => {
    const found = facts.find(({ id }) => id === `aigc.${field}`)?.value;
    return typeof found === 'string' ? [[field, found]] : [];
  });
  return fields.some(([field]) => field === 'Label') ? JSON.stringify(Object.fromEntries(fields)) : null;
}

/** GB 45438-2025, annex E. */
const LABEL_FIELDS = [
  'Label',
  'ContentProducer',
  'ProduceID',
  'ReservedCode1',
  'ContentPropagator',
  'PropagateID',
  'ReservedCode2',
] as const;
