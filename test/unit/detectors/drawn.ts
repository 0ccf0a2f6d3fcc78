import type { AnalyzerContext } from '../../../main/contract/analyzer.ts';
import type { MediaInfo, RgbImage } from '../../../main/contract/media.ts';
import type { FaceCrop, FaceObservation } from '../../../main/contract/perception.ts';

/** The same pseudo-random bytes everywhere (xorshift32). */
export function noise(seed: number): () => number {
  let state = seed;
  return () => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) / 2 ** 32;
  };
}

const SOUND_RATE = 16_000;

/** Syllables, 16 kHz: bursts of a buzz with formants, of uneven length and loudness, from silence. */
export function babble(seconds: number, seed: number): Float32Array {
  const random = noise(seed);
  const samples = new Float32Array(Math.round(seconds * SOUND_RATE));
  for (let from = 0.05; from < seconds; ) {
    const length = 0.08 + 0.2 * random();
    const loud = 0.05 + 0.25 * random();
    const formant = 300 + 900 * random();
    for (let n = Math.round(from * SOUND_RATE); n < Math.min(samples.length, (from + length) * SOUND_RATE); n++) {
      const part = (n / SOUND_RATE - from) / length;
      const buzz = Math.sin(2 * Math.PI * 130 * (n / SOUND_RATE)) + Math.sin((2 * Math.PI * formant * n) / SOUND_RATE);
      samples[n] = loud * Math.sin(Math.PI * part) * buzz;
    }
    from += length + 0.05 + 0.25 * random();
  }
  return samples.map((v) => v + 1e-4 * (random() - 0.5));
}

/** A shaded ground with noise of the given strength; `inside` replaces the noise strength where it returns true. */
export function ground(side: number, strength: number, smoother?: (x: number, y: number) => boolean): RgbImage {
  const random = noise(7);
  const data = new Uint8Array(side * side * 3);
  for (let y = 0; y < side; y++) {
    for (let x = 0; x < side; x++) {
      const level = 110 + 40 * Math.sin(x / 17) * Math.cos(y / 23);
      const grain = smoother?.(x, y) ? 0.2 * strength : strength;
      for (let c = 0; c < 3; c++) data[(y * side + x) * 3 + c] = level + 12 * c + grain * (random() - 0.5);
    }
  }
  return { width: side, height: side, data };
}

/** Mesh points on a spiral that fills an ellipse, the oval's own points on its rim in their order. */
export function spiralMesh(side: number, oval: readonly number[]): Float32Array {
  const mesh = new Float32Array(1404);
  for (let i = 0; i < 468; i++) {
    const angle = i * 2.39996;
    const radius = Math.sqrt(i / 468) * 0.24 * side;
    mesh[3 * i] = side / 2 + 0.8 * radius * Math.sin(angle);
    mesh[3 * i + 1] = side / 2 + radius * Math.cos(angle);
  }
  for (const [k, i] of oval.entries()) {
    const angle = (2 * Math.PI * k) / oval.length;
    mesh[3 * i] = side / 2 + 0.2 * side * Math.sin(angle);
    mesh[3 * i + 1] = side / 2 - 0.25 * side * Math.cos(angle);
  }
  return mesh;
}

export function observation(crop: FaceCrop, quality: Partial<FaceObservation['quality']> = {}): FaceObservation {
  const side = crop.image.width;
  return {
    timeS: 0,
    frameIndex: 0,
    box: { x: 0, y: 0, w: side / 2, h: side / 2 },
    score: 0.9,
    quality: { sizePx: 120, sharpness: 200, luma: 120, yaw: 0, pitch: 0, roll: 0, ...quality },
    crop,
  };
}

export const PICTURE: MediaInfo = {
  mediaType: 'image/png',
  kind: 'image',
  bytes: 1,
  durationS: null,
  image: { width: 400, height: 400, orientation: 1, frames: 1, hasAlpha: false, bitDepth: 8 },
  video: [],
  audio: [],
  claimedType: null,
};

/** A context whose models answer with `answer`. */
export function context(
  answer: AnalyzerContext['models']['run'],
  progress: (f: number) => void = () => {},
): AnalyzerContext {
  return {
    signal: new AbortController().signal,
    progress,
    random: () => 0.5,
    models: { run: answer, bytes: async () => new Uint8Array(0), has: () => true },
    references: [],
    settings: { fps: 4, depth: 'full' },
  };
}
