/** Which pictures of the case are near duplicates, and which clips, for the table: scenes are read from the records once. */
import { latestOutcomesBy, type OpenCase } from '../cases/index.ts';
import { breathe } from '../contract/breathe.ts';
import { groupNearDuplicates, type ShownItem, sceneFacts, sceneHash, scenesOf } from '../forensics/index.ts';

/** Records unsealed before other work gets its turn. */
const SLICE = 20;

/** What an item shows, and when it was examined: it is read again only when that changed. */
interface Looked {
  readonly examinedAtMs: number;
  readonly shown: ShownItem;
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
    const looked: Looked[] = [];
    for (const [at, { sha256, examinedAtMs }] of items.entries()) {
      if (at % SLICE === SLICE - 1) await breathe();
      if (examinedAtMs === null) continue;
      const one = this.#look(sha256, examinedAtMs);
      if (one.shown.scenes.length > 0) looked.push(one);
    }
    const key = looked.map(({ shown, examinedAtMs }) => `${shown.id} ${examinedAtMs}`).join();
    if (key !== this.#key) {
      this.#groups = await groupNearDuplicates(looked.map(({ shown }) => shown));
      this.#key = key;
    }
    return this.#groups;
  }

  #look(sha256: string, examinedAtMs: number): Looked {
    const known = this.#looked.get(sha256);
    if (known?.examinedAtMs === examinedAtMs) return known;
    const examination = latestOutcomesBy(this.#case, sha256, sceneHash.id);
    const scenes = scenesOf(sceneFacts(examination?.outcomes ?? []) ?? []);
    const looked: Looked = { examinedAtMs, shown: { id: sha256, kind: examination?.info.kind ?? 'other', scenes } };
    this.#looked.set(sha256, looked);
    return looked;
  }
}
