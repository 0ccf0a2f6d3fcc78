/** Which pictures of the case are near duplicates, and which clips, for the table: scenes are read from the records once, groups are made on a thread. */
import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import { latestExamination, type OpenCase } from '../cases/index.ts';
import { type HashedClip, sceneFacts, scenesOf } from '../forensics/index.ts';

/** Records unsealed before other work gets its turn. */
const SLICE = 20;

/** What an item shows, and when it was examined: it is read again only when that changed. */
interface Looked {
  readonly examinedAtMs: number;
  readonly kind: 'pictures' | 'clips';
  /** Empty where none is recorded. */
  readonly shown: HashedClip;
}

type Compared = Readonly<Record<Looked['kind'], readonly HashedClip[]>>;

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
    const looked: Looked[] = [];
    for (const [at, { sha256, examinedAtMs }] of items.entries()) {
      if (at % SLICE === SLICE - 1) await new Promise((resolve) => setImmediate(resolve));
      if (examinedAtMs === null) continue;
      const one = this.#look(sha256, examinedAtMs);
      if (one.shown.scenes.length > 0) looked.push(one);
    }
    const key = looked.map(({ shown, examinedAtMs }) => `${shown.id} ${examinedAtMs}`).join();
    if (key !== this.#key) {
      const { pictures = [], clips = [] } = Object.groupBy(looked, ({ kind }) => kind);
      this.#groups = await groupsOf({
        pictures: pictures.map(({ shown }) => shown),
        clips: clips.map(({ shown }) => shown),
      });
      this.#key = key;
    }
    return this.#groups;
  }

  #look(sha256: string, examinedAtMs: number): Looked {
    const known = this.#looked.get(sha256);
    if (known?.examinedAtMs === examinedAtMs) return known;
    const examination = latestExamination(this.#case, sha256);
    const kind = examination?.info.kind === 'video' ? 'clips' : 'pictures';
    const scenes = scenesOf(sceneFacts(examination?.outcomes ?? []) ?? []);
    const looked: Looked = { examinedAtMs, kind, shown: { id: sha256, scenes } };
    this.#looked.set(sha256, looked);
    return looked;
  }
}

/** Ten thousand pictures are fifty million comparisons: seconds that a window must not stand still. */
async function groupsOf(compared: Compared): Promise<readonly (readonly string[])[]> {
  if (compared.pictures.length < 2 && compared.clips.length < 2) return [];
  const worker = new Worker(new URL('./duplicates-worker.ts', import.meta.url), { workerData: compared });
  const [groups] = (await once(worker, 'message')) as [string[][]];
  return groups;
}
