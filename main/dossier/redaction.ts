/** Exports an item with faces covered. What the file said of its own making by AI is kept, and that something was covered stands in the log. */

import { createHash } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import {
  appendCustody,
  type CustodyHead,
  claimedExtension,
  latestExamination,
  type OpenCase,
  type StoredExamination,
  withWorkingCopy,
} from '../cases/index.ts';
import { AppError } from '../contract/errors.ts';
import type { Box } from '../contract/perception.ts';

/** `faces`: those that the examination found; `all`: the whole picture. */
export type Cover = 'faces' | 'all';

export interface RedactionOptions {
  readonly out: string;
  readonly cover: Cover;
  readonly signal?: AbortSignal;
  /** Makes the covered copy of a picture; PNG. */
  coveredCopy(
    covering: {
      readonly path: string;
      readonly claimedExtension: string;
      readonly scratchFolder: string;
      readonly boxes: readonly Box[] | null;
      readonly label: string | null;
    },
    signal?: AbortSignal,
  ): Promise<Uint8Array>;
}

export interface Redaction {
  readonly file: string;
  readonly bytes: number;
  readonly sha256: string;
  /** Faces covered; null where all of the picture was. */
  readonly faces: number | null;
  /** Whether the label of the original was stated again in the copy. */
  readonly labelled: boolean;
  readonly head: CustodyHead;
}

/**
 * @throws AppError `REDACTION_NOT_EXAMINED` where faces are to be covered and no examination looked for them, `MEDIA_NO_STREAMS` for
 * what is no picture, `ARCHIVE_EXISTS`, and what decoding throws
 */
export async function exportRedacted(c: OpenCase, sha256: string, options: RedactionOptions): Promise<Redaction> {
  const examination = latestExamination(c, sha256);
  const found = options.cover === 'all' ? null : facesOf(examination);
  const boxes = found && [...found.values()].flat();
  const label = labelOf(examination?.outcomes.flatMap(({ facts }) => facts) ?? []);
  const png = await withWorkingCopy(
    c,
    sha256,
    (file) =>
      options.coveredCopy(
        { path: file, claimedExtension: claimedExtension(c, sha256), scratchFolder: c.engineScratch, boxes, label },
        options.signal,
      ),
    options.signal ? { signal: options.signal } : {},
  );
  await writeFile(options.out, png, { flag: 'wx', mode: 0o600 }).catch((thrown: NodeJS.ErrnoException) => {
    throw thrown.code === 'EEXIST' ? new AppError('ARCHIVE_EXISTS') : thrown;
  });
  const digest = createHash('sha256').update(png).digest('hex');
  const faces = found?.size ?? null;
  const { seq, hash } = appendCustody(c, {
    act: 'redaction-exported',
    item: sha256,
    details: { copy: digest, faces, labelled: label !== null },
  });
  return { file: options.out, bytes: png.length, sha256: digest, faces, labelled: label !== null, head: { seq, hash } };
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
  const looked = outcomes.length > 0 && outcomes.every(({ status }) => status !== 'failed' && status !== 'notRun');
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
