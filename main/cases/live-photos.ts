/** Which items of a case are the two halves of one live photo: picture and film that carry the same identifier. Names are not asked. */
import { LIVE_PHOTO_FACT } from '../contract/fact.ts';
import { latestExamination, type StoredExamination } from './examinations.ts';
import { listItems } from './items.ts';
import type { OpenCase } from './open-case.ts';

type Half = 'still' | 'film';

const PAGE = 200;

/** The halves known so far. Of several copies of a half the first is taken. */
export class LivePhotos {
  readonly #identifiers = new Map<string, { half: Half; identifier: string }>();
  readonly #halves: Readonly<Record<Half, Map<string, string>>> = { still: new Map(), film: new Map() };

  /** All that the case holds. */
  static of(c: OpenCase): LivePhotos {
    const found = new LivePhotos();
    for (let after = 0; ; ) {
      const page = listItems(c, { after, limit: PAGE });
      for (const { sha256, mediaType } of page) {
        const examination = /^(image|video)\//.test(mediaType) ? latestExamination(c, sha256) : null;
        if (examination) found.add(examination);
      }
      const last = page.at(-1);
      if (!last) return found;
      after = last.ordinal;
    }
  }

  add({ item, info, outcomes }: StoredExamination): void {
    const half = info.kind === 'image' ? 'still' : 'film';
    const fact = outcomes.flatMap((outcome) => outcome.facts).find(({ id }) => id === LIVE_PHOTO_FACT);
    if (typeof fact?.value !== 'string') return;
    this.#identifiers.set(item, { half, identifier: fact.value });
    const known = this.#halves[half];
    if (!known.has(fact.value)) known.set(fact.value, item);
  }

  /** Which half the item is; null where it is none. */
  halfOf(sha256: string): Half | null {
    return this.#identifiers.get(sha256)?.half ?? null;
  }

  /** Digest of the item that belongs with it; null where it is no half or the other was not found. */
  partnerOf(sha256: string): string | null {
    const own = this.#identifiers.get(sha256);
    return own ? (this.#halves[own.half === 'still' ? 'film' : 'still'].get(own.identifier) ?? null) : null;
  }
}
