/** Which pictures of the case are near duplicates, for the table: scenes are read from the records once, groups are made on a thread. */
import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import { latestExamination, type OpenCase } from '../cases/index.ts';
import { type HashedPicture, scenesOf } from '../forensics/index.ts';

/** Records unsealed before other work gets its turn. */
const SLICE = 20;

/** A picture, and when it was examined: it is read again only when that changed. */
interface Looked {
  readonly examinedAtMs: number;
  readonly picture: HashedPicture | null;
}

export class Duplicates {
  readonly #case: OpenCase;
  readonly #looked = new Map<string, Looked>();
  #key = '';
  #groups: readonly (readonly string[])[] = [];

  constructor(c: OpenCase) {
    this.#case = c;
  }

  /** Groups of at least two of the items, by their digests. */
  async among(
    items: readonly { readonly sha256: string; readonly examinedAtMs: number | null }[],
  ): Promise<readonly (readonly string[])[]> {
    const pictures: HashedPicture[] = [];
    for (const [at, { sha256, examinedAtMs }] of items.entries()) {
      if (at % SLICE === SLICE - 1) await new Promise((resolve) => setImmediate(resolve));
      if (examinedAtMs === null) continue;
      const picture = this.#look(sha256, examinedAtMs);
      if (picture) pictures.push(picture);
    }
    const key = pictures.map(({ id }) => `${id} ${this.#looked.get(id)!.examinedAtMs}`).join();
    if (key !== this.#key) {
      this.#groups = await groupsOf(pictures);
      this.#key = key;
    }
    return this.#groups;
  }

  #look(sha256: string, examinedAtMs: number): HashedPicture | null {
    const known = this.#looked.get(sha256);
    if (known?.examinedAtMs === examinedAtMs) return known.picture;
    const facts = latestExamination(this.#case, sha256)?.outcomes.flatMap((outcome) => outcome.facts) ?? [];
    const [scene] = scenesOf(facts.filter(({ id }) => id === 'scene.picture'));
    const picture = scene ? { id: sha256, hash: scene.hash, mirrored: scene.mirrored } : null;
    this.#looked.set(sha256, { examinedAtMs, picture });
    return picture;
  }
}

/** Ten thousand pictures are fifty million comparisons: seconds that a window must not stand still. */
async function groupsOf(pictures: readonly HashedPicture[]): Promise<readonly (readonly string[])[]> {
  if (pictures.length < 2) return [];
  const worker = new Worker(new URL('./duplicates-worker.ts', import.meta.url), { workerData: pictures });
  const [groups] = (await once(worker, 'message')) as [string[][]];
  return groups;
}
