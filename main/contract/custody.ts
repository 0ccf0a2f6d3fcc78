import { z } from 'zod';
import { sha256Schema } from './item.ts';

/** What happened to evidence. Texts (names, paths) are sealed and enter the chain only as the salted digest of the sealed bytes. */
export const custodyActSchema = z.enum([
  'case-created',
  'case-opened-by-newer-version',
  'case-exported',
  'case-imported',
  'item-received',
  'item-sighted-again',
  'item-original-verified',
  'item-original-changed',
  'item-sealed',
  'item-examined',
  'item-failed',
  'item-erased',
  'item-role-set',
  'item-revealed',
  'note-added',
  'bookmark-added',
  'bookmark-removed',
  'assessment-written',
  'assessment-signed',
  'statement-recorded',
  'statement-withdrawn',
  'persons-grouped',
  'reference-added',
  'reference-removed',
  'reference-sample-removed',
  'reference-expired',
  'report-exported',
  'package-exported',
  'redaction-exported',
  'key-slot-added',
  'key-slot-removed',
  'clock-ran-backwards',
]);
export type CustodyAct = z.infer<typeof custodyActSchema>;

/**
 * One link of the chain: `hash` = SHA-256 of the canonical JSON of all other fields, `previous` included.
 * Recorded times are UTC milliseconds of this machine's clock, which nobody vouches for.
 */
export const custodyEntrySchema = z.object({
  seq: z.number().int().positive(),
  atMs: z.number().int(),
  act: custodyActSchema,
  item: sha256Schema.nullable(),
  /** Codes, counts and digests only. */
  details: z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()])),
  /** Salted digest of the sealed text that belongs to this entry. */
  sealed: sha256Schema.nullable(),
  previous: sha256Schema,
  hash: sha256Schema,
});
export type CustodyEntry = z.infer<typeof custodyEntrySchema>;
