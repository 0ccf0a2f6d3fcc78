/** The thread that compares pictures, and clips, with each other: one list of scenes, then it ends. */
import { parentPort, workerData } from 'node:worker_threads';
import { type HashedClip, nearDuplicateClips, nearDuplicates } from '../forensics/index.ts';

const { pictures, clips } = workerData as { pictures: readonly HashedClip[]; clips: readonly HashedClip[] };

parentPort!.postMessage([
  ...nearDuplicates(pictures.map(({ id, scenes }) => ({ id, ...scenes[0]! }))),
  ...nearDuplicateClips(clips),
]);
