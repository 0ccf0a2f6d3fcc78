import type { FileHandle } from 'node:fs/promises';
import type { CaseDatabase } from './database.ts';

/** Keys of an open case: the case key and what is derived from it. Overwritten when the case is closed. */
export interface CaseKeys {
  /** What the slots wrap; used for nothing but adding a slot. */
  readonly root: Buffer;
  /** Wraps the keys of items and people. */
  readonly wrap: Buffer;
  /** Seals what belongs to the case as a whole: planned paths, settings of jobs, case notes. */
  readonly text: Buffer;
  /** Makes keyed digests, where equal things must be found without being readable. */
  readonly tag: Buffer;
}

/** A case that this process holds the lock of. Passed to every function of this room; closed by `close` or `using`. */
export interface OpenCase extends Disposable {
  readonly id: string;
  readonly name: string;
  readonly folder: string;
  readonly dataRoot: string;
  /** Version of the program, as stored beside what it wrote. */
  readonly app: string;
  /** 0700 folder for an analysis process; emptied whenever the case is opened. */
  readonly engineScratch: string;
  readonly db: CaseDatabase;
  readonly keys: CaseKeys;
  /** UTC milliseconds. */
  now(): number;
  /** Creates a file of the vault or of the scratch folder for writing, 0600. */
  create(file: string): Promise<FileHandle>;
  close(): void;
}
