/** The thread that compares pictures, and clips, with each other: one answer, then it ends. */
import { parentPort, workerData } from 'node:worker_threads';
import { nearDuplicateClips, nearDuplicates } from './matching.ts';
import type { ShownItems } from './near-duplicates.ts';

const { pictures, clips } = workerData as ShownItems;

parentPort!.postMessage([
  ...nearDuplicates(pictures.map(({ id, scenes }) => ({ id, ...scenes[0]! }))),
  ...nearDuplicateClips(clips),
]);
