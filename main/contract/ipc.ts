/**
 * The only boundary between a window and its host: requests with answers, and events. Both hosts serve it and the renderer
 * derives its types from it. Everything is checked where it arrives; what is unknown or malformed is refused with a code.
 *
 * In Electron the page finds a `Bridge` at `window.jianzhen`. In a browser the same travels over HTTP on the page's own origin:
 * POST `/request/NAME` with a JSON body gives a `Response`; POST `/upload` with `content-type: application/octet-stream` and the
 * percent-encoded name in `x-file-name` gives a `Response` of `Uploaded`; GET `/events` is a stream of server-sent events, each
 * `{name, event}`; GET `/download/ID` gives a file once. `index.html` has `<meta name="style-nonce" content="__STYLE_NONCE__">`,
 * which both hosts fill in: styles that are made at run time need it.
 */
import { z } from 'zod';
import {
  factsSchema,
  letterKindSchema,
  letterLineSchema,
  madeReportSchema,
  packagedSchema,
  pictureChoiceSchema,
  reportLanguageSchema,
  signerLineSchema,
  statementInputSchema,
  verificationLineSchema,
} from './dossier.ts';
import { errorRecordSchema, paramsSchema } from './error-record.ts';
import { consentBasisSchema, itemRoleSchema, personRoleSchema, sha256Schema } from './item.ts';
import { placeSchema, spanSchema } from './redaction.ts';
import {
  answerSchema,
  bookmarkSchema,
  caseDetailSchema,
  caseLineSchema,
  commonScenesSchema,
  custodyLineSchema,
  eraseReportSchema,
  fetchPlanSchema,
  headSchema,
  itemFilterSchema,
  itemGroupSchema,
  itemLineSchema,
  itemPageSchema,
  itemSortSchema,
  judgedSampleSchema,
  keptItemSchema,
  MAX_PAGE,
  MAX_SIDE,
  machineSchema,
  modelLineSchema,
  networkEventSchema,
  opinionSchema,
  pathSchema,
  peaksSchema,
  personDetailSchema,
  personsSchema,
  pictureSchema,
  preferencesSchema,
  provenanceBranchSchema,
  redactedSchema,
  savedSchema,
  sessionSchema,
  sourceSchema,
  spectrogramSchema,
  workSchema,
} from './window.ts';

export * from './dossier.ts';
export * from './window.ts';

/** Why a host turned a message away before anything was done. */
export const REFUSAL_CODES = [
  'REFUSED_TOKEN',
  'REFUSED_HOST',
  'REFUSED_ORIGIN',
  'REFUSED_PATH',
  'REFUSED_METHOD',
  'REQUEST_UNKNOWN',
  'REQUEST_MALFORMED',
  'REQUEST_TOO_LARGE',
  'UPLOAD_UNKNOWN',
  'UPLOAD_INTERRUPTED',
  'WORK_IN_PROGRESS',
  'NOT_REVEALED',
  'NOT_CONFIRMED',
  'HOST_UNREACHABLE',
] as const;
export type RefusalCode = (typeof REFUSAL_CODES)[number];

const refusalSchema = z.object({ code: z.enum(REFUSAL_CODES), params: paramsSchema });

/** A fault as the window gets it: of the work, or of the message itself. `error.CODE` of the strings is its sentence. */
export const faultSchema = z.union([errorRecordSchema, refusalSchema]);
export type Fault = z.infer<typeof faultSchema>;

/** A message that is refused; its code goes back to the window. */
export class Refusal extends Error {
  readonly code: RefusalCode;

  constructor(code: RefusalCode, options?: ErrorOptions) {
    super(code, options);
    this.name = 'Refusal';
    this.code = code;
  }
}

const nothing = z.strictObject({});
const done = z.object({});
const ofItem = z.strictObject({ item: sha256Schema });

/** Language spoken, ISO 639-1, as a person states it: nothing here recognises one. */
const spoken = z
  .string()
  .regex(/^[a-z]{2}$/)
  .optional();
const caseName = z.string().trim().min(1).max(200);
const secret = z.string().min(1).max(1024);
const side = z.number().int().min(16).max(MAX_SIDE);
const seconds = z.number().min(0).max(1e6);

/** Name -> what it takes and what it gives. */
export const REQUESTS = {
  'session.state': { input: nothing, output: sessionSchema },
  /** Tries to open the last case again after a fault. */
  'session.reopen': { input: nothing, output: sessionSchema },
  /** The window goes: what runs stops at a safe point and can be resumed. Electron closes, the browser's host ends. */
  'session.end': { input: nothing, output: done },
  'preferences.set': { input: preferencesSchema, output: done },

  /** Cases. One is open at a time; a change of case while work runs is refused with `WORK_IN_PROGRESS`. */
  'case.list': { input: nothing, output: z.object({ cases: z.array(caseLineSchema) }) },
  'case.create': {
    input: z.strictObject({ name: caseName, passphrase: secret.optional() }),
    output: sessionSchema,
  },
  'case.open': {
    input: z.strictObject({ name: caseName, passphrase: secret.optional(), recoveryCode: secret.optional() }),
    output: sessionSchema,
  },
  'case.close': { input: nothing, output: sessionSchema },
  'case.detail': { input: nothing, output: caseDetailSchema },
  'case.custody': {
    input: z.strictObject({ after: z.number().int().min(0), limit: z.number().int().min(1).max(1000) }),
    output: z.object({ entries: z.array(custodyLineSchema) }),
  },
  /** Recomputes the whole chain; throws `CUSTODY_BROKEN` with the first entry that does not hold. */
  'case.verify': { input: nothing, output: z.object({ entries: z.number().int(), head: headSchema }) },
  /** A passphrase and a recovery code in the place of all former ways in. The code is shown once and kept nowhere. */
  'case.protect': { input: z.strictObject({ passphrase: secret }), output: z.object({ recoveryCode: z.string() }) },
  'case.note': { input: z.strictObject({ text: z.string().trim().min(1).max(4000) }), output: done },
  /** `to` null: the host asks for a place, or offers a download. A case with a key file needs a passphrase for its archive. */
  'case.export': {
    input: z.strictObject({ to: pathSchema.nullable(), passphrase: secret.optional() }),
    output: savedSchema.extend({ head: headSchema }),
  },
  'case.import': {
    input: z.strictObject({ source: sourceSchema, as: caseName.optional() }),
    /** `left`: files that an open scan had not come to, which are named as not received. */
    output: z.object({ name: z.string(), head: headSchema, left: z.number().int() }),
  },
  /** `confirm` repeats the name. The open case is closed first. */
  'case.erase': { input: z.strictObject({ name: caseName, confirm: z.string() }), output: eraseReportSchema },
  /** Every case, key and pack. `confirm` is `erase`. */
  'erase.all': { input: z.strictObject({ confirm: z.string() }), output: eraseReportSchema },

  /** Work. What is started while something runs waits for its turn. */
  'scan.start': {
    input: z.strictObject({
      source: sourceSchema,
      /** `copy` into the vault, `reference`: path and digest only (not for uploads), `none`: nothing but the results. */
      keep: z.enum(['copy', 'reference', 'none']),
      role: itemRoleSchema.default('questioned'),
      depth: z.enum(['quick', 'full']).default('full'),
      /** Where the user had it from, in their words. */
      receivedAs: z.string().trim().min(1).max(1000).optional(),
      language: spoken,
    }),
    output: done,
  },
  /** The item in hand begins anew when the work goes on; finished items stay. */
  'scan.pause': { input: nothing, output: done },
  'scan.resume': { input: nothing, output: done },
  'scan.stop': { input: nothing, output: done },
  /** With the settings of the last examination, but for the language where one is stated. */
  'scan.again': { input: ofItem.extend({ language: spoken }), output: done },
  /**
   * All items of the case that were examined with other versions than those installed, or compared with other samples than those of now, each
   * as it was asked for the last time. Those whose bytes are gone are left as they are.
   */
  'scan.renew': { input: nothing, output: done },
  /** How many these are, and how many are left because their bytes are gone, with the names of the first. */
  'scan.renewable': {
    input: nothing,
    output: z.object({ items: z.number().int(), gone: z.number().int(), goneNames: z.array(z.string()) }),
  },
  /** What an earlier run left unfinished goes on, or is given up; what is finished of it stays. */
  'scan.recover': { input: z.strictObject({ job: z.uuid() }), output: done },
  'scan.discard': { input: z.strictObject({ job: z.uuid() }), output: done },
  /** Entries of the work in hand in the order of the plan, those that wait included. `after`: the last `entry` of the page before. */
  'scan.entries': {
    input: z.strictObject({ after: z.number().int().min(0), limit: z.number().int().min(1).max(MAX_PAGE) }),
    output: z.object({ entries: z.array(itemLineSchema) }),
  },

  /** The last grouping of faces and voices over the case, or null; `persons.group` makes the one of now. */
  'persons.last': { input: nothing, output: z.object({ persons: personsSchema.nullable() }) },
  'persons.group': { input: nothing, output: z.object({ persons: personsSchema }) },

  'items.kept': {
    input: z.strictObject({ before: z.number().int().positive().nullable() }),
    output: z.object({ items: z.array(keptItemSchema), before: z.number().int().nullable() }),
  },
  'items.page': {
    input: z.strictObject({
      offset: z.number().int().min(0),
      limit: z.number().int().min(1).max(MAX_PAGE),
      sort: itemSortSchema.default('received'),
      descending: z.boolean().default(false),
      filter: itemFilterSchema.default({}),
      /** `person` and `duplicate` need the capabilities `persons` and `groups`. */
      group: itemGroupSchema.default('none'),
    }),
    output: itemPageSchema,
  },

  /** What two items have in common of what they show; null where of one of them no scenes are recorded. */
  'items.scenes': {
    input: z.strictObject({ questioned: sha256Schema, source: sha256Schema }),
    output: z.object({ common: commonScenesSchema.nullable() }),
  },

  'item.answer': { input: ofItem, output: answerSchema },
  'item.provenance': { input: ofItem, output: z.object({ branches: z.array(provenanceBranchSchema) }) },
  /** Bytes of the item as they were received, lower-case hexadecimal; fewer at its end. */
  'item.bytes': {
    input: z.strictObject({
      item: sha256Schema,
      offset: z.number().int().min(0),
      length: z.number().int().min(1).max(4096),
    }),
    output: z.object({ hex: z.string() }),
  },
  /** Tells custody that the content was looked at; from then on, and until the case is closed, its pictures and sound are given. */
  'item.revealed': { input: ofItem, output: done },
  /** A face as it was examined, PNG made by the engine. Unblurred only after `item.revealed`: `NOT_REVEALED`. */
  'item.crop': {
    input: z.strictObject({
      item: sha256Schema,
      crop: z.number().int().positive(),
      blurred: z.boolean().default(false),
    }),
    output: z.object({ png: z.base64() }),
  },
  /** A small picture that is blurred before it reaches the window; of a film its middle, of sound none (`MEDIA_NO_STREAMS`). */
  'item.thumbnail': {
    input: z.strictObject({ item: sha256Schema, maxSide: z.number().int().min(16).max(512) }),
    output: pictureSchema,
  },
  /** The still, upright, or a region of it in its own pixels, shrunk to `maxSide`. Only after `item.revealed`. */
  'item.picture': {
    input: z.strictObject({
      item: sha256Schema,
      maxSide: side,
      region: z
        .strictObject({
          x: z.number().int().min(0),
          y: z.number().int().min(0),
          w: z.number().int().min(1),
          h: z.number().int().min(1),
        })
        .optional(),
    }),
    output: pictureSchema,
  },
  /**
   * The frame on screen at `atS`, or the one `step` frames after or before it, exactly; past either end the last there is. Its
   * own presentation time comes with it and is what the next step starts from. Only after `item.revealed`.
   */
  'item.frame': {
    input: z.strictObject({
      item: sha256Schema,
      atS: seconds,
      step: z.number().int().min(-1).max(1).default(0),
      maxSide: side,
    }),
    output: pictureSchema,
  },
  /** Presentation times of all frames: the running number of a frame is its place in the list. Reads the whole film. */
  'item.times': { input: ofItem, output: z.object({ timesS: z.array(z.number()) }) },
  /** The outline of a stretch, in equal spans; a window asks for that of a long recording part by part. */
  'item.peaks': {
    input: z.strictObject({
      item: sha256Schema,
      fromS: seconds,
      toS: seconds,
      buckets: z.number().int().min(1).max(8192),
    }),
    output: peaksSchema,
  },
  'item.spectrogram': {
    input: z.strictObject({
      item: sha256Schema,
      fromS: seconds,
      toS: seconds,
      columns: z.number().int().min(16).max(2048),
    }),
    output: spectrogramSchema,
  },
  /** Sound as WAV, 16 kHz mono, at most 120 seconds; the window plays it only when asked. Only after `item.revealed`. */
  'item.sound': {
    input: z.strictObject({ item: sha256Schema, fromS: seconds, toS: seconds }),
    output: z.object({ wav: z.base64(), fromS: z.number(), toS: z.number() }),
  },
  'item.note': {
    input: z.strictObject({ item: sha256Schema, text: z.string().trim().min(1).max(4000) }),
    output: done,
  },
  'item.role': { input: z.strictObject({ item: sha256Schema, role: itemRoleSchema }), output: done },
  'item.bookmark': {
    input: z.strictObject({ item: sha256Schema, atS: seconds.nullable(), label: z.string().trim().max(400) }),
    output: bookmarkSchema,
  },
  'item.unbookmark': { input: z.strictObject({ item: sha256Schema, bookmark: z.number().int() }), output: done },
  /** Writes the draft of the examiner named in the preferences; a signed assessment is not replaced, another is added. */
  'item.assess': {
    input: z.strictObject({ item: sha256Schema, opinions: z.array(opinionSchema).min(1).max(30) }),
    output: z.object({ id: z.number().int() }),
  },
  'item.sign': { input: z.strictObject({ item: sha256Schema, assessment: z.number().int() }), output: done },
  /** `items`: what was erased with it; `seq`, `hash`: the custody entry that stays as proof. */
  'item.erase': {
    input: ofItem,
    output: z.object({ items: z.array(sha256Schema), files: z.number().int(), proof: z.array(headSchema) }),
  },

  'person.list': { input: nothing, output: z.object({ people: z.array(personDetailSchema) }) },
  'person.add': {
    input: z.strictObject({
      source: sourceSchema,
      name: z.string().trim().min(1).max(200),
      role: personRoleSchema.default('named'),
      basis: consentBasisSchema,
      purpose: z.string().trim().min(1).max(2000),
      retainUntil: z.iso.date(),
    }),
    output: z.object({ samples: z.array(judgedSampleSchema) }),
  },
  /** Further samples of somebody who is enrolled, on the terms and until the day that were stated. Throws `REFERENCE_EXPIRED`. */
  'person.extend': {
    input: z.strictObject({ source: sourceSchema, person: z.uuid() }),
    output: z.object({ samples: z.array(judgedSampleSchema) }),
  },
  /** `items`: what was kept for the sample alone. Throws `REFERENCE_SAMPLE_NOT_FOUND`, `REFERENCE_LAST_SAMPLE`. */
  'person.removeSample': {
    input: z.strictObject({ person: z.uuid(), sample: z.number().int().positive() }),
    output: z.object({ items: z.array(sha256Schema), proof: headSchema }),
  },
  'person.remove': {
    input: z.strictObject({ person: z.uuid() }),
    output: z.object({ samples: z.number().int(), items: z.array(sha256Schema), proof: headSchema }),
  },
  /** Removes everyone whose retention has ended. */
  'person.expire': { input: nothing, output: z.object({ removed: z.number().int() }) },

  /** What the user states of the case, what can be asked, and the duties and routes of the packs of its place. */
  'facts.list': { input: nothing, output: factsSchema },
  /** All of them or none; a later statement of the same name stands in the place of the one before. Throws `STATEMENT_INVALID`. */
  'facts.state': {
    input: z.strictObject({ statements: z.array(statementInputSchema).min(1).max(500) }),
    output: factsSchema,
  },
  'facts.withdraw': { input: z.strictObject({ id: z.number().int() }), output: factsSchema },

  /** JSON, HTML and PDF. Waits for its turn behind the work in hand; every item is hashed again before anything is said of it. */
  'report.make': {
    input: z.strictObject({
      languages: z.array(reportLanguageSchema).min(1).max(2),
      pictures: pictureChoiceSchema.default('blurred'),
    }),
    output: madeReportSchema,
  },
  /** A page of the PDF as it was set, an SVG image. Pages count from 1. */
  'report.page': {
    input: z.strictObject({ id: z.uuid(), language: reportLanguageSchema, page: z.number().int().min(1).max(1000) }),
    output: z.object({ svg: z.string() }),
  },
  /** A file of the report that was made. Throws `FILE_NOT_FOUND` where another was made since. */
  'report.save': {
    input: z.strictObject({ id: z.uuid(), file: z.string().max(100), to: pathSchema.nullable() }),
    output: savedSchema,
  },
  'letter.list': {
    input: z.strictObject({ language: reportLanguageSchema }),
    output: z.object({ letters: z.array(letterLineSchema) }),
  },
  /** A draft as DOCX, blanks marked; nothing is sent. */
  'letter.save': {
    input: z.strictObject({ to: pathSchema.nullable(), kind: letterKindSchema, language: reportLanguageSchema }),
    output: savedSchema.extend({ blanks: z.number().int() }),
  },
  /** MD5, SHA-1, SHA-256 and PDQ of an item, as a text that explains them. */
  'hashes.text': {
    input: z.strictObject({ item: sha256Schema, language: reportLanguageSchema }),
    output: z.object({ text: z.string() }),
  },
  'hashes.save': {
    input: z.strictObject({ to: pathSchema.nullable(), item: sha256Schema, language: reportLanguageSchema }),
    output: savedSchema,
  },
  /**
   * A covered copy of an item: PNG of a picture, MP4 of a film or recording. Waits for its turn behind the work in hand.
   * Throws `REDACTION_NOT_EXAMINED`, `REDACTION_UNFIT`.
   */
  'redaction.save': {
    input: z.strictObject({
      to: pathSchema.nullable(),
      item: sha256Schema,
      cover: z.enum(['faces', 'all', 'none']),
      places: z.array(placeSchema).max(50).default([]),
      silences: z.array(spanSchema).max(200).default([]),
      lowered: z.array(spanSchema).max(200).default([]),
    }),
    output: redactedSchema,
  },
  /** Null: no key was made yet. */
  'signer.state': { input: nothing, output: z.object({ signer: signerLineSchema.nullable() }) },
  /** Throws `SIGNER_EXISTS`: a key is never replaced. */
  'signer.create': {
    input: z.strictObject({ name: z.string().trim().min(1).max(200), passphrase: secret }),
    output: z.object({ signer: signerLineSchema.nullable() }),
  },
  /** A key with its certificates, PKCS#12, kept under the passphrase of the file. Throws `SIGNER_EXISTS` and what reading it throws. */
  'signer.import': {
    input: z.strictObject({ source: sourceSchema, passphrase: secret }),
    output: z.object({ signer: signerLineSchema }),
  },
  /** Without `signerPassphrase` nobody signs. Waits for its turn behind the work in hand. */
  'package.save': {
    input: z.strictObject({
      to: pathSchema.nullable(),
      languages: z.array(reportLanguageSchema).min(1).max(2),
      pictures: pictureChoiceSchema.default('blurred'),
      originals: z.enum(['none', 'plain', 'sealed']).default('none'),
      /** For `sealed`. */
      originalsPassphrase: secret.optional(),
      signerPassphrase: secret.optional(),
    }),
    output: packagedSchema,
  },
  'package.verify': { input: z.strictObject({ source: sourceSchema }), output: verificationLineSchema },
  /** The RFC 3161 request for a package as a file, for an authority that is asked from another machine. */
  'package.request': {
    input: z.strictObject({ source: sourceSchema, to: pathSchema.nullable() }),
    output: savedSchema,
  },
  /** A copy of the package with the authority's reply in it. Throws `TIMESTAMP_INVALID`, `TIMESTAMP_EXISTS`. */
  'package.stamp': {
    input: z.strictObject({ source: sourceSchema, reply: sourceSchema, to: pathSchema.nullable() }),
    output: savedSchema.extend({ authority: z.string().nullable(), atMs: z.number().nullable() }),
  },

  'models.list': {
    input: z.strictObject({ verify: z.boolean().default(false) }),
    output: z.object({ models: z.array(modelLineSchema) }),
  },
  /** The card as it lies with the model, Markdown; shown as text. */
  'models.card': { input: z.strictObject({ id: z.string().max(100) }), output: z.object({ text: z.string() }) },
  'models.plan': { input: z.strictObject({ id: z.string().max(100) }), output: fetchPlanSchema },
  /** The only connection of the program. `sha256` repeats what the plan showed: `NOT_CONFIRMED` otherwise. */
  'models.fetch': { input: z.strictObject({ id: z.string().max(100), sha256: sha256Schema }), output: done },
  'models.import': { input: z.strictObject({ source: sourceSchema }), output: z.object({ id: z.string() }) },

  'machine.state': { input: nothing, output: machineSchema },
  /**
   * Moves everything to the folder `to`, new or empty, and makes it the place from the next start on; until then all but the end is
   * refused: `PLACE_MOVED`. Not where the place was chosen for this run.
   */
  'place.move': {
    input: z.strictObject({ to: pathSchema }),
    output: z.object({ to: pathSchema, files: z.number().int(), bytes: z.number().int() }),
  },
} as const;

export type RequestName = keyof typeof REQUESTS;
export type RequestInput<N extends RequestName> = z.input<(typeof REQUESTS)[N]['input']>;
/** What a handler gets: checked, defaults filled in. */
export type RequestValue<N extends RequestName> = z.output<(typeof REQUESTS)[N]['input']>;
export type RequestOutput<N extends RequestName> = z.output<(typeof REQUESTS)[N]['output']>;

export const EVENTS = {
  work: workSchema,
  item: itemLineSchema,
  /** Case, people or kept items changed: ask for the session again. */
  changed: z.object({}),
  network: networkEventSchema,
  /** The window is about to close while work runs: ask, then answer with `session.end` or not at all. */
  closing: z.object({}),
} as const;

export type EventName = keyof typeof EVENTS;
export type EventOf<N extends EventName> = z.output<(typeof EVENTS)[N]>;
export type AnyEvent = { readonly [N in EventName]: { readonly name: N; readonly event: EventOf<N> } }[EventName];

/** How an answer travels. */
export const responseSchema = z.discriminatedUnion('ok', [
  z.object({ ok: z.literal(true), value: z.unknown() }),
  z.object({ ok: z.literal(false), fault: faultSchema }),
]);
export type Response = z.infer<typeof responseSchema>;

export const uploadedSchema = z.object({ id: z.uuid(), bytes: z.number().int() });
export type Uploaded = z.infer<typeof uploadedSchema>;

/** What the preload of the Electron shell gives the page as `window.jianzhen`: values only, nothing of Electron itself. */
export interface Bridge {
  request(name: RequestName, message: unknown): Promise<Response>;
  /** Returns what ends the listening. */
  onEvent(listener: (event: AnyEvent) => void): () => void;
  /** Absolute path of a dropped or chosen file; empty where it has none on this machine. */
  pathOf(file: File): string;
}

export type Handlers = {
  readonly [N in RequestName]: (input: RequestValue<N>) => RequestOutput<N> | Promise<RequestOutput<N>>;
};

export function isRequestName(name: string): name is RequestName {
  return Object.hasOwn(REQUESTS, name);
}

/** Checks a message, lets its handler do it, and checks the answer. Throws Refusal `REQUEST_*`, or what the handler throws. */
export async function dispatch(handlers: Handlers, name: string, message: unknown): Promise<unknown> {
  if (!isRequestName(name)) throw new Refusal('REQUEST_UNKNOWN');
  const { input, output } = REQUESTS[name];
  const checked = input.safeParse(message);
  if (!checked.success) throw new Refusal('REQUEST_MALFORMED', { cause: checked.error });
  const handle = handlers[name] as (input: unknown) => unknown;
  return output.parse(await handle(checked.data));
}
