/** The rows that a table shows, fetched in windows as somebody scrolls: only windows near the view are held. */
import { useCallback, useEffect, useRef, useState } from 'react';
import type { Fault, ItemPage, ItemTableRow } from '../../main/contract/ipc.ts';
import { faultOf, request } from '../host/bridge.ts';
import { useSession } from '../state/session.ts';
import type { Query } from './desk.ts';

/** Rows of one window. */
const WINDOW = 100;

/** Windows held at once; the furthest from the view go first, except the one that has just come: the view may still be on its way there. */
const MAX_HELD = 12;

/** While somebody scrolls past, nothing is fetched for what is out of view again within this time. Milliseconds. */
const SETTLE_MS = 60;

export interface Rows {
  /** Null before the first answer. */
  readonly total: number | null;
  readonly all: number;
  readonly groups: ItemPage['groups'];
  readonly fault: Fault | null;
  /** Undefined while it is being fetched. */
  row(at: number): ItemTableRow | undefined;
  /** Tells which rows are in view. */
  view(from: number, to: number): void;
  /** The row at a place, fetched where it is not held. */
  fetch(at: number): Promise<ItemTableRow | undefined>;
}

interface Held {
  readonly windows: ReadonlyMap<number, readonly ItemTableRow[]>;
  readonly total: number | null;
  readonly all: number;
  readonly groups: ItemPage['groups'];
  readonly fault: Fault | null;
}

const NOTHING: Held = { windows: new Map(), total: null, all: 0, groups: [], fault: null };

export function useRows(query: Query): Rows {
  const revision = useSession((state) => state.revision);
  const [held, setHeld] = useState<Held>(NOTHING);
  const key = JSON.stringify(query);
  const asked = useRef(new Set<number>());
  const turn = useRef(0);
  const inView = useRef({ first: 0, last: 0 });
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);

  const load = useCallback(
    async (window: number, mine: number): Promise<readonly ItemTableRow[]> => {
      asked.current.add(window);
      try {
        const page = await request('items.page', {
          ...(JSON.parse(key) as Query),
          offset: window * WINDOW,
          limit: WINDOW,
        });
        if (mine === turn.current) setHeld((before) => withWindow(before, window, page, inView.current.first));
        return page.rows;
      } catch (thrown) {
        if (mine === turn.current) setHeld((before) => ({ ...before, fault: faultOf(thrown) }));
        return [];
      } finally {
        asked.current.delete(window);
      }
    },
    [key],
  );

  // biome-ignore lint/correctness/useExhaustiveDependencies: a change of the case asks for the rows in view anew; those before stay visible.
  useEffect(() => {
    turn.current += 1;
    asked.current.clear();
    const { first, last } = inView.current;
    for (let window = first; window <= last; window += 1) void load(window, turn.current);
  }, [load, revision]);

  // biome-ignore lint/correctness/useExhaustiveDependencies: another question begins at the top.
  useEffect(() => {
    inView.current = { first: 0, last: 0 };
    setHeld((before) => ({ ...before, windows: new Map() }));
  }, [key]);

  const { windows, total } = held;
  const view = useCallback(
    (from: number, to: number) => {
      inView.current = { first: Math.floor(from / WINDOW), last: Math.floor(Math.max(from, to) / WINDOW) };
      clearTimeout(timer.current);
      timer.current = setTimeout(() => {
        const { first, last } = inView.current;
        for (let window = first; window <= last; window += 1)
          if (!windows.has(window) && !asked.current.has(window)) void load(window, turn.current);
      }, SETTLE_MS);
    },
    [windows, load],
  );
  useEffect(() => () => clearTimeout(timer.current), []);

  const row = useCallback((at: number) => windows.get(Math.floor(at / WINDOW))?.[at % WINDOW], [windows]);
  const fetch = useCallback(
    async (at: number) => row(at) ?? (await load(Math.floor(at / WINDOW), turn.current))[at % WINDOW],
    [row, load],
  );
  return { total, all: held.all, groups: held.groups, fault: held.fault, row, view, fetch };
}

function withWindow(before: Held, window: number, page: ItemPage, near: number): Held {
  const windows = new Map(before.total === page.total ? before.windows : []);
  windows.set(window, page.rows);
  const others = [...windows.keys()].filter((other) => other !== window);
  const furthest = others.sort((a, b) => Math.abs(b - near) - Math.abs(a - near));
  for (const other of furthest.slice(0, Math.max(0, windows.size - MAX_HELD))) windows.delete(other);
  return { windows, total: page.total, all: page.all, groups: page.groups, fault: null };
}
