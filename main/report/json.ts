/** The record of a report as JSON, written piece by piece so that ten thousand items never stand in memory at once. */
import type { ItemRecord, ReportHead, ReportRecord } from './record.ts';

/** The parts of the file in order. Keys stand in the order of the published schema; one item a line. */
export function* reportJson(
  head: ReportHead,
  items: Iterable<ItemRecord>,
  log: Iterable<ReportRecord['log'][number]>,
): Generator<string> {
  yield `${JSON.stringify(head).slice(0, -1)},"items":[`;
  yield* lines(items);
  yield '],"log":[';
  yield* lines(log);
  yield ']}\n';
}

function* lines(values: Iterable<unknown>): Generator<string> {
  let first = true;
  for (const value of values) {
    yield `${first ? '\n' : ',\n'}${JSON.stringify(value)}`;
    first = false;
  }
  yield '\n';
}
