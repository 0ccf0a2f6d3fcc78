/** The thread that compares pictures with each other: one list of hashes, then it ends. */
import { parentPort, workerData } from 'node:worker_threads';
import { type HashedPicture, nearDuplicates } from '../forensics/index.ts';

parentPort!.postMessage(nearDuplicates(workerData as readonly HashedPicture[]));
