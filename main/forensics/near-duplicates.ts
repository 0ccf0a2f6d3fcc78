/** Which of a case's pictures show the same, and which of its clips share their scenes? Compared on a thread of its own. */
import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import type { HashedClip } from './matching.ts';

export interface ShownItems {
  /** Each with one scene. */
  readonly pictures: readonly HashedClip[];
  readonly clips: readonly HashedClip[];
}

/**
 * Groups of at least two items, by their ids; a picture and a clip never stand together. Ten thousand pictures are fifty million
 * comparisons: seconds in which nobody else may stand still.
 */
export async function groupNearDuplicates(shown: ShownItems): Promise<string[][]> {
  if (shown.pictures.length < 2 && shown.clips.length < 2) return [];
  const worker = new Worker(new URL('./near-duplicates-worker.ts', import.meta.url), { workerData: shown });
  const [groups] = (await once(worker, 'message')) as [string[][]];
  return groups;
}
