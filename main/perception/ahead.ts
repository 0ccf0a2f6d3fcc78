// Work asked for while the answer before it is used, so that the thread of the models and this one do not wait for each other.

/** Runs asked for ahead: the inputs of the next are made while the networks are at these. */
const RUNS_AHEAD = 2;

/** The promise, whose rejection waits for whoever awaits it. */
export function heldBack<T>(promise: Promise<T>): Promise<T> {
  promise.catch(() => {});
  return promise;
}

/** What `run` gives for each item, in their order; an item is begun when the run that many before it is done. */
export async function runsAhead<Item, Result>(
  items: readonly Item[],
  run: (item: Item) => Promise<Result>,
): Promise<Result[]> {
  const runs: Promise<Result>[] = [];
  for (const item of items) {
    await runs.at(-RUNS_AHEAD);
    runs.push(heldBack(run(item)));
  }
  return Promise.all(runs);
}

/** The same values, each asked for while the one before is used. */
export async function* oneAhead<T>(source: AsyncIterable<T>): AsyncGenerator<T, void, undefined> {
  const values = source[Symbol.asyncIterator]();
  const ask = () => heldBack(values.next());
  try {
    let next = ask();
    for (let result = await next; !result.done; result = await next) {
      next = ask();
      yield result.value;
    }
  } finally {
    await values.return?.();
  }
}
