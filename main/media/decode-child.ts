/**
 * A process of its own for decoders that run as wasm over hostile bytes (HEIC, SILK): it reads one file, prints one line of JSON
 * and then raw samples, and ends. The parent kills it at a time limit. Usage: `decode-child.ts heic|silk FILE LIMIT`.
 */
import { Console } from 'node:console';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { overWhite } from './alpha.ts';

const require = createRequire(import.meta.url);

/** Standard output carries the samples alone: what the decoders have to say goes to standard error. */
globalThis.console = new Console(process.stderr, process.stderr);

interface Decoded {
  readonly header: object;
  readonly raw: Uint8Array;
}

const DECODERS: Readonly<Record<string, (bytes: Uint8Array, limit: number) => Promise<Decoded>>> = {
  heic: decodeHeic,
  silk: decodeSilk,
};

interface HeifImage {
  get_width(): number;
  get_height(): number;
  is_primary?(): boolean;
  display(
    into: { data: Uint8ClampedArray; width: number; height: number },
    done: (result: object | null) => void,
  ): void;
}

/** The primary picture, turned as the container says; `limit` in pixels. */
async function decodeHeic(bytes: Uint8Array, limit: number): Promise<Decoded> {
  const libheif = require('libheif-js/wasm-bundle') as {
    HeifDecoder: new () => { decode(b: Uint8Array): HeifImage[] };
  };
  const images = new libheif.HeifDecoder().decode(bytes);
  const image = images.find((i) => i.is_primary?.()) ?? images[0];
  if (!image) return { header: { fault: 'MEDIA_CORRUPT' }, raw: new Uint8Array(0) };
  const [width, height] = [image.get_width(), image.get_height()];
  if (width * height > limit) return { header: { fault: 'MEDIA_TOO_LARGE' }, raw: new Uint8Array(0) };
  const data = new Uint8ClampedArray(width * height * 4);
  const shown = await new Promise<object | null>((resolve) => image.display({ data, width, height }, resolve));
  if (!shown) return { header: { fault: 'MEDIA_CORRUPT' }, raw: new Uint8Array(0) };
  return { header: { width, height }, raw: overWhite(new Uint8Array(data.buffer)) };
}

/** The decoder takes recordings with Tencent's first byte only. */
const TENCENT_MARK = 0x02;

/** Mono 16-bit samples at `rate` Hz. */
async function decodeSilk(bytes: Uint8Array, rate: number): Promise<Decoded> {
  const { decode } = await import('silk-wasm');
  const { data } = await decode(
    bytes[0] === TENCENT_MARK ? bytes : Buffer.concat([Buffer.of(TENCENT_MARK), bytes]),
    rate,
  );
  return { header: { rate }, raw: data };
}

const [kind = '', file = '', limit = ''] = process.argv.slice(2);
const decoded = await DECODERS[kind]!(readFileSync(file), Number(limit));
process.stdout.write(`${JSON.stringify(decoded.header)}\n`);
process.stdout.write(decoded.raw);
