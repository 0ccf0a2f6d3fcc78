/** The thread that compares pictures, and clips, with each other: one answer, then it ends. */
import { parentPort, workerData } from 'node:worker_threads';
import { nearDuplicateClips, nearDuplicates } from './matching.ts';
import type { ShownItem } from './near-duplicates.ts';

const { clips = [], pictures = [] } = Object.groupBy(workerData as readonly ShownItem[], ({ kind }) =>
  kind === 'video' ? 'clips' : 'pictures',
);

parentPort!.postMessage([
  ...nearDuplicates(pictures.flatMap(({ id, scenes: [scene] }) => (scene ? [{ id, ...scene }] : []))),
  ...nearDuplicateClips(clips),
]);
