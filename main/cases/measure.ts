/** Length and digest of what passes through a stream, nothing of it held in memory. */
import { createHash } from 'node:crypto';
import { type Readable, Transform, type TransformCallback } from 'node:stream';
import type yazl from 'yazl';

export interface Measured {
  readonly sha256: string;
  readonly bytes: number;
}

/** Passes everything on. */
export class Measure extends Transform {
  readonly #digest = createHash('sha256');
  readonly #onBytes: ((count: number) => void) | undefined;
  #bytes = 0;

  /** @param onBytes is told the length of each chunk. */
  constructor(onBytes?: (count: number) => void) {
    super();
    this.#onBytes = onBytes;
  }

  override _transform(chunk: Buffer, _encoding: BufferEncoding, done: TransformCallback): void {
    this.#digest.update(chunk);
    this.#bytes += chunk.length;
    this.#onBytes?.(chunk.length);
    done(null, chunk);
  }

  /** What has passed; to be asked once, at the end. */
  measured(): Measured {
    return { sha256: this.#digest.digest('hex'), bytes: this.#bytes };
  }
}

/** Adds `source` to a ZIP as it is, not packed. Rejects where the source fails. `options` are yazl's: mode and time. */
export function addStored(
  zip: yazl.ZipFile,
  name: string,
  source: Readable,
  options: Partial<yazl.ReadStreamOptions>,
): Promise<Measured> {
  return new Promise((resolve, reject) => {
    const measure = new Measure();
    source.on('error', (thrown) => measure.destroy(thrown));
    measure.on('error', reject);
    measure.on('end', () => resolve(measure.measured()));
    zip.addReadStream(source.pipe(measure), name, { ...options, compress: false });
  });
}
