/**
 * What a window asks of reports, letters and packages, as values: what the user states of a case, what was saved, what a check of a
 * package found. Statements, names of files and of actors are data from outside.
 */
import { z } from 'zod';
import { paramsSchema } from './error-record.ts';
import { sha256Schema } from './item.ts';
import { ROUTE_EVENTS } from './route-events.ts';
import { headSchema, savedSchema } from './window.ts';

export const reportLanguageSchema = z.enum(['zh', 'en']);

/** What becomes of the faces as they were examined: covered, shown as they are, or left out. */
export const pictureChoiceSchema = z.enum(['blurred', 'shown', 'none']);

const bothSchema = z.object({ zh: z.string(), en: z.string() });

const statedValueSchema = z.union([
  z.string().max(10_000),
  z.number(),
  z.array(z.string().max(200)).max(20),
  z.strictObject({ from: z.iso.date(), to: z.iso.date() }),
]);

/** One statement as it is given. Whether it fits its question, duty or route is checked by the law room. */
export const statementInputSchema = z.union([
  z.strictObject({
    answer: z.strictObject({
      question: z.string().max(80),
      item: sha256Schema.nullable(),
      value: statedValueSchema,
    }),
  }),
  z.strictObject({
    duty: z.strictObject({
      duty: z.string().max(80),
      actor: z.string().trim().min(1).max(200),
      asStated: z.enum(['fulfilled', 'not', 'unknown']),
      facts: z.string().max(10_000),
    }),
  }),
  z.strictObject({
    route: z.strictObject({
      route: z.string().max(80),
      event: z.enum(ROUTE_EVENTS),
      at: z.string().max(40),
      number: z.string().max(200).optional(),
      answer: z.string().max(10_000).optional(),
    }),
  }),
  z.strictObject({
    witness: z.strictObject({
      item: sha256Schema,
      name: z.string().trim().min(1).max(200),
      relation: z.string().max(200),
      on: z.iso.date().nullable(),
      recognised: z.enum(['yes', 'no', 'unsure']),
      by: z.string().max(2000),
      told: z.enum(['yes', 'no', 'unknown']),
    }),
  }),
]);

/** A question with the form of its answer. Sentences: `law.question.<id>`, `law.answer.<value>`. */
export const askedSchema = z.object({
  id: z.string(),
  scope: z.enum(['case', 'source-item']),
  form: z.enum(['choice', 'choices', 'date', 'dates', 'text', 'number']),
  answers: z.array(z.string()),
});
export type Asked = z.infer<typeof askedSchema>;

/** A statement that stands; `value` has the form of its kind, `id` is its number in the custody log. */
export const standingSchema = z.object({
  id: z.number().int(),
  kind: z.enum(['answer', 'duty', 'route', 'witness']),
  item: sha256Schema.nullable(),
  key: z.string(),
  value: z.unknown(),
  atMs: z.number(),
});

export const factsSchema = z.object({
  questions: z.array(askedSchema),
  /** Of the packs of the places stated, China where none was. Sentence of the holder: `law.holder.<holder>`. */
  duties: z.array(z.object({ id: z.string(), holder: z.string(), text: bothSchema })),
  routes: z.array(z.object({ code: z.string(), name: bothSchema })),
  statements: z.array(standingSchema),
});
export type Facts = z.infer<typeof factsSchema>;

/**
 * A report that was made: it lies in the case's own scratch folder until its files are saved, another is made, or the case is closed.
 * `digest`: SHA-256 of its JSON, which every document prints. `mismatches`: items whose bytes do not hold.
 */
export const madeReportSchema = z.object({
  id: z.uuid(),
  /** `report.json`, `report.zh.pdf`, `report.zh.html`, … */
  files: z.array(z.object({ name: z.string(), bytes: z.number().int() })),
  digest: sha256Schema,
  mismatches: z.number().int(),
  head: headSchema,
  /** Pages of each language that can be shown; 0 where there are more than a window should hold. */
  pages: z.array(z.object({ language: reportLanguageSchema, count: z.number().int() })),
});
export type MadeReportLine = z.infer<typeof madeReportSchema>;

export const letterKindSchema = z.enum([
  'platform-notice',
  'handler-request',
  'police-statement',
  'report-12377',
  'hand-over',
  'preservation-list',
  'processing-record',
  'take-it-down',
]);

/** A draft that can be had in the language asked for, with the blanks it would leave. Sentence: `letter.<kind>`. */
export const letterLineSchema = z.object({ kind: letterKindSchema, blanks: z.number().int() });
export type LetterLine = z.infer<typeof letterLineSchema>;

/** `name` is as stated by the signer. */
export const signerLineSchema = z.object({
  name: z.string(),
  origin: z.enum(['own', 'imported']),
  fingerprint: z.string(),
  notAfterMs: z.number(),
});

export type SignerLine = z.infer<typeof signerLineSchema>;

export const packagedSchema = savedSchema.extend({
  /** SHA-256 of the signed list. */
  manifest: sha256Schema.nullable(),
  head: headSchema,
  mismatches: z.number().int(),
  originals: z.number().int(),
  originalsLeftOut: z.number().int(),
  signedBy: z.string().nullable(),
});

export type Packaged = z.infer<typeof packagedSchema>;

/** What a check found, as sentences in the order in which they are read; `deviations` 0: it is as it was packed. */
export const verificationLineSchema = z.object({
  deviations: z.number().int(),
  lines: z.array(z.object({ id: z.string(), params: paramsSchema })),
});
export type VerificationLines = z.infer<typeof verificationLineSchema>;
