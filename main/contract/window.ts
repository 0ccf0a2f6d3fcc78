/**
 * What a window shows, as values: the session, the work in hand, items, people, pictures and sounds for viewing, the machine.
 * Texts that come from files or people (names, notes, metadata) are data: the window shows them as text, never as markup.
 */
import { z } from 'zod';
import { custodyEntrySchema } from './custody.ts';
import { errorRecordSchema, paramsSchema } from './error-record.ts';
import { factSchema, reasonSchema } from './fact.ts';
import { findingSchema, questionSchema } from './finding.ts';
import { groupedKindSchema, groupedSchema } from './grouping.ts';
import { itemRoleSchema, personSchema, retentionSchema, sha256Schema } from './item.ts';
import { bandSchema, outcomeSchema, outcomeStatusSchema } from './outcome.ts';
import { otherVersionsSchema } from './versions.ts';

/**
 * What this host can do; a screen shows nothing else. `uploads`: files arrive as streams; `paths`: a typed path is read where it
 * lies; `saveDialog`: a place to save to can be asked for with the platform's own dialog, otherwise what is saved without a path
 * is offered as a download. `report`, `package`, `persons`, `groups` and `letters` appear when their rooms are installed.
 */
export const capabilitySchema = z.enum([
  'uploads',
  'paths',
  'saveDialog',
  'report',
  'package',
  'persons',
  'groups',
  'letters',
]);
export type Capability = z.infer<typeof capabilitySchema>;

/** Longest path or name of any platform served (PATH_MAX of Linux), in characters. */
export const MAX_PATH = 4096;

/** Files that a person gives at once. */
export const MAX_FILES = 10_000;

/** Rows of one page of items. */
export const MAX_PAGE = 500;

/** Longest side of a picture for viewing, in pixels; larger originals are shown in regions. */
export const MAX_SIDE = 4096;

export const pathSchema = z.string().min(1).max(MAX_PATH);

/** Where files come from: `uploads` by the ids that the upload gave, `paths` as typed or as the platform gave them. */
export const sourceSchema = z.discriminatedUnion('from', [
  z.strictObject({ from: z.literal('uploads'), ids: z.array(z.uuid()).min(1).max(MAX_FILES) }),
  z.strictObject({ from: z.literal('paths'), paths: z.array(pathSchema).min(1).max(MAX_FILES) }),
]);
export type Source = z.infer<typeof sourceSchema>;

/** One file of the work in hand. `name` is data from outside. */
export const itemLineSchema = z.object({
  entry: z.number().int(),
  name: z.string(),
  state: z.enum(['waiting', 'preserved', 'examined', 'failed']),
  sha256: sha256Schema.nullable(),
  error: errorRecordSchema.nullable(),
});
export type ItemLine = z.infer<typeof itemLineSchema>;

/**
 * The work in hand, or how the last one ended. `again`: kept items are examined once more; `enrol`: a person's samples are judged;
 * `export`: a report or package is written; `recovered`: work that an earlier run left unfinished goes on.
 */
export const workSchema = z.object({
  kind: z.enum(['none', 'scan', 'again', 'enrol', 'export', 'recovered']),
  phase: z.enum(['idle', 'working', 'pausing', 'paused', 'stopping', 'stopped', 'failed', 'done']),
  total: z.number().int(),
  done: z.number().int(),
  /** Of `done`, those that could not be examined. */
  failed: z.number().int(),
  /** Pieces of work that begin after this one. */
  waiting: z.number().int(),
  current: z
    .object({
      name: z.string(),
      stage: z.enum(['preserving', 'looking']),
      /** `probe`, `faces`, `voices` or an analyzer id; null before the engine told. */
      step: z.string().nullable(),
      /** 0-1 of this item. */
      fraction: z.number(),
      faces: z.number().int(),
      /** Of video or sound decoded. */
      seconds: z.number(),
    })
    .nullable(),
  /** Whole seconds by the pace so far; null while that is not known. */
  leftS: z.number().nullable(),
  error: errorRecordSchema.nullable(),
});
export type Work = z.infer<typeof workSchema>;

/** Work that an earlier run left: the machine or the program ended before it did. Nothing finished of it is lost. */
export const unfinishedSchema = z.object({
  job: z.string(),
  startedAtMs: z.number(),
  total: z.number().int(),
  done: z.number().int(),
});
export type Unfinished = z.infer<typeof unfinishedSchema>;

export const sampleLineSchema = z.object({
  id: z.number().int(),
  kind: z.enum(['face', 'voice']),
  accepted: z.boolean(),
  /** Why it was refused, or what is to be said of it. */
  reason: reasonSchema.nullable(),
  /** Measures by name: `sizePx`, `sharpness`, `yaw`, `speechS`, … */
  quality: z.record(z.string(), z.number()),
  source: sha256Schema.nullable(),
  /** Of its file; null where that was erased. */
  name: z.string().nullable(),
  /** Likeness to the nearest of the person's others where it stands apart from them and is left out of comparisons, otherwise null. */
  apart: z.number().nullable(),
  model: z.string(),
  createdAtMs: z.number(),
});

export const personLineSchema = personSchema.extend({
  faces: z.number().int(),
  voices: z.number().int(),
  /** The day named has passed: the samples are not compared any more and are to be removed. */
  expired: z.boolean(),
});
export type PersonLine = z.infer<typeof personLineSchema>;

export const personDetailSchema = personLineSchema.extend({ samples: z.array(sampleLineSchema) });
export type PersonDetail = z.infer<typeof personDetailSchema>;

/**
 * Choices of the person at the window, kept beside the cases, not in one; null where the machine's own apply or, for `mode`, where
 * nothing was chosen yet. `ffmpeg`: folder or program to use instead of the one on the search path. `examiner`: name under which
 * assessments are signed. `columns`: of the item table, in order.
 */
export const preferencesSchema = z.strictObject({
  language: z.enum(['zh', 'en']).nullable(),
  theme: z.enum(['system', 'light', 'dark', 'contrast']),
  mode: z.enum(['victim', 'examiner']).nullable().default(null),
  ffmpeg: pathSchema.nullable().default(null),
  examiner: z.string().trim().max(200).default(''),
  columns: z.array(z.string().max(40)).max(40).default([]),
});
export type Preferences = z.infer<typeof preferencesSchema>;

export const DEFAULT_PREFERENCES: Preferences = {
  language: null,
  theme: 'system',
  mode: null,
  ffmpeg: null,
  examiner: '',
  columns: [],
};

export const sessionSchema = z.object({
  app: z.string(),
  preferences: preferencesSchema,
  capabilities: z.array(capabilitySchema),
  /** The open case; null where none is, with `fault` saying why (`CASE_LOCKED`, `VAULT_KEY_MISSING`, …) or null after a close. */
  case: z.object({ id: z.string(), name: z.string() }).nullable(),
  fault: errorRecordSchema.nullable(),
  work: workSchema,
  /** Of the work in hand or the last one. */
  items: z.array(itemLineSchema),
  people: z.array(personLineSchema),
  /** Questioned items that the case keeps, those of earlier days included. */
  kept: z.number().int(),
  unfinished: z.array(unfinishedSchema),
  /** Nothing here connects anywhere unless the user fetches a named pack; then the event `network` tells. */
  network: z.enum(['off', 'fetching']),
});
export type Session = z.infer<typeof sessionSchema>;

export const keptItemSchema = z.object({
  sha256: sha256Schema,
  name: z.string(),
  receivedAtMs: z.number(),
  /** `partly`: the file is cut short, or its picture or sound could not be decoded. */
  examined: z.enum(['no', 'partly', 'whole']),
});
export type KeptItem = z.infer<typeof keptItemSchema>;

export const mediaKindSchema = z.enum(['image', 'video', 'audio', 'other']);

/**
 * One question of one item, for a table. `state`: `found` something speaks for or against, `nothing` it was looked for and not
 * found, `noOpinion` an abstention, then the states that never look alike. `llr` and `band` are of the finding with the
 * strongest support for synthesis, null where no calibration covers the item; `band` also where no sign was found. Findings count
 * those that have a reason for or against.
 */
export const cellSchema = z.object({
  state: z.enum(['found', 'nothing', 'noOpinion', 'notApplicable', 'failed', 'notRun', 'notExamined']),
  band: bandSchema.nullable(),
  llr: z.number().nullable(),
  findings: z.number().int(),
  /** Code of the first reason, for its words. */
  reason: reasonSchema.nullable(),
});
export type Cell = z.infer<typeof cellSchema>;

export const itemRowSchema = z.object({
  /** Running number by receipt. */
  ordinal: z.number().int(),
  sha256: sha256Schema,
  name: z.string(),
  mediaType: z.string(),
  kind: mediaKindSchema.nullable(),
  durationS: z.number().nullable(),
  bytes: z.number().int(),
  role: itemRoleSchema,
  retention: retentionSchema,
  parent: sha256Schema.nullable(),
  receivedAtMs: z.number(),
  /** Null: not examined. */
  examinedAtMs: z.number().nullable(),
  /** Whether it was examined with other versions of analyzers or models than those installed. */
  otherVersions: z.boolean(),
  /** Samples of a kind that it holds were added or taken out since, also where there were none to compare it with. */
  samplesChanged: z.boolean(),
  /** Why picture or sound could not be looked at. */
  fault: errorRecordSchema.nullable(),
  origin: cellSchema,
  synthesis: cellSchema,
  likeness: cellSchema,
  faces: z.number().int(),
  speakers: z.number().int(),
  notes: z.number().int(),
  bookmarks: z.number().int(),
  /** Signed assessments. */
  assessments: z.number().int(),
  /** Group in the grouping asked for; null where it belongs to none. */
  group: z.string().nullable(),
});
export type ItemTableRow = z.infer<typeof itemRowSchema>;

export const itemSortSchema = z.enum([
  'received',
  'name',
  'type',
  'duration',
  'bytes',
  'digest',
  'examined',
  'origin',
  'synthesis',
  'likeness',
]);

const frameNumberSchema = z.number().int().nullable();

/**
 * Times in seconds, frames counted from 0 and null where they have no even pace, `distance` in bits of 256. A range has the parameters of
 * the sentences `scenes.range` and `scenes.range-mirrored`; `similar` needs both to be looked at.
 */
export const commonScenesSchema = z.object({
  compared: z.object({
    questionedUsable: z.number().int(),
    sourceUsable: z.number().int(),
    questionedOf: z.number().int(),
    sourceOf: z.number().int(),
  }),
  ranges: z.array(
    z.object({
      fromS: z.number(),
      toS: z.number(),
      sourceFromS: z.number(),
      sourceToS: z.number(),
      frames: z.number().int(),
      distance: z.number().int(),
      grade: z.enum(['same', 'similar']),
      mirrored: z.boolean(),
      fromFrame: frameNumberSchema,
      toFrame: frameNumberSchema,
      sourceFromFrame: frameNumberSchema,
      sourceToFrame: frameNumberSchema,
    }),
  ),
  /** `same`: near enough to be one scene. */
  nearest: z
    .object({ fromS: z.number(), sourceFromS: z.number(), distance: z.number().int(), same: z.boolean() })
    .nullable(),
});

export const itemGroupSchema = z.enum(['none', 'finding', 'person', 'duplicate']);

/** What is left out of a filter does not filter. */
export const itemFilterSchema = z.strictObject({
  /** Part of the name, or the beginning of the digest. */
  text: z.string().max(200).optional(),
  roles: z.array(itemRoleSchema).optional(),
  kinds: z.array(mediaKindSchema).optional(),
  states: z.array(z.enum(['examined', 'preserved', 'failed'])).optional(),
  /** Items whose cell of the question is in one of the states. */
  cells: z
    .array(z.strictObject({ question: questionSchema, states: z.array(cellSchema.shape.state).min(1) }))
    .optional(),
  /** Items with a likeness finding for this person's name. */
  person: z.string().max(200).optional(),
  marked: z.boolean().optional(),
  otherVersions: z.boolean().optional(),
  samplesChanged: z.boolean().optional(),
});
export type ItemFilter = z.infer<typeof itemFilterSchema>;

export const itemPageSchema = z.object({
  /** Rows that the filter lets through. */
  total: z.number().int(),
  /** Of the whole case. */
  all: z.number().int(),
  offset: z.number().int(),
  rows: z.array(itemRowSchema),
  /** In the order of the rows, with the number of rows; empty without grouping. */
  groups: z.array(z.object({ id: z.string(), rows: z.number().int() })),
});
export type ItemPage = z.infer<typeof itemPageSchema>;

const boxSchema = z.object({ x: z.number(), y: z.number(), w: z.number(), h: z.number() });

export const cropLineSchema = z.object({
  id: z.number().int(),
  subject: z.string(),
  timeS: z.number(),
  /** In pixels of the upright picture or frame. */
  box: boxSchema,
  /** Detector score, 0-1. */
  score: z.number(),
  /** `sizePx`, `sharpness`, `luma`, `yaw`, `pitch`, `roll`. */
  quality: z.record(z.string(), z.number()),
  /** x and y in turn, in pixels of the upright picture or frame. */
  landmarks: z.array(z.number()),
});
export type CropLine = z.infer<typeof cropLineSchema>;

/** As `MediaInfo` of contract/media.ts. */
export const mediaInfoSchema = z.object({
  mediaType: z.string(),
  kind: mediaKindSchema,
  bytes: z.number(),
  durationS: z.number().nullable(),
  image: z
    .object({
      width: z.number(),
      height: z.number(),
      orientation: z.number(),
      frames: z.number(),
      hasAlpha: z.boolean(),
      bitDepth: z.number(),
    })
    .nullable(),
  video: z.array(
    z.object({
      index: z.number(),
      codec: z.string(),
      width: z.number(),
      height: z.number(),
      rotation: z.number(),
      durationS: z.number().nullable(),
      averageFrameRate: z.number().nullable(),
      variableFrameRate: z.boolean(),
      bitDepth: z.number(),
      pixelFormat: z.string(),
    }),
  ),
  audio: z.array(
    z.object({
      index: z.number(),
      codec: z.string(),
      sampleRate: z.number(),
      channels: z.number(),
      durationS: z.number().nullable(),
      bitRate: z.number().nullable(),
    }),
  ),
  claimedType: z.string().nullable(),
});

/**
 * A measured course over time of one subject: the facts of an analyzer that have a span, in order. `at` of a point is the span in
 * seconds; the value is raw, in the unit given, and comparable only within the series.
 */
export const seriesSchema = z.object({
  analyzer: z.string(),
  subject: z.string(),
  fact: z.string(),
  unit: z.string().nullable(),
  points: z.array(z.object({ fromS: z.number(), toS: z.number(), value: z.number() })),
});
export type Series = z.infer<typeof seriesSchema>;

export const bookmarkSchema = z.object({
  id: z.number().int(),
  /** Moment of video or sound; null for the item as a whole. */
  atS: z.number().nullable(),
  label: z.string(),
  atMs: z.number(),
});
export type Bookmark = z.infer<typeof bookmarkSchema>;

/** What an examiner writes of one question: their words and band stand above the machine's on the record, which stays visible. */
export const opinionSchema = z.strictObject({
  question: questionSchema,
  /** Index of the proposition of the pair that is supported; null for no opinion. */
  towards: z.union([z.literal(0), z.literal(1)]).nullable(),
  band: bandSchema.nullable(),
  text: z.string().trim().min(1).max(10_000),
});
export type Opinion = z.infer<typeof opinionSchema>;

export const assessmentSchema = z.object({
  id: z.number().int(),
  examiner: z.string(),
  writtenAtMs: z.number(),
  /** Null: a draft, which can be replaced. */
  signedAtMs: z.number().nullable(),
  /** Null where it is another examiner's and the one who asks has not signed their own: the second examiner is blind to the first. */
  opinions: z.array(opinionSchema).nullable(),
});
export type Assessment = z.infer<typeof assessmentSchema>;

/** Counts of held-out items; `worst` of `of` in the genuine source of which the largest share came as far. */
const reachedSchema = z.object({
  subject: z.string(),
  items: z.number().int(),
  count: z.number().int(),
  of: z.number().int(),
  worst: z.number().int(),
  synthetic: z.number().int(),
  found: z.number().int(),
  /** Whether that genuine source came as far as often as the synthetic items: for an item like those the support tells nothing. */
  tellsNothingThere: z.boolean(),
});

/** Everything that is known of one item: the three cards and the inspector are made from it. */
export const answerSchema = z.object({
  item: z.object({
    sha256: sha256Schema,
    sm3: sha256Schema,
    bytes: z.number().int(),
    mediaType: z.string(),
    name: z.string(),
    role: itemRoleSchema,
    parent: sha256Schema.nullable(),
    /** `upload-original-path-unknown` where the original path is not known to the program; otherwise the user's words or null. */
    receivedAs: z.string().nullable(),
    receivedAtMs: z.number(),
    retention: retentionSchema,
    hasCopy: z.boolean(),
    /** Whether its bytes can be had again, so that it can be viewed and compared anew. */
    canExamineAgain: z.boolean(),
  }),
  sightings: z.array(
    z.object({
      atMs: z.number(),
      path: z.string().nullable(),
      modifiedAtMs: z.number().nullable(),
      receivedAs: z.string().nullable(),
      part: z.object({ parent: sha256Schema, offset: z.number(), length: z.number(), relation: z.string() }).nullable(),
    }),
  ),
  /** Items found inside this one. */
  parts: z.array(sha256Schema),
  /** Null where it was preserved but not examined. */
  examination: z
    .object({
      startedAtMs: z.number(),
      atMs: z.number(),
      /** Program and version that examined. */
      app: z.string(),
      kind: mediaKindSchema,
      durationS: z.number().nullable(),
      info: mediaInfoSchema,
      /** `language`: the one that somebody stated, ISO 639-1. */
      settings: z.object({ fps: z.number(), depth: z.enum(['quick', 'full']), language: z.string().optional() }),
      /** Why its picture and sound could not be looked at, where they could not. */
      fault: errorRecordSchema.nullable(),
      findings: z.array(findingSchema),
      outcomes: z.array(outcomeSchema),
      crops: z.array(cropLineSchema),
      series: z.array(seriesSchema),
      /** Of each finding that supports synthesis: how many held-out items, ordinary and synthetic, came as far. */
      reached: z.array(reachedSchema),
      /** Registry id -> SHA-256. */
      models: z.record(z.string(), z.string()),
      /** What it was examined with that is not what is installed; null where all are the same. */
      otherVersions: otherVersionsSchema.nullable(),
      /** As in the table of items. */
      samplesChanged: z.boolean(),
      /** Milliseconds by stage and analyzer. */
      timings: z.record(z.string(), z.number()),
    })
    .nullable(),
  notes: z.array(z.object({ atMs: z.number(), text: z.string() })),
  bookmarks: z.array(bookmarkSchema),
  assessments: z.array(assessmentSchema),
  /** Whether its content may be shown now: `item.revealed` was recorded since the case was opened. */
  revealed: z.boolean(),
});
export type Answer = z.infer<typeof answerSchema>;

export const judgedSampleSchema = z.object({
  name: z.string(),
  /** Null where the sample can be used. */
  refusal: reasonSchema.nullable(),
  /** Whether it differs from the person's other samples so much that somebody should look. */
  outlier: z.boolean(),
});

/** An encoded picture made by the viewing process, never the original's bytes. */
export const pictureSchema = z.object({
  mediaType: z.enum(['image/jpeg', 'image/png']),
  data: z.base64(),
  width: z.number().int(),
  height: z.number().int(),
  /** Presentation time in seconds; 0 for a still. */
  timeS: z.number(),
});
export type Picture = z.infer<typeof pictureSchema>;

export const peaksSchema = z.object({
  /** Lowest and highest sample of each of the equal spans, -1 to 1. */
  low: z.array(z.number()),
  high: z.array(z.number()),
});

export const spectrogramSchema = z.object({
  fromS: z.number(),
  toS: z.number(),
  columns: z.number().int(),
  rows: z.number().int(),
  /** Frequencies of the lowest and highest row, linear between. */
  fromHz: z.number(),
  toHz: z.number(),
  /** Level that 0 and 255 stand for, in dB relative to full scale. */
  lowDb: z.number(),
  highDb: z.number(),
  /** One byte a cell, column by column, each from the lowest frequency up. */
  data: z.base64(),
});
export type Spectrogram = z.infer<typeof spectrogramSchema>;

export const provenanceBranchSchema = z.object({
  analyzer: z.string(),
  status: outcomeStatusSchema,
  reason: reasonSchema.nullable(),
  examined: z.array(z.string()),
  /** `hex`: first bytes at the fact's place, at most 16, pairs of digits with spaces between; null where it has none. */
  facts: z.array(z.object({ fact: factSchema, hex: z.string().nullable() })),
});
export type ProvenanceBranch = z.infer<typeof provenanceBranchSchema>;

export const caseLineSchema = z.object({
  name: z.string(),
  createdAtMs: z.number(),
  /** Open in another window or command. */
  locked: z.boolean(),
  /** Open in this window. */
  open: z.boolean(),
});
export type CaseLine = z.infer<typeof caseLineSchema>;

export const headSchema = z.object({ seq: z.number().int(), hash: sha256Schema });

export const caseDetailSchema = z.object({
  id: z.string(),
  name: z.string(),
  /** Where it lies on this machine. */
  folder: z.string(),
  createdAtMs: z.number(),
  items: z.number().int(),
  examined: z.number().int(),
  people: z.number().int(),
  sightings: z.number().int(),
  bytes: z.number(),
  sealedBytes: z.number(),
  custody: headSchema,
  slots: z.array(
    z.object({ id: z.string(), kind: z.enum(['key-file', 'passphrase', 'recovery-code']), createdAtMs: z.number() }),
  ),
});
export type CaseDetail = z.infer<typeof caseDetailSchema>;

export const custodyLineSchema = custodyEntrySchema.extend({ text: z.string().nullable() });
export type CustodyLine = z.infer<typeof custodyLineSchema>;

export const eraseReportSchema = z.object({
  /** Paths relative to the data folder that no longer exist. */
  removed: z.array(z.string()),
  /** What the program did not make and did not touch. */
  kept: z.array(z.string()),
  heads: z.array(headSchema.extend({ caseId: z.string() })),
});
export type EraseReportLine = z.infer<typeof eraseReportSchema>;

/** A file that was made for the user: at `file` on this machine, or to be fetched once by GET /download/`download`. Null, null: given up. */
export const savedSchema = z.object({
  file: z.string().nullable(),
  download: z.uuid().nullable(),
  bytes: z.number(),
  sha256: sha256Schema.nullable(),
});
export type Saved = z.infer<typeof savedSchema>;

/** `faces`: covered ones, of a film the most in one look; null where none was looked for or nothing was saved. */
export const redactedSchema = savedSchema.extend({
  faces: z.number().int().nullable(),
  /** Of a film: how often it was looked at, and how often a face was seen. */
  looks: z.object({ all: z.number().int(), withFaces: z.number().int() }).nullable(),
  labelled: z.boolean(),
});
export type Redacted = z.infer<typeof redactedSchema>;

export const modelLineSchema = z.object({
  id: z.string(),
  /** `package`: comes with the program; `trained`: made by this project; `pack`: added by the user. */
  kind: z.enum(['package', 'trained', 'pack']),
  role: z.string(),
  version: z.string(),
  bytes: z.number(),
  licence: z.string(),
  sha256: sha256Schema,
  dataTerms: z.object({ code: z.string(), note: z.string() }),
  /** `present` was not hashed; `verified` was. */
  state: z.enum(['present', 'verified', 'missing', 'mismatch', 'unreadable']),
  /** Last day of its training material, or day from which its choice is to be looked at again. */
  trainedUntil: z.string().nullable(),
  checkBy: z.string().nullable(),
});
export type ModelLine = z.infer<typeof modelLineSchema>;

/** Said before anything is sent. `import-only`: upstream publishes another form, so the file must be brought by the user. */
export const fetchPlanSchema = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('fetch'),
    id: z.string(),
    url: z.string(),
    host: z.string(),
    bytes: z.number(),
    licence: z.string(),
    sha256: sha256Schema,
  }),
  z.object({
    kind: z.literal('importOnly'),
    id: z.string(),
    conversion: z.string(),
    licence: z.string(),
    sha256: sha256Schema,
  }),
]);
export type FetchPlanLine = z.infer<typeof fetchPlanSchema>;

export const machineSchema = z.object({
  /** Node's version, the platform and `electron` or `browser`. */
  node: z.string(),
  platform: z.string(),
  host: z.enum(['electron', 'browser']),
  dataRoot: z.string(),
  ffmpeg: z.object({ path: z.string(), version: z.string() }).nullable(),
  ffprobe: z.object({ path: z.string(), version: z.string() }).nullable(),
  models: z.object({ usable: z.number().int(), faulty: z.array(z.string()) }),
  /** Whether `place.move` is possible. */
  movable: z.boolean(),
  /** Bytes free where the cases lie; null where the platform does not tell. */
  freeBytes: z.number().nullable(),
});
export type Machine = z.infer<typeof machineSchema>;

/** A connection that the user asked for, as it happens. */
export const networkEventSchema = z.object({
  host: z.string(),
  id: z.string(),
  event: z.enum(['asked', 'refused', 'connecting', 'received', 'failed', 'progress']),
  bytes: z.number(),
  params: paramsSchema.optional(),
});
export type NetworkEvent = z.infer<typeof networkEventSchema>;

/** Faces and voices of the case by likeness. Groups with the most appearances first; those beyond the first are counted. */
export const personsSchema = z.object({
  atMs: z.number(),
  /** False: questioned items or their examinations have changed since. */
  current: z.boolean(),
  kinds: z.array(groupedSchema),
  items: z.number().int(),
  notRetained: z.number().int(),
  notExamined: z.number().int(),
  groups: z.array(
    z.object({
      kind: groupedKindSchema,
      group: z.number().int(),
      /** Groups of which it is left open whether they belong to this one. */
      open: z.array(z.number().int()),
      appearances: z.number().int(),
      items: z.array(z.object({ sha256: sha256Schema, name: z.string(), subjects: z.array(z.string()) })),
      /** Items beyond those listed. */
      more: z.number().int(),
    }),
  ),
  moreGroups: z.number().int(),
});
export type Persons = z.infer<typeof personsSchema>;
