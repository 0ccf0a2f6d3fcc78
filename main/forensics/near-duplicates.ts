/** Which of a case's pictures show the same, and which of its clips share their scenes? Compared on a thread of its own. */
import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import type { MediaInfo } from '../contract/media.ts';
import type { HashedClip } from './matching.ts';

/** What an item shows; a picture has one scene, an item without any is in no group. */
export interface ShownItem extends HashedClip {
  readonly kind: MediaInfo['kind'];
}

/**
 * Groups of at least two items, by their ids; a picture and a clip never stand together. Ten thousand pictures are fifty million
 * comparisons: seconds in which nobody else may stand still.
 */
export async function groupNearDuplicates(items: readonly ShownItem[]): Promise<string[][]> {
  if (items.length < 2) return [];
  const worker = new Worker(new URL('./near-duplicates-worker.ts', import.meta.url), { workerData: items });
  const [groups] = (await once(worker, 'message')) as [string[][]];
  return groups;
}
