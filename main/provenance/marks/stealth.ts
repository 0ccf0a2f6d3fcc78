/**
 * "Stealth PNG info": texts in the lowest bits of alpha, or of red, green and blue, column by column (NovelAI, and a plug-in of A1111 and Forge).
 * Bits only; what the text says is read like any other generator's text.
 */
import type { RgbaImage } from '../../media/rgba.ts';
import { inflate } from '../bytes/inflate.ts';

export interface StealthPayload {
  readonly signature: string;
  /** Length of the payload in bits, as declared. */
  readonly bits: number;
  /** Null where it could not be unpacked. */
  readonly text: string | null;
}

const SIGNATURE_BYTES = 15;
const ALPHA = new Set(['stealth_pnginfo', 'stealth_pngcomp']);
const RGB = new Set(['stealth_rgbinfo', 'stealth_rgbcomp']);
const CEILING = 1024 * 1024;

export function readStealth(image: RgbaImage): StealthPayload | null {
  return (image.hasAlpha ? readChannel(image, [3], ALPHA) : null) ?? readChannel(image, [0, 1, 2], RGB);
}

function readChannel(
  image: RgbaImage,
  channels: readonly number[],
  signatures: ReadonlySet<string>,
): StealthPayload | null {
  const reader = new BitReader(image, channels);
  const signature = Buffer.from(reader.bytes(SIGNATURE_BYTES)).toString('latin1');
  if (!signatures.has(signature)) return null;
  const bits = Buffer.from(reader.bytes(4)).readUInt32BE(0);
  if (bits > reader.left || bits % 8 !== 0) return { signature, bits, text: null };
  const payload = reader.bytes(Math.min(bits / 8, CEILING));
  const unpacked = signature.endsWith('comp') ? inflate(payload, CEILING, 'gzip').data : payload;
  return { signature, bits, text: unpacked ? Buffer.from(unpacked).toString('utf8') : null };
}

/** x is the outer loop, y the inner; within a pixel the channels follow each other. */
class BitReader {
  readonly #image: RgbaImage;
  readonly #channels: readonly number[];
  #at = 0;

  constructor(image: RgbaImage, channels: readonly number[]) {
    this.#image = image;
    this.#channels = channels;
  }

  get left(): number {
    return this.#image.width * this.#image.height * this.#channels.length - this.#at;
  }

  bytes(count: number): Uint8Array {
    const out = new Uint8Array(count);
    const { width, height, data } = this.#image;
    const n = this.#channels.length;
    for (let i = 0; i < count * 8 && this.left > 0; i++, this.#at++) {
      const pixel = Math.floor(this.#at / n);
      const index = ((pixel % height) * width + Math.floor(pixel / height)) * 4 + this.#channels[this.#at % n]!;
      out[i >> 3] = out[i >> 3]! | ((data[index]! & 1) << (7 - (i & 7)));
    }
    return out;
  }
}
