/** Content Credentials: every manifest and ingredient of the file, who signed, whether the bytes are still those that were signed, and on which list the signer stands. */
import type { Analyzer, AnalyzerContext } from '../../contract/analyzer.ts';
import { type Fact, fact, type Place, reason, type Strength } from '../../contract/fact.ts';
import type { RangedSource } from '../../contract/media.ts';
import { evidence, notApplicable } from '../../contract/outcome.ts';
import { ANALYZER_VERSIONS, TRUST_LISTS_FACT } from '../../contract/versions.ts';
import { NS } from '../bytes/xmp.ts';
import { manifestPlaces } from '../c2pa/jumbf.ts';
import { IN_MEMORY, type ReadJob } from '../c2pa/protocol.ts';
import type { C2paReader } from '../c2pa/reader.ts';
import { type C2paReport, type C2paState, type Manifest, readReport, stateOfError } from '../c2pa/report.ts';
import { installedTrustLists, type TrustList, trustListVersion } from '../c2pa/trust-lists.ts';
import { surveyOf } from '../containers/index.ts';
import { metadataOf, place, placeIn, xmpValues } from '../metadata.ts';
import type { Says } from '../says.ts';
import { sourceTypeSays } from '../source-type.ts';
import type { Block, Format, Survey } from '../survey.ts';

export interface C2paOptions {
  readonly reader: C2paReader;
  /** Folder of installed trust lists; null for none. */
  readonly trustFolder: string | null;
  /** The time at which certificates are judged. */
  readonly now: () => Date;
}

/** What was read, for the comparison of all signals; memoised by the opened file. */
export interface C2paReading {
  readonly state: C2paState;
  readonly report: C2paReport | null;
  readonly facts: readonly Fact[];
}

export function c2paAnalyzer(
  readings: (source: RangedSource, context: AnalyzerContext) => Promise<C2paReading>,
): Analyzer {
  return {
    id: 'provenance-c2pa',
    version: ANALYZER_VERSIONS['provenance-c2pa'],
    needs: [],
    models: [],
    timeLimitS: 120,
    appliesTo: () => null,
    async run({ media }, context) {
      const survey = await surveyOf(media.source, context.signal);
      if (mediaTypeOf(survey) === null) return [notApplicable('file', reason('c2pa-no-binding'))];
      const { facts } = await readings(media.source, context);
      return [evidence('file', { facts: [...facts], examined: ['c2pa-manifest', 'c2pa-remote-address'] })];
    },
  };
}

/** Remembers one reading a file, since two analyzers ask for it. */
export function rememberReadings(
  options: C2paOptions,
): (source: RangedSource, context: AnalyzerContext) => Promise<C2paReading> {
  const readings = new WeakMap<RangedSource, Promise<C2paReading>>();
  return (source, context) => {
    const known = readings.get(source);
    if (known) return known;
    const made = read(source, context, options);
    readings.set(source, made);
    made.catch(() => readings.delete(source));
    return made;
  };
}

const TYPES: ReadonlyMap<Format, string> = new Map([
  ['jpeg', 'image/jpeg'],
  ['png', 'image/png'],
  ['webp', 'image/webp'],
  ['gif', 'image/gif'],
  ['tiff', 'image/tiff'],
  ['wav', 'audio/wav'],
  ['avi', 'video/avi'],
  ['mp3', 'audio/mpeg'],
  ['flac', 'audio/flac'],
  ['pdf', 'application/pdf'],
  ['svg', 'image/svg+xml'],
]);

const BRANDS: ReadonlyMap<string, string> = new Map([
  ['heic', 'image/heic'],
  ['heix', 'image/heic'],
  ['mif1', 'image/heif'],
  ['avif', 'image/avif'],
  ['avis', 'image/avif'],
  ['qt  ', 'video/quicktime'],
  ['M4A ', 'audio/mp4'],
  ['jxl ', 'image/jxl'],
]);

function mediaTypeOf(survey: Survey): string | null {
  if (survey.format !== 'bmff') return TYPES.get(survey.format) ?? null;
  return BRANDS.get(survey.bmff?.majorBrand ?? '') ?? 'video/mp4';
}

async function read(source: RangedSource, context: AnalyzerContext, options: C2paOptions): Promise<C2paReading> {
  const survey = await surveyOf(source, context.signal);
  const block = survey.c2pa[0];
  const remote = xmpValues(await metadataOf(survey), NS.dcterms, 'provenance')[0];
  if (!block) {
    if (remote)
      return stated('remote-not-fetched', place(remote.at), [
        fact('c2pa.remoteAddress', remote.value.slice(0, 2000), { at: place(remote.at) }),
      ]);
    const broken = brokenContainer(survey);
    if (broken) return stated('unreadable', null, [fact('c2pa.reason', 'container-broken')]);
    // Behind a limit of ours may stand what was not found before it.
    const limited = survey.end === null && survey.problems.some(({ code }) => /^limit-(parts|bytes|time)$/.test(code));
    if (limited) return stated('unreadable', null, [fact('c2pa.reason', 'container-not-read-through')]);
    return stated('none', null);
  }
  const at = place(block.at);
  const mediaType = mediaTypeOf(survey);
  if (mediaType === null) return stated('unknown-format', at, [fact('c2pa.reason', 'container-not-supported')]);
  if (!source.path && source.size > IN_MEMORY) return stated('unreadable', at, [fact('c2pa.reason', 'too-large')]);
  const lists = options.trustFolder === null ? [] : installedTrustLists(options.trustFolder);
  const now = options.now();
  const job: ReadJob = {
    kind: 'read',
    mediaType,
    path: source.path ?? null,
    bytes: source.path ? null : await source.read(0, source.size),
    store: new Uint8Array(block.bytes),
    validateAtMs: now.getTime(),
    reads:
      lists.length === 0
        ? [{ list: 'none', settings: null }]
        : lists.map(({ id, settings }) => ({ list: id, settings })),
  };
  const answer = await options.reader.read(job, source.size, context.signal);
  const common = [fact('c2pa.validatedAt', now.toISOString()), ...listFacts(lists)];
  if (answer.results === null) return stated('unreadable', at, [fact('c2pa.reason', answer.reason), ...common]);
  const report = readReport(answer.results);
  if (!report) {
    const error = answer.results[0]?.error ?? '';
    return stated(stateOfError(error), at, [fact('c2pa.readerError', errorName(error)), ...common]);
  }
  return { state: report.state, report, facts: [...reportFacts(report, block, lists), ...common] };
}

/** Structures in which a manifest would have been found had the container been whole. */
function brokenContainer(survey: Survey): boolean {
  const codes =
    survey.format === 'bmff' ? ['structure', 'limit-depth', 'item-beyond-file'] : ['structure', 'svg-doctype'];
  return (
    ['bmff', 'png', 'wav', 'avi', 'webp', 'svg'].includes(survey.format) &&
    survey.problems.some((p) => codes.includes(p.code))
  );
}

function stated(state: C2paState, at: Place | null, more: readonly Fact[] = []): C2paReading {
  return { state, report: null, facts: [fact('c2pa.state', state, { at }), ...more] };
}

/** Variant names only: messages of the library may quote the file. */
function errorName(error: string): string {
  return /^[A-Za-z0-9]+(?:\([A-Za-z0-9]+)?/.exec(error)?.[0].replace('(', '.') ?? 'unknown';
}

function listFacts(lists: readonly TrustList[]): Fact[] {
  if (lists.length === 0) return [fact(TRUST_LISTS_FACT, 'none')];
  return lists.map((l) => fact(TRUST_LISTS_FACT, `${l.id} ${trustListVersion(l)}`));
}

/** S4 signed by a known signer, S3 signed and intact, S1 where the binding to these bytes or the claim itself is broken. */
function strengthOf(state: C2paState): Strength {
  if (state === 'trusted') return 'S4';
  return state === 'signer-unknown' || state === 'expired' || state === 'malformed' ? 'S3' : 'S1';
}

function reportFacts(report: C2paReport, block: Block, lists: readonly TrustList[]): Fact[] {
  const strength = strengthOf(report.state);
  const whole = place(block.at);
  const tampered = report.state === 'content-changed' || report.state === 'credential-altered';
  const says: Says = tampered ? 'tampered' : 'credentials';
  const facts = [
    fact('c2pa.state', report.state, { strength: tampered ? 'S3' : strength, says, at: whole }),
    fact('c2pa.manifestCount', report.manifests.length, { at: whole }),
  ];
  for (const [list, state] of report.byList) {
    facts.push(fact('c2pa.stateByList', `${list} ${state}`, { at: whole }));
    const installed = lists.find((l) => l.id === list);
    if (state === 'trusted' && installed)
      facts.push(fact('c2pa.trustList', `${list} ${installed.date}`, { strength, at: whole }));
  }
  for (const code of new Set(report.failures)) facts.push(fact('c2pa.validationCode', code, { at: whole }));
  for (const code of new Set(report.ingredientFailures))
    facts.push(fact('c2pa.ingredientValidationCode', code, { at: whole }));
  const places = manifestPlaces(block.bytes);
  for (const manifest of report.manifests) {
    const inner = places.get(manifest.label);
    facts.push(...manifestFacts(manifest, strength, inner ? place(placeIn(block, inner)) : whole));
  }
  return facts;
}

const LONGEST = 500;

function manifestFacts(m: Manifest, strength: Strength, at: Place): Fact[] {
  const facts = [fact('c2pa.manifest', [m.label.slice(0, LONGEST), m.relationship], { at })];
  const one = (id: string, value: string | null, says: Says | null = null) => {
    if (value !== null && value !== '') facts.push(fact(id, value.slice(0, LONGEST), { strength, says, at }));
  };
  one('c2pa.claimGenerator', m.generator);
  if (m.active) {
    one('c2pa.issuer', m.issuer);
    one('c2pa.signer', m.commonName);
    one('c2pa.algorithm', m.algorithm);
    one('c2pa.signedAt', m.signedAt);
  } else one('c2pa.ingredientIssuer', m.issuer);
  for (const term of m.sourceTypes) {
    const says = supports(term, m.relationship);
    one('c2pa.digitalSourceType', term, says);
    if (m.active) one('c2pa.activeDigitalSourceType', term);
  }
  for (const action of new Set(m.actions.map((a) => a.action)))
    one(m.active ? 'c2pa.action' : 'c2pa.ingredientAction', action);
  for (const agent of new Set(m.actions.map((a) => a.agent))) one('c2pa.softwareAgent', agent);
  for (const text of new Set(m.actions.map((a) => a.description))) one('c2pa.actionDescription', text);
  const product = productOf(m);
  if (product !== null) {
    const term = m.sourceTypes
      .map((t) => supports(t, m.relationship))
      .find((s) => s === 'generated' || s === 'edited-with-ai');
    one('generator.name', product, term ?? null);
  }
  return facts;
}

/** A generated component makes the whole a work edited with AI; a generated parent is the work itself before it was wrapped. */
function supports(term: string, relationship: string): Says | null {
  const says = sourceTypeSays(term);
  if (says !== 'generated' || relationship === 'active' || relationship === 'parentOf')
    return relationship === 'unreferenced' ? null : says;
  return relationship === 'unreferenced' ? null : 'edited-with-ai';
}

/** Products by the names that their own manifests give. */
const PRODUCTS: readonly (readonly [RegExp, string])[] = [
  [/\bsora\b/i, 'OpenAI Sora'],
  [/gpt-image/i, 'OpenAI gpt-image'],
  [/dall[·\-. ]?e/i, 'OpenAI DALL-E'],
  [/^chatgpt/i, 'OpenAI ChatGPT'],
  [/firefly/i, 'Adobe Firefly'],
  [/^flux|black forest labs/i, 'Black Forest Labs FLUX'],
  [/elevenlabs|eleven labs/i, 'ElevenLabs'],
  [/photo assist/i, 'Samsung Photo assist'],
  [/google generative ai/i, 'Google Generative AI'],
  [/midjourney/i, 'Midjourney'],
  [/stability ai|stable diffusion/i, 'Stability AI'],
  [/bing image creator|designer/i, 'Microsoft Designer'],
  [/\bsuno\b/i, 'Suno'],
  [/\brunway/i, 'Runway'],
  [/\bpika\b/i, 'Pika'],
  [/\bkling\b/i, 'Kuaishou Kling'],
  [/\btitan image|amazon (nova|titan)/i, 'Amazon'],
  [/\bgrok\b|\bxai\b/i, 'xAI Grok'],
];

function productOf(m: Manifest): string | null {
  const names = [...m.actions.flatMap((a) => [a.agent, a.description]), m.generator, m.commonName].filter(
    (n): n is string => n !== null,
  );
  for (const name of names) {
    const found = PRODUCTS.find(([pattern]) => pattern.test(name));
    if (found) return found[1];
  }
  return null;
}
