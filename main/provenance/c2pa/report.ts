/**
 * The library's report read as data: manifests, their ingredients and validation codes (C2PA specification 2.2, section 15), and the one
 * state that this product names for a file. Signature valid, signer trusted, expired and tampered are four different things here.
 */
import { asList, asMap, asString, type Json, parseJson } from '../bytes/json.ts';
import { sourceTypeTerm } from '../source-type.ts';
import type { ReadResult } from './protocol.ts';

export const STATES = [
  'none',
  'trusted',
  'signer-unknown',
  'expired',
  'content-changed',
  'credential-altered',
  'malformed',
  'unreadable',
  'remote-not-fetched',
  'unknown-format',
] as const;
export type C2paState = (typeof STATES)[number];

export interface Action {
  readonly action: string;
  readonly sourceType: string | null;
  readonly agent: string | null;
  readonly description: string | null;
}

export interface Manifest {
  readonly label: string;
  readonly active: boolean;
  /** How the active manifest reaches it: `active`, `parentOf`, `componentOf`, `inputTo`, or `unreferenced`. The weakest link of the way counts. */
  readonly relationship: string;
  readonly generator: string | null;
  readonly issuer: string | null;
  readonly commonName: string | null;
  readonly algorithm: string | null;
  /** ISO 8601, of the time stamp. */
  readonly signedAt: string | null;
  readonly actions: readonly Action[];
  readonly sourceTypes: readonly string[];
}

export interface C2paReport {
  readonly state: C2paState;
  /** State under each list that was tried. */
  readonly byList: ReadonlyMap<string, C2paState>;
  readonly manifests: readonly Manifest[];
  /** Failure codes of the active manifest, of the list that decided. */
  readonly failures: readonly string[];
  /** Failure codes that appeared in ingredients. */
  readonly ingredientFailures: readonly string[];
}

const MAX_MANIFESTS = 256;

/** Failure codes by what they mean. Codes of neither set, and not of trust or time, are the writer's breach of the specification: `malformed`. */
const ALTERED =
  /^(claimSignature\.mismatch|claimSignature\.missing|assertion\.hashedURI\.mismatch|assertion\.missing|assertion\.undeclared|hashedURI\.mismatch|ingredient\.(claimSignature|manifest|hashedURI)\.(mismatch|missing))/;
const CHANGED = /^assertion\.(dataHash|bmffHash|boxesHash|boxHash|collectionHash|multiAssetHash)\./;
const EXPIRED = /^(signingCredential\.expired|claimSignature\.outsideValidity)/;
const UNTRUSTED = /^signingCredential\.(untrusted|invalid|revoked|ocsp\.revoked)/;
/** Time stamps that do not count are told by `expired` where it matters; identity assertions (CAWG) speak of a person, not of the file. */
const NEUTRAL = /^(cawg\.|timeStamp\.|timeOfSigning\.|signingCredential\.ocsp\.(skipped|unknown|inaccessible))/;

/** The state of a set of failure codes: the first that applies, in the order of gravity. */
export function stateOf(failures: readonly string[]): C2paState {
  if (failures.some((f) => ALTERED.test(f))) return 'credential-altered';
  if (failures.some((f) => CHANGED.test(f))) return 'content-changed';
  if (failures.some((f) => !EXPIRED.test(f) && !UNTRUSTED.test(f) && !NEUTRAL.test(f))) return 'malformed';
  if (failures.some((f) => EXPIRED.test(f))) return 'expired';
  if (failures.some((f) => UNTRUSTED.test(f))) return 'signer-unknown';
  return 'trusted';
}

/** What an error of the library means; it gives no codes, only names inside a message. */
export function stateOfError(error: string): C2paState {
  if (error.includes('RemoteManifest')) return 'remote-not-fetched';
  if (/Prerelease|UnknownAlgorithm|UnsupportedType/.test(error)) return 'unknown-format';
  if (/JumbfNotFound/.test(error)) return 'none';
  return 'unreadable';
}

/** Null where the first read gave no report. Throws JsonRefused when the library's report is not JSON. */
export function readReport(results: readonly ReadResult[]): C2paReport | null {
  const [first, ...others] = results;
  if (!first || first.json === null) return null;
  const root = asMap(parseJson(first.json, true).value);
  if (!root) return null;
  const own = failuresOf(root);
  const content = own.active.filter((f) => !isTrust(f));
  const deltas = own.ingredients.filter((f) => !isTrust(f));
  const byList = new Map<string, C2paState>([[first.list, stateOf(own.active)]]);
  const failures = new Map<string, readonly string[]>([[first.list, own.active]]);
  for (const other of others) {
    if (other.json === null) continue;
    const map = asMap(parseJson(other.json, true).value);
    if (!map) continue;
    // Content was judged with the file; a store alone can only say who signed and when.
    const codes = [...content, ...failuresOf(map).active.filter(isTrust)];
    byList.set(other.list, stateOf(codes));
    failures.set(other.list, codes);
  }
  const best = BEST.map((state) => [...byList].find(([, s]) => s === state)).find((e) => e !== undefined) ?? [
    first.list,
    stateOf(own.active),
  ];
  const unexplained =
    best[1] !== 'credential-altered' && best[1] !== 'content-changed' && deltas.some((f) => ALTERED.test(f));
  return {
    state: unexplained ? 'credential-altered' : best[1],
    byList,
    manifests: manifestsOf(root),
    failures: failures.get(best[0]) ?? own.active,
    ingredientFailures: own.ingredients,
  };
}

const BEST: readonly C2paState[] = [
  'trusted',
  'signer-unknown',
  'expired',
  'malformed',
  'content-changed',
  'credential-altered',
];

function isTrust(code: string): boolean {
  return UNTRUSTED.test(code) || EXPIRED.test(code) || NEUTRAL.test(code);
}

function failuresOf(root: ReadonlyMap<string, Json>): { active: string[]; ingredients: string[] } {
  const results = asMap(root.get('validation_results'));
  const active = codesOf(asMap(results?.get('activeManifest')));
  const ingredients = asList(results?.get('ingredientDeltas')).flatMap((d) =>
    codesOf(asMap(asMap(d)?.get('validationDeltas'))),
  );
  if (results) return { active, ingredients };
  return {
    active: asList(root.get('validation_status')).map((s) => asString(asMap(s)?.get('code')) ?? 'general.error'),
    ingredients,
  };
}

function codesOf(group: ReadonlyMap<string, Json> | null): string[] {
  return asList(group?.get('failure')).map((f) => asString(asMap(f)?.get('code')) ?? 'general.error');
}

function manifestsOf(root: ReadonlyMap<string, Json>): Manifest[] {
  const activeLabel = asString(root.get('active_manifest'));
  const store = asMap(root.get('manifests')) ?? new Map<string, Json>();
  const relationships = walkIngredients(store, activeLabel);
  return [...store].slice(0, MAX_MANIFESTS).flatMap(([label, value]) => {
    const map = asMap(value);
    return map ? [manifestOf(label, map, label === activeLabel, relationships.get(label) ?? 'unreferenced')] : [];
  });
}

/** Breadth first over ingredients. Only a way that is `parentOf` all along keeps that name: what a component was made of is a component. */
function walkIngredients(store: ReadonlyMap<string, Json>, activeLabel: string | null): Map<string, string> {
  const found = new Map<string, string>();
  const queue: string[] = [];
  if (activeLabel !== null) {
    found.set(activeLabel, 'active');
    queue.push(activeLabel);
  }
  while (queue.length > 0) {
    const label = queue.shift()!;
    const own = found.get(label)!;
    for (const ingredient of asList(asMap(store.get(label))?.get('ingredients'))) {
      const map = asMap(ingredient);
      const target = asString(map?.get('active_manifest'));
      if (target === null || found.has(target) || !store.has(target)) continue;
      const relationship = asString(map?.get('relationship')) ?? 'componentOf';
      found.set(target, own === 'active' || own === 'parentOf' ? relationship : own);
      queue.push(target);
    }
  }
  return found;
}

function manifestOf(label: string, map: ReadonlyMap<string, Json>, active: boolean, relationship: string): Manifest {
  const signature = asMap(map.get('signature_info'));
  const actions = actionsOf(map);
  return {
    label,
    active,
    relationship,
    generator: generatorOf(map),
    issuer: asString(signature?.get('issuer')),
    commonName: asString(signature?.get('common_name')),
    algorithm: asString(signature?.get('alg')),
    signedAt: asString(signature?.get('time')),
    actions,
    sourceTypes: [...new Set(actions.flatMap((a) => (a.sourceType === null ? [] : [a.sourceType])))],
  };
}

function generatorOf(map: ReadonlyMap<string, Json>): string | null {
  const info = asMap(asList(map.get('claim_generator_info'))[0]);
  const name = asString(info?.get('name'));
  const version = asString(info?.get('version'));
  if (name === null) return asString(map.get('claim_generator'));
  return version === null ? name : `${name} ${version}`;
}

function actionsOf(map: ReadonlyMap<string, Json>): Action[] {
  return asList(map.get('assertions')).flatMap((assertion) => {
    const label = asString(asMap(assertion)?.get('label')) ?? '';
    if (!/^c2pa\.actions(\.v\d+)?(__\d+)?$/.test(label)) return [];
    const data = asMap(asMap(assertion)?.get('data'));
    const agents = asList(data?.get('softwareAgents'));
    return asList(data?.get('actions')).flatMap((a) => {
      const action = asMap(a);
      const name = asString(action?.get('action'));
      if (!action || name === null) return [];
      const source = asString(action.get('digitalSourceType'));
      return [
        {
          action: name,
          sourceType: source === null ? null : sourceTypeTerm(source),
          agent: agentOf(action, agents),
          description: asString(action.get('description')),
        },
      ];
    });
  });
}

function agentOf(action: ReadonlyMap<string, Json>, agents: readonly Json[]): string | null {
  const index = action.get('softwareAgentIndex');
  const agent = action.get('softwareAgent') ?? (typeof index === 'number' ? agents[index] : undefined);
  return asString(agent) ?? asString(asMap(agent)?.get('name'));
}
