// What numbers does a TensorFlow.js weights manifest describe? Decodes float32, int32, float16 and uint8-quantised
// groups exactly as tfjs-core `io_utils.decodeWeights` (4.22.0) does; every other form is refused.

/** One weight with its TensorFlow shape (HWIO for convolutions). */
export interface Weight {
  readonly shape: readonly number[];
  readonly data: Float32Array | Int32Array;
}

interface ManifestWeight {
  readonly name: string;
  readonly shape: readonly number[];
  readonly dtype: string;
  readonly quantization?: { readonly dtype: string; readonly scale?: number; readonly min?: number };
}

/** The part of `model.json` (`weightsManifest`) or of a `*-weights_manifest.json` that is read here. */
export type WeightsManifest = readonly {
  readonly paths: readonly string[];
  readonly weights: readonly ManifestWeight[];
}[];

const BYTES: Readonly<Record<string, number>> = { float32: 4, int32: 4, float16: 2, uint8: 1 };

/**
 * Decodes every weight of a manifest from the concatenated bytes of its files.
 * @throws Error when a form is unknown or the bytes do not match the manifest to the last one.
 */
export function decodeWeights(manifest: WeightsManifest, bytes: Uint8Array): Map<string, Weight> {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const weights = new Map<string, Weight>();
  let offset = 0;
  for (const entry of manifest.flatMap((group) => group.weights)) {
    const count = entry.shape.reduce((product, size) => product * size, 1);
    const stored = entry.quantization?.dtype ?? entry.dtype;
    const width = BYTES[stored];
    if (width === undefined) throw new Error(`weight ${entry.name}: unknown form ${stored}`);
    if (offset + count * width > bytes.byteLength) throw new Error(`weight ${entry.name}: the file is too short`);
    weights.set(entry.name, { shape: entry.shape, data: decode(entry, stored, view, offset, count) });
    offset += count * width;
  }
  if (offset !== bytes.byteLength) throw new Error(`weights end at byte ${offset} of ${bytes.byteLength}`);
  return weights;
}

function decode(
  entry: ManifestWeight,
  stored: string,
  view: DataView,
  offset: number,
  count: number,
): Float32Array | Int32Array {
  if (stored === 'int32') return Int32Array.from({ length: count }, (_, i) => view.getInt32(offset + 4 * i, true));
  if (stored === 'float32')
    return Float32Array.from({ length: count }, (_, i) => view.getFloat32(offset + 4 * i, true));
  if (stored === 'float16')
    return Float32Array.from({ length: count }, (_, i) => halfToNumber(view.getUint16(offset + 2 * i, true)));
  const { scale, min } = entry.quantization ?? {};
  if (scale === undefined || min === undefined) throw new Error(`weight ${entry.name}: uint8 without scale and min`);
  return Float32Array.from({ length: count }, (_, i) => view.getUint8(offset + i) * scale + min);
}

/** IEEE 754 binary16 to a number, exact. */
function halfToNumber(bits: number): number {
  const sign = bits & 0x8000 ? -1 : 1;
  const exponent = (bits >> 10) & 0x1f;
  const fraction = bits & 0x3ff;
  if (exponent === 0) return sign * fraction * 2 ** -24;
  if (exponent === 31) return fraction ? Number.NaN : sign * Number.POSITIVE_INFINITY;
  return sign * (1 + fraction / 1024) * 2 ** (exponent - 15);
}
