/** Where rows and the headings of their groups stand in a table that shows both. */
import type { ItemPage } from '../../main/contract/ipc.ts';

export type Line =
  | { readonly kind: 'group'; readonly id: string; readonly rows: number }
  | { readonly kind: 'row'; readonly at: number };

export interface Lines {
  readonly count: number;
  line(index: number): Line;
  /** Line on which a row stands. */
  indexOf(row: number): number;
}

/** Without groups a line is a row. Groups come in the order of their rows. */
export function linesOf(total: number, groups: ItemPage['groups']): Lines {
  if (groups.length === 0) return { count: total, line: (at) => ({ kind: 'row', at }), indexOf: (row) => row };
  const firstRows: number[] = [];
  let rows = 0;
  for (const group of groups) {
    firstRows.push(rows);
    rows += group.rows;
  }
  /** The last group for which `start` is not beyond the place. */
  const groupAt = (place: number, start: (group: number) => number) => {
    let low = 0;
    let high = groups.length - 1;
    while (low < high) {
      const middle = Math.ceil((low + high) / 2);
      if (start(middle) <= place) low = middle;
      else high = middle - 1;
    }
    return low;
  };
  return {
    count: rows + groups.length,
    line: (index) => {
      const group = groupAt(index, (n) => firstRows[n]! + n);
      const inGroup = index - firstRows[group]! - group;
      return inGroup === 0
        ? { kind: 'group', ...groups[group]! }
        : { kind: 'row', at: firstRows[group]! + inGroup - 1 };
    },
    indexOf: (row) => row + groupAt(row, (n) => firstRows[n]!) + 1,
  };
}
