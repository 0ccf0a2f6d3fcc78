/** May this item be examined now? Items that need much memory take turns; a small picture goes beside any other item. */
import type { MediaInfo } from '../contract/media.ts';

/** Pixels up to which a picture is small: decoded it takes 48 MB. */
const SMALL_PICTURE = 16e6;

/** A waiting item says that it lives so often. Milliseconds. */
const SIGN_OF_LIFE_MS = 5000;

export class Turns {
  #last: Promise<void> = Promise.resolve();

  /** The item's turn, given back when disposed. `onWait` is called now and then while it waits. */
  async take({ kind, image }: MediaInfo, onWait: () => void): Promise<Disposable> {
    const isSmall =
      kind === 'image' && image !== null && image.frames === 1 && image.width * image.height <= SMALL_PICTURE;
    if (isSmall) return { [Symbol.dispose]: () => {} };
    const turn = Promise.withResolvers<void>();
    const before = this.#last;
    this.#last = turn.promise;
    const signs = setInterval(onWait, SIGN_OF_LIFE_MS);
    try {
      await before;
    } finally {
      clearInterval(signs);
    }
    return { [Symbol.dispose]: turn.resolve };
  }
}
