/** What the examiner chose in the item table, kept while other screens are shown: the question asked, the row in hand, the marks. */
import { create } from 'zustand';
import type { ItemFilter, RequestInput } from '../../main/contract/ipc.ts';

export type Query = Required<Pick<RequestInput<'items.page'>, 'sort' | 'descending' | 'filter' | 'group'>>;
export type Sort = Query['sort'];
export type Grouping = Query['group'];

interface DeskState {
  readonly query: Query;
  /** Place of the row in hand among the rows that the filter lets through. */
  readonly at: number;
  /** Digest of the item in hand; null before one was chosen. */
  readonly item: string | null;
  /** Digests of the items marked, in the order of marking. */
  readonly marked: readonly string[];
  readonly inspector: boolean;
  ask(change: Partial<Query>): void;
  filter(change: Partial<ItemFilter>): void;
  choose(at: number, item: string | null): void;
  mark(item: string): void;
  unmark(): void;
  showInspector(shown: boolean): void;
}

export const useDesk = create<DeskState>((set) => ({
  query: { sort: 'received', descending: false, filter: {}, group: 'none' },
  at: 0,
  item: null,
  marked: [],
  inspector: true,
  ask: (change) => set(({ query }) => ({ query: { ...query, ...change }, at: 0 })),
  filter: (change) =>
    set(({ query }) => ({ query: { ...query, filter: withoutEmpty({ ...query.filter, ...change }) }, at: 0 })),
  choose: (at, item) => set({ at, item }),
  mark: (item) =>
    set(({ marked }) => ({
      marked: marked.includes(item) ? marked.filter((other) => other !== item) : [...marked, item],
    })),
  unmark: () => set({ marked: [] }),
  showInspector: (inspector) => set({ inspector }),
}));

/** What is left out does not filter: neither does an empty text or list. */
function withoutEmpty(filter: ItemFilter): ItemFilter {
  return Object.fromEntries(
    Object.entries(filter).filter(
      ([, value]) => value !== undefined && value !== false && (value as string).length !== 0,
    ),
  );
}
