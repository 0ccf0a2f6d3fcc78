/** What a law pack is, and how one is read from JSON: checked, bounded, links resolved. A pack that does not fit is refused with a code. */
import { z } from 'zod';
import { AppError } from '../contract/errors.ts';
import { fileFaults, NOT_JSON, oneFault } from '../contract/file-faults.ts';
import { ROUTE_EVENTS } from '../contract/route-events.ts';
import { MEASURED_CODES, UNKNOWN_CODES } from './codes.ts';
import { questionIdSchema } from './questions.ts';
import { forbiddenConclusions } from './wording.ts';

/** Limits of an imported pack: far above any pack of ours, far below what could stall the machine. */
export const PACK_LIMITS = { bytes: 8 * 1024 * 1024, provisions: 2000, text: 4000 } as const;

const line = z.string().min(1).max(PACK_LIMITS.text);

/** Text of ours (or of a pack's author) in both languages: it describes, and never draws a conclusion about a case. */
const bilingualSchema = z
  .object({ zh: line, en: line })
  .strict()
  .superRefine((text, context) => {
    for (const passage of [...forbiddenConclusions(text.zh), ...forbiddenConclusions(text.en)])
      context.addIssue(faultAt('conclusion', passage));
  });
export type Bilingual = z.infer<typeof bilingualSchema>;

/** What is wrong with a pack, beyond the form of single values. Sentences: `fault.<code>`. */
type PackFault =
  | 'conclusion'
  | 'span-upside-down'
  | 'quotation-not-seen'
  | 'id-twice'
  | 'unknown-instrument'
  | 'unknown-element'
  | 'unknown-route'
  | 'unknown-related'
  | 'unknown-source'
  | 'unknown-provision'
  | 'versions-overlap';

/** `place`: the names in the pack by which its author finds it. */
function faultAt(fault: PackFault, place?: string) {
  return { code: 'custom' as const, params: { fault, ...(place === undefined ? {} : { place }) } };
}

const idSchema = z
  .string()
  .regex(/^[a-z0-9]+([.-][a-z0-9]+)*$/)
  .max(80);

/** How well a wording is known, best first. Sentences: `law.level.<level>`. */
export const verificationLevelSchema = z.enum([
  /** Compared by program with a stored copy of the statute. */
  'text-matched',
  /** Seen in the named copy or excerpt. */
  'text-seen',
  /** Text read, no quotation carried. */
  'content-read',
  /** Known from reports or summaries. */
  'reported',
  /** Existence, number and dates only. */
  'existence',
  /** Looked for and not found, which proves nothing. */
  'not-found',
]);
export type VerificationLevel = z.infer<typeof verificationLevelSchema>;

/** What kind of force a provision has. Only the first three stand under "applicable". Sentences: `law.standing.<standing>`. */
export const standingSchema = z.enum([
  'in-force',
  'recommended-standard',
  'decided-case',
  'not-yet-applicable',
  'needs-national-law',
  'commencement-unverified',
  'practice-guide',
  'bill',
]);
export type Standing = z.infer<typeof standingSchema>;

const sourceSchema = z
  .object({
    name: line,
    url: z
      .url({ protocol: /^https?$/ })
      .max(500)
      .nullable(),
    /** False where the address is cited by others and was not opened by us. */
    opened: z.boolean(),
    /** Day on which the copy was read, or the citation seen. */
    checkedOn: z.iso.date(),
  })
  .strict();
export type Source = z.infer<typeof sourceSchema>;

const instrumentSchema = z
  .object({
    name: bilingualSchema,
    kind: z.enum([
      'statute',
      'judicial-interpretation',
      'judicial-policy',
      'rule',
      'regulation',
      'guiding-case',
      'case',
      'standard',
      'guide',
      'directive',
      'bill',
    ]),
    /** Days on which an amendment of the instrument took effect, as far as it matters here. */
    amendedOn: z.array(z.iso.date()),
  })
  .strict();
export type Instrument = z.infer<typeof instrumentSchema>;

/** The wording of a provision during one span of time. */
const versionSchema = z
  .object({
    /** First day in force. Null where it is not known; then the version is never shown as applicable. */
    from: z.iso.date().nullable(),
    /** Last day in force; null while it lasts. */
    until: z.iso.date().nullable(),
    article: line,
    /** Passages in the original language, in order; empty where no wording was verified. */
    quotation: z.array(z.object({ lang: z.string().regex(/^[a-z]{2}$/), text: line }).strict()),
    sources: z.array(z.string()).min(1),
    level: verificationLevelSchema,
    /** Day after which the text must be checked again. */
    checkBy: z.iso.date(),
  })
  .strict()
  .refine(({ from, until }) => until === null || (from !== null && from <= until), faultAt('span-upside-down'))
  .refine(
    ({ quotation, level }) => quotation.length === 0 || !['existence', 'not-found'].includes(level),
    faultAt('quotation-not-seen'),
  );
export type Version = z.infer<typeof versionSchema>;

const elementSchema = z
  .object({
    text: bilingualSchema,
    /** Records of an examination that bear on it, one way or the other. */
    measured: z.array(z.enum(MEASURED_CODES)),
    /** Records that are a clue and no more (a product code towards a maker): listed apart, never counted as measured. */
    leads: z.array(z.enum(MEASURED_CODES)),
    /** Questions whose answers bear on it. */
    stated: z.array(questionIdSchema),
    /** What stays open whatever is recorded. */
    remains: z.array(z.enum(UNKNOWN_CODES)),
  })
  .strict();

const holderSchema = z.enum([
  'anyone',
  'user',
  'data-supplier',
  'model-developer',
  'service-provider',
  'platform',
  'reposter',
  'tool-supplier',
  'information-handler',
  'authority',
  'this-tool',
]);
export type DutyHolder = z.infer<typeof holderSchema>;

const thresholdSchema = z
  .object({
    item: bilingualSchema,
    unit: z.enum([
      'item',
      'yuan',
      'view',
      'repost',
      'file',
      'member',
      'recipient',
      'hour',
      'month',
      'second',
      'ratio',
      'year',
    ]),
    /** Null where the provision names no number. */
    value: z.number().positive().nullable(),
  })
  .strict();
export type Threshold = z.infer<typeof thresholdSchema>;

const provisionFields = {
  id: idSchema,
  instrument: z.string(),
  domains: z.array(z.enum(['criminal', 'administrative', 'civil', 'labelling', 'evidence', 'public-interest'])).min(1),
  standing: standingSchema,
  /** Whether the day of the act or the day of the proceedings decides which version counts. */
  basis: z.enum(['act', 'proceedings']),
  gist: bilingualSchema,
  versions: z.array(versionSchema).min(1),
  holders: z.array(holderSchema),
  thresholds: z.array(thresholdSchema),
  /** What must be read with it. */
  caution: bilingualSchema.nullable(),
  routes: z.array(z.string()),
  related: z.array(z.string()),
};

const provisionSchema = z.object({ ...provisionFields, elements: z.array(z.string()).min(1) }).strict();

const clockSchema = z
  .object({
    id: idSchema,
    text: bilingualSchema,
    /** The event from which it runs. */
    from: z.enum(ROUTE_EVENTS).exclude(['answered']),
    /** Null where the law says "promptly" or "within a reasonable time" and no number. */
    period: z
      .object({ amount: z.number().int().positive(), unit: z.enum(['hours', 'days', 'months', 'years']) })
      .strict()
      .nullable(),
    provision: z.string(),
  })
  .strict();
export type Clock = z.infer<typeof clockSchema>;

const routeSchema = z
  .object({
    code: z.string().regex(/^RT-[A-Z0-9-]+$/),
    name: bilingualSchema,
    /** Address or number as published, and whether it was checked. */
    contact: z.object({ text: line, checked: z.boolean() }).strict().nullable(),
    /** What to take along. */
    bring: z.array(bilingualSchema),
    clocks: z.array(clockSchema),
  })
  .strict();
export type Route = z.infer<typeof routeSchema>;

const dutySchema = z
  .object({
    id: idSchema,
    holder: holderSchema,
    text: bilingualSchema,
    provisions: z.array(z.string()).min(1),
    measured: z.array(z.enum(MEASURED_CODES)),
    stated: z.array(questionIdSchema),
  })
  .strict();
export type Duty = z.infer<typeof dutySchema>;

const testSchema = z
  .object({
    id: idSchema,
    name: bilingualSchema,
    /** The ids of provisions, of this pack or another. */
    provisions: z.array(z.string()).min(1),
    answeredBy: bilingualSchema,
    weAdd: bilingualSchema,
    measured: z.array(z.enum(MEASURED_CODES)),
  })
  .strict();
export type RecognisabilityTest = z.infer<typeof testSchema>;

const academicViewSchema = z
  .object({
    id: idSchema,
    academic: z.literal(true),
    section: line,
    view: bilingualSchema,
    /** What the law in force says on the same point. */
    law: bilingualSchema,
    provisions: z.array(z.string()).min(1),
  })
  .strict();
export type AcademicView = z.infer<typeof academicViewSchema>;

const schemeSchema = z
  .object({
    id: idSchema,
    /** True for a proposal or reading of a paper: shown in the marked box only. */
    academic: z.boolean(),
    provision: z.string().nullable(),
    name: bilingualSchema,
    tiers: z.array(z.object({ count: z.number().int().positive().nullable(), of: bilingualSchema }).strict()).min(1),
  })
  .strict();
export type CountScheme = z.infer<typeof schemeSchema>;

const academicSchema = z
  .object({
    paper: line,
    views: z.array(academicViewSchema),
    /** The places where the paper is not the law. */
    differences: z.array(academicViewSchema),
  })
  .strict();

export const lawPackSchema = z
  .object({
    form: z.literal(1),
    id: idSchema,
    jurisdiction: z.string().regex(/^[A-Z]{2}$/),
    name: bilingualSchema,
    /** Day on which the pack as a whole was last checked. */
    asOf: z.iso.date(),
    sources: z.record(z.string(), sourceSchema),
    instruments: z.record(z.string(), instrumentSchema),
    elements: z.record(z.string(), elementSchema),
    provisions: z.array(provisionSchema).min(1).max(PACK_LIMITS.provisions),
    routes: z.array(routeSchema),
    duties: z.array(dutySchema),
    recognisability: z.array(testSchema),
    countSchemes: z.array(schemeSchema),
    /** Looked for and not found on the day of the pack, which proves nothing. */
    notFound: z.array(bilingualSchema),
    academic: academicSchema.nullable(),
  })
  .strict()
  .superRefine((pack, context) => {
    for (const [fault, place] of brokenLinks(pack)) context.addIssue(faultAt(fault, place));
  });

type PackFile = z.infer<typeof lawPackSchema>;

export interface Element extends z.infer<typeof elementSchema> {
  readonly id: string;
}

/** A provision with its elements and instrument in place. There is no field for whether it is met. */
export interface Provision extends Omit<z.infer<typeof provisionSchema>, 'elements' | 'instrument'> {
  readonly elements: readonly Element[];
  readonly instrument: Instrument & { readonly id: string };
}

export interface LawPack extends Omit<PackFile, 'provisions' | 'elements'> {
  readonly provisions: readonly Provision[];
}

/** Faults of a pack's inner links and spans of time, each with its place. */
function brokenLinks(pack: Omit<PackFile, never>): [PackFault, place: string][] {
  const faults: [PackFault, string][] = [];
  const ids = new Set(pack.provisions.map(({ id }) => id));
  const routes = new Set(pack.routes.map(({ code }) => code));
  const within = (prefix: string, id: string) => !id.startsWith(prefix) || ids.has(id);
  if (ids.size !== pack.provisions.length) faults.push(['id-twice', 'provisions']);
  for (const provision of pack.provisions) {
    const { id } = provision;
    const at = (fault: PackFault, what: string) => faults.push([fault, `${id} → ${what}`]);
    if (!(provision.instrument in pack.instruments)) at('unknown-instrument', provision.instrument);
    for (const element of provision.elements) if (!(element in pack.elements)) at('unknown-element', element);
    for (const route of provision.routes) if (!routes.has(route)) at('unknown-route', route);
    for (const other of provision.related) if (!within(`${pack.id}.`, other)) at('unknown-related', other);
    for (const { sources } of provision.versions)
      for (const source of sources) if (!(source in pack.sources)) at('unknown-source', source);
    if (overlap(provision.versions)) faults.push(['versions-overlap', id]);
  }
  const cited = [
    ...pack.routes.flatMap(({ clocks }) => clocks.map(({ provision }) => provision)),
    ...pack.duties.flatMap(({ provisions }) => provisions),
    ...pack.recognisability.flatMap(({ provisions }) => provisions),
    ...pack.countSchemes.flatMap(({ provision }) => provision ?? []),
    ...[...(pack.academic?.views ?? []), ...(pack.academic?.differences ?? [])].flatMap(({ provisions }) => provisions),
  ];
  for (const id of cited) if (!within(`${pack.id}.`, id)) faults.push(['unknown-provision', id]);
  return faults;
}

function overlap(versions: readonly Version[]): boolean {
  const spans = versions.filter(({ from }) => from !== null).toSorted((a, b) => (a.from! < b.from! ? -1 : 1));
  return spans.some(({ until }, at) => {
    const next = spans[at + 1];
    return next !== undefined && (until === null || until >= next.from!);
  });
}

/**
 * Reads a pack from parsed JSON.
 * @throws AppError `LAW_PACK_INVALID` with places and number of the faults
 */
export function loadPack(json: unknown): LawPack {
  const parsed = lawPackSchema.safeParse(json);
  if (!parsed.success) throw new AppError('LAW_PACK_INVALID', { ...fileFaults(parsed.error) });
  const { provisions, elements, ...rest } = parsed.data;
  return {
    ...rest,
    provisions: provisions.map((provision) => ({
      ...provision,
      instrument: { id: provision.instrument, ...rest.instruments[provision.instrument]! },
      elements: provision.elements.map((id) => ({ id, ...elements[id]! })),
    })),
  };
}

/**
 * Reads a pack from the bytes of a file that somebody chose.
 * @throws AppError `LAW_PACK_INVALID` also where the file is too large, not UTF-8 or not JSON
 */
export function importPack(bytes: Uint8Array): LawPack {
  if (bytes.length > PACK_LIMITS.bytes)
    throw new AppError('LAW_PACK_INVALID', { ...oneFault('whole-file', 'too_big') });
  let json: unknown;
  try {
    json = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch {
    throw new AppError('LAW_PACK_INVALID', { ...NOT_JSON });
  }
  return loadPack(json);
}
