// Is this version better than the one before? Paired differences of AUC on the items that both scored.
import { auc, bootstrap } from '../../main/fusion/metrics.ts';
import { number } from './figures.ts';
import type { Row } from './records.ts';

export interface Difference {
  readonly items: number;
  /** Now minus before. */
  readonly auc: number | null;
  /** 95 %, bootstrap over whole groups, both versions on the same draw. */
  readonly interval: readonly (number | null)[];
}

/** By condition; a condition that either version lacks is left out. */
export function differenceOf(now: readonly Row[], before: readonly Row[]): Record<string, Difference> {
  const earlier = new Map(before.map((r) => [key(r), r.score]));
  const both = now.filter((r) => earlier.has(key(r)));
  const gain = (rows: readonly Row[]) => auc(rows) - auc(rows.map((r) => ({ ...r, score: earlier.get(key(r))! })));
  return Object.fromEntries(
    [...Map.groupBy(both, (r) => r.condition)].map(([condition, rows]) => [
      condition,
      {
        items: rows.length,
        auc: number(gain(rows)),
        interval: bootstrap(rows, (r) => r.group, gain, { rounds: 100 }).map(number),
      },
    ]),
  );
}

/** Whether both hold the same items with the same scores under the conditions that both have: further conditions make no other version. */
export function sameScores(a: readonly Row[], b: readonly Row[]): boolean {
  const known = new Set(a.map((r) => r.condition));
  const shared = new Set(b.map((r) => r.condition).filter((condition) => known.has(condition)));
  const [own, other] = [a, b].map((rows) => rows.filter((r) => shared.has(r.condition)));
  const scores = new Map(own!.map((r) => [key(r), r.score]));
  return shared.size > 0 && own!.length === other!.length && other!.every((r) => scores.get(key(r)) === r.score);
}

function key({ id, condition }: Row): string {
  return `${id}\n${condition}`;
}
