/** What a window asks of the items of a case: lists, answers, origin, bytes, notes and assessments, and who appears in several of them. */
import {
  addBookmark,
  addNote,
  eraseItem,
  getItem,
  itemName,
  latestExamination,
  latestGrouping,
  listItems,
  type OpenCase,
  readItemBytes,
  removeBookmark,
  type StoredExamination,
  type StoredGrouping,
  setItemRole,
  signAssessment,
  writeAssessment,
} from '../cases/index.ts';
import { type Handlers, type KeptItem, Refusal, type RequestOutput, type RequestValue } from '../contract/ipc.ts';
import { commonScenes, isSameScene, itemScenes, rangeParams, sceneFacts, scenesOf } from '../forensics/index.ts';
import { decodingFault, isCutShort } from '../jobs/entry-fault.ts';
import { groupPersonsOf } from '../jobs/group-persons.ts';
import { provenanceReport } from '../provenance/index.ts';
import { answerOf } from './answer.ts';
import type { WindowHost } from './host.ts';
import { personsOf } from './persons.ts';
import { forget, type Seat } from './seat.ts';

/** Kept items told at once. */
const PAGE = 50;

/** The handlers of these requests; `examiner` gives the name that the user stated. */
export function itemHandlers(host: WindowHost, seat: Seat, examiner: () => string) {
  const theCase = async () => (await seat.desk()).case;
  const act = async (change: (c: OpenCase) => void) => {
    change(await theCase());
    return {};
  };
  // One run at a time serves everybody who asks meanwhile.
  let grouping: Promise<StoredGrouping> | null = null;
  return {
    'persons.last': async () => {
      const c = await theCase();
      const last = latestGrouping(c);
      return { persons: last && personsOf(c, last) };
    },
    'persons.group': async () => {
      const c = await theCase();
      grouping ??= groupPersonsOf(c).finally(() => {
        grouping = null;
      });
      const persons = personsOf(c, await grouping);
      host.emit('changed', {});
      return { persons };
    },
    'items.kept': async ({ before }: RequestValue<'items.kept'>) => kept(await theCase(), before),
    'items.page': async (input: RequestValue<'items.page'>) => (await seat.desk()).index.page(input),
    'items.scenes': async ({ questioned, source }: RequestValue<'items.scenes'>) =>
      scenes(await theCase(), questioned, source),
    'item.answer': async ({ item }: RequestValue<'item.answer'>) => {
      const { case: c, views, installed, index } = await seat.desk();
      return answerOf(c, item, {
        examiner: examiner(),
        revealed: views.isRevealed(item),
        installed,
        samplesChanged: index.comparedBefore().has(item),
      });
    },
    'item.provenance': async ({ item }: RequestValue<'item.provenance'>) => provenance(await theCase(), item),
    'item.bytes': async ({ item, offset, length }: RequestValue<'item.bytes'>) => {
      const bytes = await readItemBytes(await theCase(), item, { offset, length });
      return { hex: Buffer.from(bytes).toString('hex') };
    },
    'item.note': ({ item, text }: RequestValue<'item.note'>) => act((c) => void addNote(c, { item, text })),
    'item.role': async ({ item, role }: RequestValue<'item.role'>) => {
      const { case: c, index } = await seat.desk();
      setItemRole(c, item, role);
      index.touch(item);
      host.emit('changed', {});
      return {};
    },
    'item.bookmark': async ({ item, atS, label }: RequestValue<'item.bookmark'>) =>
      addBookmark(await theCase(), item, { atS, label }),
    'item.unbookmark': ({ item, bookmark }: RequestValue<'item.unbookmark'>) =>
      act((c) => removeBookmark(c, item, bookmark)),
    'item.assess': async ({ item, opinions }: RequestValue<'item.assess'>) => ({
      id: writeAssessment(await theCase(), item, { examiner: named(examiner()), opinions }),
    }),
    'item.sign': ({ item, assessment }: RequestValue<'item.sign'>) =>
      act((c) => signAssessment(c, item, assessment, named(examiner()))),
    'item.erase': async ({ item }: RequestValue<'item.erase'>) => {
      await seat.mustBeFree();
      const opened = await seat.open();
      const { items, files, entries } = await eraseItem(opened.desk.case, item);
      await forget(opened, items);
      host.emit('changed', {});
      return { items: [...items], files, proof: entries.map(({ seq, hash }) => ({ seq, hash })) };
    },
  } satisfies Partial<Handlers>;
}

function kept(c: OpenCase, before: number | null): RequestOutput<'items.kept'> {
  const all = listItems(c, { role: 'questioned', limit: Number.MAX_SAFE_INTEGER }).filter(
    (row) => row.parent === null && (before === null || row.ordinal < before),
  );
  const page = all.slice(-PAGE).reverse();
  return {
    items: page.map(
      ({ sha256, receivedAtMs }): KeptItem => ({
        sha256,
        name: itemName(c, sha256),
        receivedAtMs,
        examined: extentOf(latestExamination(c, sha256)),
      }),
    ),
    before: all.length > page.length ? page.at(-1)!.ordinal : null,
  };
}

function extentOf(examination: StoredExamination | null): KeptItem['examined'] {
  if (!examination) return 'no';
  return decodingFault(examination) || isCutShort(examination) ? 'partly' : 'whole';
}

function scenes(c: OpenCase, questioned: string, source: string): RequestOutput<'items.scenes'> {
  const [a, b] = [questioned, source].map((item) => {
    const examination = latestExamination(c, getItem(c, item).sha256);
    const facts = examination && sceneFacts(examination.outcomes);
    return facts && itemScenes(examination.info, scenesOf(facts));
  });
  if (!a || !b) return { common: null };
  const { compared, ranges, nearest } = commonScenes(a, b);
  return {
    common: {
      compared,
      ranges: ranges.map((range) => ({ mirrored: range.mirrored, ...rangeParams(range) })),
      nearest: nearest && { ...nearest, same: isSameScene(nearest) },
    },
  };
}

async function provenance(c: OpenCase, item: string): Promise<RequestOutput<'item.provenance'>> {
  const { bytes } = getItem(c, item);
  const outcomes = latestExamination(c, item)?.outcomes ?? [];
  const read = (offset: number, length: number) => readItemBytes(c, item, { offset, length });
  const branches = await provenanceReport(outcomes, { size: bytes, read });
  return {
    branches: branches.map(({ examined, facts, ...branch }) => ({
      ...branch,
      examined: [...examined],
      facts: [...facts],
    })),
  };
}

/** Nobody signs without a name. */
function named(examiner: string): string {
  if (!examiner) throw new Refusal('NOT_CONFIRMED');
  return examiner;
}
