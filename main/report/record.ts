/**
 * Everything a report is composed from, as read from the case: the form of its JSON too. A sentence whose record is not here
 * cannot be written. Names, paths, notes and statements are data from outside.
 */
import { z } from 'zod';
import { calibrationDomainSchema } from '../contract/calibration.ts';
import { custodyEntrySchema } from '../contract/custody.ts';
import { errorRecordSchema } from '../contract/error-record.ts';
import { reasonSchema } from '../contract/fact.ts';
import { findingSchema } from '../contract/finding.ts';
import { groupingSchema } from '../contract/grouping.ts';
import { itemSchema, personSchema, retentionSchema, sha256Schema } from '../contract/item.ts';
import { outcomeSchema } from '../contract/outcome.ts';
import { installedSchema } from '../contract/versions.ts';

/**
 * Whether an item's bytes still have their digest, looked at when the report was made. `copy`: the kept copy holds; `original`:
 * no copy was kept and the original still holds; `changed`: neither does; `gone`: nothing is left to look at; `not-kept`: by
 * choice nothing was kept; `unreadable`: with the code of the fault.
 */
export const integritySchema = z.object({
  state: z.enum(['copy', 'original', 'changed', 'gone', 'not-kept', 'unreadable']),
  atMs: z.number(),
  code: z.string().nullable(),
});
export type Integrity = z.infer<typeof integritySchema>;

export const examinationRecordSchema = z.object({
  startedAtMs: z.number(),
  endedAtMs: z.number(),
  /** Program and version that examined. */
  app: z.string(),
  settings: z.object({ fps: z.number(), depth: z.enum(['quick', 'full']) }).loose(),
  media: z.object({
    mediaType: z.string(),
    kind: z.enum(['image', 'video', 'audio', 'other']),
    durationS: z.number().nullable(),
    width: z.number().nullable(),
    height: z.number().nullable(),
    codecs: z.array(z.string()),
  }),
  /** Why picture and sound could not be looked at. */
  fault: errorRecordSchema.nullable(),
  outcomes: z.array(outcomeSchema),
  findings: z.array(findingSchema),
  /** Registry id -> SHA-256 of the weights. */
  models: z.record(z.string(), z.string()),
  /** Version of the rules that made the findings. */
  fusion: z.string(),
  /** Version of the search for faces and voices; null of what is neither picture nor sound. */
  perception: z.string().nullable(),
  /** Milliseconds by stage and analyzer. */
  timings: z.record(z.string(), z.number()),
  /** Faces as they were examined; the picture lies in the package under this name. */
  crops: z.array(
    z.object({
      id: z.number().int(),
      name: z.string(),
      subject: z.string(),
      timeS: z.number(),
      box: z.object({ x: z.number(), y: z.number(), w: z.number(), h: z.number() }),
      quality: z.record(z.string(), z.number()),
    }),
  ),
});
export type ExaminationRecord = z.infer<typeof examinationRecordSchema>;

export const itemRecordSchema = itemSchema.extend({
  /** Running number by receipt. */
  number: z.number().int(),
  name: z.string(),
  retention: retentionSchema,
  receivedAtMs: z.number(),
  sightings: z.array(
    z.object({
      atMs: z.number(),
      path: z.string().nullable(),
      modifiedAtMs: z.number().nullable(),
      receivedAs: z.string().nullable(),
    }),
  ),
  integrity: integritySchema,
  /** Null: it was preserved and not examined, or could not be. */
  examination: examinationRecordSchema.nullable(),
  /** Why there is no examination although one was tried. */
  fault: errorRecordSchema.nullable(),
  notes: z.array(z.object({ atMs: z.number(), text: z.string() })),
  bookmarks: z.array(z.object({ atS: z.number().nullable(), label: z.string() })),
  /** Signed ones alone. */
  assessments: z.array(
    z.object({
      examiner: z.string(),
      signedAtMs: z.number(),
      opinions: z.array(
        z.object({
          question: z.enum(['origin', 'synthesis', 'likeness']),
          towards: z.union([z.literal(0), z.literal(1)]).nullable(),
          band: z.string().nullable(),
          text: z.string(),
        }),
      ),
    }),
  ),
});
export type ItemRecord = z.infer<typeof itemRecordSchema>;

export const personRecordSchema = personSchema.extend({
  samples: z.array(
    z.object({
      kind: z.enum(['face', 'voice']),
      model: z.string(),
      source: sha256Schema.nullable(),
      accepted: z.boolean(),
      reason: reasonSchema.nullable(),
      quality: z.record(z.string(), z.number()),
      createdAtMs: z.number(),
    }),
  ),
});

/** Found by comparing what scans recorded; `persons` null where nothing was grouped. */
export const countsRecordSchema = z.object({
  files: z.number().int(),
  distinct: z.number().int(),
  nearDuplicateGroups: z.number().int(),
  /** Distinct items whose scenes are not on record: each counts as a group of its own. */
  withoutScenes: z.number().int(),
  /** Items of each group of more than one. */
  groups: z.array(z.array(sha256Schema)),
  persons: groupingSchema.extend({ atMs: z.number(), current: z.boolean() }).nullable(),
  spread: z.array(z.object({ source: z.string(), files: z.number().int() })),
});
export type CountsRecord = z.infer<typeof countsRecordSchema>;

/** Value, lower and upper end. */
const intervalSchema = z.tuple([z.number(), z.number(), z.number()]);

/** Of so many items: those with limited support or more, and those with moderate support or more. */
const reachedShape = { items: z.number().int(), limited: z.number().int(), moderate: z.number().int() };

/** What a model's calibration was fitted on, of the very weights that examined; nothing of a later one is told. */
export const calibrationRecordSchema = z.object({
  model: z.string(),
  sha256: sha256Schema,
  domain: calibrationDomainSchema,
  scores: z.array(
    z.object({
      id: z.string(),
      usable: z.boolean(),
      /** Items by source. */
      genuine: z.record(z.string(), z.number().int()),
      synthetic: z.record(z.string(), z.number().int()),
      /** Natural logarithms of the bounds that the counts bear out. */
      llrMin: z.number(),
      llrMax: z.number(),
      /** Bits, cross-fitted; 1 is what knowing nothing costs. */
      cllr: z.number(),
      /** How many held-out items that were not compressed again reached a step of the scale towards synthesis or more; null where nothing was measured. */
      reached: z
        .object({
          genuine: z.array(z.object({ source: z.string(), ...reachedShape })),
          synthetic: z.object(reachedShape),
        })
        .nullable(),
      /** How the model did on held-out material, by what was done to it: `clean`, `jpeg70`, `opus-16k`, …. Value and ends of its interval. */
      heldOut: z.array(
        z.object({
          condition: z.string(),
          synthetic: z.number().int(),
          genuine: z.number().int(),
          auc: intervalSchema,
          /** Share of either class that is mistaken where both shares are equal. */
          eer: intervalSchema,
        }),
      ),
    }),
  ),
});
export type CalibrationRecord = z.infer<typeof calibrationRecordSchema>;

export const reportHeadSchema = z.object({
  form: z.literal('jianzhen-report-1'),
  madeAtMs: z.number(),
  /** Offset from UTC at the place where it was made, minutes east. */
  zoneMinutes: z.number().int(),
  /** Day at that place, ISO. */
  today: z.iso.date(),
  app: z.string(),
  /** What it would examine with: items may have been examined with other versions. */
  installed: installedSchema,
  /** Who makes the report, as stated by them. */
  madeBy: z.string().nullable(),
  machine: z.object({ platform: z.string(), node: z.string() }),
  case: z.object({ id: z.string(), name: z.string(), createdAtMs: z.number() }),
  custody: z.object({ seq: z.number().int(), hash: sha256Schema, holds: z.boolean(), brokenAt: z.number().nullable() }),
  people: z.array(personRecordSchema),
  statements: z.array(
    z.object({
      kind: z.string(),
      item: sha256Schema.nullable(),
      key: z.string(),
      value: z.unknown(),
      atMs: z.number(),
    }),
  ),
  /** Files and embedded parts (`parent`: what holds them) that were handed over and could not be received. */
  notReceived: z.array(
    z.object({ path: z.string().nullable(), parent: sha256Schema.nullable(), error: errorRecordSchema }),
  ),
  counts: countsRecordSchema,
  calibrations: z.array(calibrationRecordSchema),
  caseNotes: z.array(z.object({ atMs: z.number(), text: z.string() })),
});
export type ReportHead = z.infer<typeof reportHeadSchema>;

/** The published form of `report.json`. */
export const reportSchema = reportHeadSchema.extend({
  items: z.array(itemRecordSchema),
  log: z.array(custodyEntrySchema),
});
export type ReportRecord = z.infer<typeof reportSchema>;
