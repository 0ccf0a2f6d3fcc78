import { z } from 'zod';
import { errorRecordSchema } from './error-record.ts';
import { findingSchema } from './finding.ts';
import { itemRoleSchema, sha256Schema } from './item.ts';
import { outcomeSchema } from './outcome.ts';
import { otherVersionsSchema } from './versions.ts';

/** The JSON lines of `scan --json`: stable, outsiders score the product with them. `schema` grows only when a field changes its meaning. */
export const SCAN_SCHEMA_VERSION = 1;

const itemRefSchema = z.object({ sha256: sha256Schema });

export const runLineSchema = z.object({
  type: z.literal('run'),
  schema: z.literal(SCAN_SCHEMA_VERSION),
  app: z.string(),
  startedAt: z.iso.datetime(),
});

export const itemLineSchema = z.object({
  type: z.literal('item'),
  item: z.object({
    sha256: sha256Schema.nullable(),
    path: z.string(),
    /** Base64 of the path's bytes where they are not valid UTF-8. */
    pathBytes: z.base64().optional(),
    mediaType: z.string().nullable(),
    bytes: z.number().int().nonnegative().nullable(),
    role: itemRoleSchema,
    parent: sha256Schema.nullable(),
    /** The other half of a live photo, on the half that was told later; both halves carry the fact `livephoto.identifier`. */
    companion: z.object({ sha256: sha256Schema, relation: z.literal('live-photo') }).optional(),
  }),
  error: errorRecordSchema.optional(),
  /** Where an earlier run of the scan examined it with other versions than the installed ones. */
  otherVersions: otherVersionsSchema.optional(),
});

export const outcomeLineSchema = outcomeSchema.extend({ type: z.literal('outcome'), item: itemRefSchema });

export const findingLineSchema = findingSchema.extend({ type: z.literal('finding'), item: itemRefSchema });

export const summaryLineSchema = z.object({
  type: z.literal('summary'),
  items: z.number().int().nonnegative(),
  examined: z.number().int().nonnegative(),
  failed: z.number().int().nonnegative(),
  /** Of a renewal, where there are any: what was not examined again because its bytes are gone. */
  gone: z.array(sha256Schema).optional(),
});

export const scanLineSchema = z.discriminatedUnion('type', [
  runLineSchema,
  itemLineSchema,
  outcomeLineSchema,
  findingLineSchema,
  summaryLineSchema,
]);
export type ScanLine = z.infer<typeof scanLineSchema>;
