/** Reading a decoder's raw output in exact pieces, with a limit on how long it may stay silent while being read. */
import { PassThrough, type Readable } from 'node:stream';
import { AppError } from '../contract/errors.ts';

export class PipeReader {
  readonly #ahead: PassThrough;
  readonly #chunks: AsyncIterator<Buffer>;
  readonly #stallS: number;
  #rest: Buffer = Buffer.alloc(0);

  /** @param aheadBytes how much may be taken from the program before it is asked for; beyond that the program waits */
  constructor(stdout: Readable, aheadBytes: number, stallS: number) {
    this.#ahead = stdout.pipe(new PassThrough({ highWaterMark: aheadBytes }));
    stdout.once('close', () => this.#ahead.end());
    this.#chunks = this.#ahead[Symbol.asyncIterator]() as AsyncIterator<Buffer>;
    this.#stallS = stallS;
  }

  /**
   * Fills `into` from its start and returns how many bytes were to be had: fewer than its length only at the end of the output.
   * @throws AppError `DECODE_TIMEOUT` when nothing arrives for the limit
   */
  async fill(into: Uint8Array): Promise<number> {
    const silence = setTimeout(
      () => this.#ahead.destroy(new AppError('DECODE_TIMEOUT', { seconds: this.#stallS })),
      this.#stallS * 1000,
    );
    try {
      let filled = 0;
      while (filled < into.length) {
        if (this.#rest.length === 0) {
          const next = await this.#chunks.next();
          if (next.done) break;
          this.#rest = next.value;
          silence.refresh();
        }
        const taken = Math.min(this.#rest.length, into.length - filled);
        into.set(this.#rest.subarray(0, taken), filled);
        this.#rest = this.#rest.subarray(taken);
        filled += taken;
      }
      return filled;
    } finally {
      clearTimeout(silence);
    }
  }

  close(): void {
    this.#ahead.destroy();
  }
}

/** The promise's result, or AppError `DECODE_TIMEOUT` after `seconds`. */
export async function withTimeLimit<T>(promise: Promise<T>, seconds: number): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new AppError('DECODE_TIMEOUT', { seconds })), seconds * 1000);
  });
  try {
    return await Promise.race([promise, late]);
  } finally {
    clearTimeout(timer);
  }
}
