/**
 * Pictures and sound of items for a person to look at. Nothing unblurred is given before custody was told that somebody chose to
 * look; a decrypted copy lives only as long as the item is being looked at.
 */
import { appendCustody, claimedExtension, getItem, type OpenCase, readCrop, withWorkingCopy } from '../cases/index.ts';
import { type Picture, Refusal } from '../contract/ipc.ts';
import type { ViewedPicture, ViewQuestion, Views as ViewValues } from '../contract/viewer.ts';
import type { ViewerHost } from './viewer-host.ts';

/** A copy that nobody asked for in this time is removed. Milliseconds. */
const KEEP_COPY_MS = 20_000;

/** Blurred thumbnails kept in memory; one has about 2 kB. */
const KEPT_THUMBNAILS = 2000;

interface HeldCopy {
  readonly sha256: string;
  readonly path: Promise<string>;
  users: number;
  release(): Promise<void>;
}

export class Views implements AsyncDisposable {
  readonly #case: OpenCase;
  readonly #viewer: ViewerHost;
  readonly #revealed = new Set<string>();
  readonly #thumbnails = new Map<string, Picture>();
  #held: HeldCopy | null = null;
  #timer: NodeJS.Timeout | undefined;

  constructor(c: OpenCase, viewer: ViewerHost) {
    this.#case = c;
    this.#viewer = viewer;
  }

  /** Every time somebody chooses to look is an entry of its own. */
  reveal(sha256: string): void {
    appendCustody(this.#case, { act: 'item-revealed', item: getItem(this.#case, sha256).sha256 });
    this.#revealed.add(sha256);
  }

  isRevealed(sha256: string): boolean {
    return this.#revealed.has(sha256);
  }

  /** Throws Refusal `NOT_REVEALED`. */
  mustBeRevealed(sha256: string): void {
    getItem(this.#case, sha256);
    if (!this.#revealed.has(sha256)) throw new Refusal('NOT_REVEALED');
  }

  /** The item is gone: nothing of it stays in memory. */
  async forget(sha256: string): Promise<void> {
    this.#revealed.delete(sha256);
    for (const key of this.#thumbnails.keys()) if (key.startsWith(sha256)) this.#thumbnails.delete(key);
    if (this.#held?.sha256 === sha256) await this.#letGo();
  }

  async thumbnail(sha256: string, maxSide: number): Promise<Picture> {
    const key = `${sha256} ${maxSide}`;
    const known = this.#thumbnails.get(key);
    if (known) return known;
    const made = pictureOf(await this.ask(sha256, { kind: 'thumbnail', maxSide }));
    const [oldest] = this.#thumbnails.keys();
    if (this.#thumbnails.size >= KEPT_THUMBNAILS) this.#thumbnails.delete(oldest!);
    this.#thumbnails.set(key, made);
    return made;
  }

  /** The face as the engine cut it out, PNG; blurred, a JPEG made from it. */
  async crop(crop: number, blurred: boolean): Promise<Uint8Array> {
    const png = await readCrop(this.#case, crop);
    return blurred ? (await this.#viewer.blur(png)).bytes : png;
  }

  /** Throws AppError of the decoder, and what lending the copy throws. */
  async ask<K extends ViewQuestion['kind']>(
    sha256: string,
    question: Extract<ViewQuestion, { kind: K }>,
  ): Promise<ViewValues[K]> {
    const held = await this.#hold(sha256);
    try {
      const file = { path: await held.path, claimedExtension: claimedExtension(this.#case, sha256) };
      return await this.#viewer.ask(file, question);
    } finally {
      held.users -= 1;
      this.#expire();
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#letGo();
  }

  /** One copy at a time: looking at the next item removes that of the one before, once nobody reads it. */
  async #hold(sha256: string): Promise<HeldCopy> {
    clearTimeout(this.#timer);
    if (this.#held?.sha256 !== sha256) {
      const former = this.#held;
      this.#held = lend(this.#case, sha256);
      if (former) void whenUnused(former).then(() => former.release());
    }
    const held = this.#held!;
    held.users += 1;
    try {
      await held.path;
      return held;
    } catch (thrown) {
      held.users -= 1;
      if (this.#held === held) this.#held = null;
      throw thrown;
    }
  }

  #expire(): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.#letGo(), KEEP_COPY_MS);
    this.#timer.unref();
  }

  async #letGo(): Promise<void> {
    clearTimeout(this.#timer);
    const held = this.#held;
    this.#held = null;
    this.#viewer.release();
    await held?.release();
  }
}

/** Keeps `withWorkingCopy` open until `release`. */
function lend(c: OpenCase, sha256: string): HeldCopy {
  const path = Promise.withResolvers<string>();
  const released = Promise.withResolvers<void>();
  const ended = withWorkingCopy(c, sha256, (file) => {
    path.resolve(file);
    return released.promise;
  }).catch((thrown: unknown) => path.reject(thrown));
  return {
    sha256,
    path: path.promise,
    users: 0,
    release: async () => {
      released.resolve();
      await ended;
    },
  };
}

/** Between two looks whether the former copy is still read. Milliseconds. */
const LOOK_EVERY_MS = 50;

async function whenUnused(held: HeldCopy): Promise<void> {
  while (held.users > 0) await new Promise((resolve) => setTimeout(resolve, LOOK_EVERY_MS));
}

export function pictureOf({ mediaType, bytes, width, height, timeS }: ViewedPicture): Picture {
  return { mediaType, data: base64(bytes), width, height, timeS };
}

export function base64(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('base64');
}
