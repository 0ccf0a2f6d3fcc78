/** Groups the faces and the voices of a case's questioned items by likeness, from the vectors that scans kept, and keeps the result. No file is opened. */
import {
  type GroupingPart,
  groupingBasis,
  latestGrouping,
  listItems,
  type OpenCase,
  recordGrouping,
  type StoredGrouping,
  vectorsOf,
} from '../cases/index.ts';
import { type EmbeddingNetworks, madeAlike } from '../contract/analyzer.ts';
import { breathe } from '../contract/breathe.ts';
import type { DerivedTemplate } from '../contract/engine.ts';
import { type Reason, reason } from '../contract/fact.ts';
import type { Grouped, GroupedKind, GroupMember } from '../contract/grouping.ts';
import {
  type Appearance,
  embeddingNetworks,
  GATES,
  groupPersons,
  type Limits,
  limitsFor,
  whyNotGrouped,
} from '../identity/index.ts';
import { MODELS_FOLDER } from './installation.ts';

export interface GroupingRequest {
  /** Networks whose vectors are compared: others are said to be left out. */
  readonly networks: EmbeddingNetworks;
  readonly modelsFolder: string;
  readonly signal: AbortSignal;
}

/** A face or voice of one item, as kept. */
interface Kept {
  readonly kind: GroupedKind;
  readonly subject: string;
  readonly template: DerivedTemplate | null;
}

/** Items read, or pairs compared, before other work gets its turn. */
const SLICE = 50;

const SUBJECTS: Readonly<Record<string, GroupedKind>> = { 'face-track': 'face', speaker: 'voice' };

/** The grouping of now. The last one is given where nothing has changed since. Throws AppError `CANCELLED`, `VAULT_CORRUPT`. */
export async function groupCase(c: OpenCase, request: GroupingRequest): Promise<StoredGrouping> {
  const last = latestGrouping(c);
  if (last?.current && sameNetworks(last, request)) return last;
  const basis = groupingBasis(c);
  const { items, counts } = await readItems(c, request.signal);
  const kinds: Grouped[] = [];
  const members = new Map<Kept, GroupMember>();
  for (const kind of ['face', 'voice'] as const) {
    const limits = limitsFor(request.modelsFolder, kind, request.networks[kind]);
    if (limits) kinds.push(await groupKind(kind, limits, items, members, request));
  }
  const parts: GroupingPart[] = items.flatMap(({ item, kept }) => {
    const own = kept.flatMap((one) => members.get(one) ?? []);
    return own.length > 0 ? [{ item, members: own }] : [];
  });
  request.signal.throwIfAborted();
  recordGrouping(c, { kinds, ...counts }, parts, basis);
  return latestGrouping(c)!;
}

/** The same with the networks of this installation. */
export function groupPersonsOf(
  c: OpenCase,
  signal: AbortSignal = new AbortController().signal,
): Promise<StoredGrouping> {
  return groupCase(c, { networks: embeddingNetworks(MODELS_FOLDER), modelsFolder: MODELS_FOLDER, signal });
}

function sameNetworks({ kinds }: StoredGrouping, { networks, modelsFolder }: GroupingRequest): boolean {
  return (['face', 'voice'] as const).every((kind) => {
    const limits = limitsFor(modelsFolder, kind, networks[kind]);
    const known = kinds.find((one) => one.kind === kind);
    if (!limits || !known) return !limits === !known;
    const same = known.limits.together === limits.together && known.limits.apart === limits.apart;
    return same && madeAlike(known.models, networks[kind]);
  });
}

interface ReadItem {
  readonly item: string;
  readonly kept: readonly Kept[];
}

async function readItems(c: OpenCase, signal: AbortSignal) {
  const items: ReadItem[] = [];
  const counts = { items: 0, notRetained: 0, notExamined: 0 };
  for (let after = 0; ; ) {
    const page = listItems(c, { role: 'questioned', after, limit: SLICE });
    for (const { sha256, retention } of page) {
      counts.items++;
      const found = vectorsOf(c, sha256);
      if (!found) counts.notExamined++;
      else if (retention === 'none') counts.notRetained++;
      else items.push({ item: sha256, kept: keptOf(found) });
    }
    const last = page.at(-1);
    if (!last) return { items, counts };
    after = last.ordinal;
    await breathe(signal);
  }
}

/** Those with a vector, then those that outcomes name without one. */
function keptOf({ templates, subjects }: NonNullable<ReturnType<typeof vectorsOf>>): Kept[] {
  const without = subjects.filter((subject) => !templates.some((template) => template.subject === subject));
  return [
    ...templates.map((template) => ({ kind: template.kind, subject: template.subject, template })),
    ...without.flatMap((subject) => {
      const kind = SUBJECTS[subject.split(':')[0]!];
      return kind ? [{ kind, subject, template: null }] : [];
    }),
  ];
}

async function groupKind(
  kind: GroupedKind,
  limits: Limits,
  items: readonly ReadItem[],
  members: Map<Kept, GroupMember>,
  { networks, signal }: GroupingRequest,
): Promise<Grouped> {
  const compared: { readonly kept: Kept; readonly template: DerivedTemplate; readonly item: string }[] = [];
  const left = new Map<string, number>();
  for (const { item, kept } of items)
    for (const one of kept.filter((k) => k.kind === kind)) {
      const why = whyNotCompared(one, networks);
      if (!why) compared.push({ kept: one, template: one.template!, item });
      else {
        left.set(why.code, (left.get(why.code) ?? 0) + 1);
        members.set(one, { kind, subject: one.subject, group: null, wide: null, reason: why });
      }
    }
  const placeOf = new Map(compared.map(({ item, template }, n) => [`${item} ${template.subject}`, n]));
  const appearances = compared.map(
    ({ item, template }): Appearance => ({
      vector: template.vector,
      seenWith: template.seenWith.flatMap((subject) => placeOf.get(`${item} ${subject}`) ?? []),
    }),
  );
  const run = groupPersons(appearances, limits);
  let step = run.next();
  while (!step.done) {
    await breathe(signal);
    step = run.next();
  }
  const { group, wide } = step.value;
  for (const [n, { kept }] of compared.entries())
    members.set(kept, { kind, subject: kept.subject, group: group[n]! + 1, wide: wide[n]! + 1, reason: null });
  const groupsIn = new Map<number, Set<number>>();
  for (const [n, w] of wide.entries()) groupsIn.set(w, (groupsIn.get(w) ?? new Set()).add(group[n]!));
  return {
    kind,
    method: 'average-linkage',
    models: { ...networks[kind] },
    limits: { together: limits.together, apart: limits.apart },
    gates: { ...GATES[kind] },
    compared: compared.length,
    low: groupsIn.size,
    high: new Set(group).size,
    uncertain: wide.filter((w) => groupsIn.get(w)!.size > 1).length,
    notCompared: [...left].map(([code, count]) => ({ code, appearances: count })),
  };
}

function whyNotCompared({ kind, template }: Kept, networks: EmbeddingNetworks): Reason | null {
  if (!template) return reason('no-vector');
  if (!madeAlike(template.models, networks[kind])) return reason('vector-made-otherwise');
  return whyNotGrouped(kind, template.quality);
}
