/** Loudness of a sound in bands of hearing over time, as fast as lips can follow. Pure arithmetic, the same in training and examination. */
import FFT from 'fft.js';

/** Hz of the samples taken. */
const RATE = 16_000;
/** From one value to the next, seconds: the grid on which lips and sound are compared. */
export const STEP_S = 0.04;
/** Bands on the mel scale. */
export const BANDS = 20;
const LOWEST_HZ = 80;
const HIGHEST_HZ = 7000;
/** Frames of 25 ms, 10 ms apart. Samples. */
const FRAME = 400;
const HOP = 160;
const SIZE = 512;
/** Hops in one step of the grid. */
const HOPS = (STEP_S * RATE) / HOP;
/** Spread of the weights by which the hops around a step are averaged, in hops. */
const SMOOTHED = 2;
const PRE_EMPHASIS = 0.97;
/** What is added to every energy before its logarithm: a part of the band's mean, so that noise below speech hardly counts, and what is no sound. */
const QUIET = 0.1;
const FLOOR = 1e-7;

/**
 * Natural logarithms of the energies in `BANDS` bands, one row a band.
 * @param samples 16 kHz mono in [-1, 1].
 * @returns rows of one value for each whole step; value n is that of the sound around n x `STEP_S`.
 */
export function soundBands(samples: Float32Array): Float64Array[] {
  const steps = Math.floor(samples.length / (STEP_S * RATE));
  const hops = steps * HOPS;
  const rows = Array.from({ length: BANDS }, () => new Float64Array(hops));
  const fft = new FFT(SIZE);
  const input = new Array<number>(SIZE).fill(0);
  const spectrum = fft.createComplexArray();
  for (let hop = 0; hop < hops; hop++) {
    const first = hop * HOP - FRAME / 2;
    for (let i = 0; i < FRAME; i++) {
      const at = first + i;
      input[i] = WINDOW[i]! * ((samples[at] ?? 0) - PRE_EMPHASIS * (samples[at - 1] ?? 0));
    }
    fft.realTransform(spectrum, input);
    for (const [band, { bin, weights }] of FILTERS.entries()) {
      let energy = 0;
      for (const [i, weight] of weights.entries()) {
        const re = spectrum[2 * (bin + i)]!;
        const im = spectrum[2 * (bin + i) + 1]!;
        energy += weight * (re * re + im * im);
      }
      rows[band]![hop] = energy;
    }
  }
  return rows.map((energies) => {
    const floor = FLOOR + (QUIET * energies.reduce((sum, v) => sum + v, 0)) / hops;
    const smooth = smoothed(
      energies.map((v) => Math.log(v + floor)),
      SMOOTHED,
    );
    return Float64Array.from({ length: steps }, (_, n) => smooth[n * HOPS]!);
  });
}

/** Averaged under a bell of this spread in steps, cut at three spreads; towards the ends under what of it lies inside. */
export function smoothed(values: Float64Array, spread: number): Float64Array {
  const reach = Math.ceil(3 * spread);
  const bell = Array.from({ length: 2 * reach + 1 }, (_, i) => Math.exp(-0.5 * ((i - reach) / spread) ** 2));
  return values.map((_, n) => {
    let sum = 0;
    let weight = 0;
    for (let i = Math.max(0, n - reach); i <= Math.min(values.length - 1, n + reach); i++) {
      sum += bell[i - n + reach]! * values[i]!;
      weight += bell[i - n + reach]!;
    }
    return sum / weight;
  });
}

const WINDOW = Float64Array.from({ length: FRAME }, (_, i) => 0.5 - 0.5 * Math.cos((2 * Math.PI * i) / FRAME));

/** Triangles on the mel scale (O'Shaughnessy): the first bin of each and its weights. */
const FILTERS = (() => {
  const mel = (hz: number) => 2595 * Math.log10(1 + hz / 700);
  const hz = (m: number) => 700 * (10 ** (m / 2595) - 1);
  const edges = Array.from(
    { length: BANDS + 2 },
    (_, n) => (hz(mel(LOWEST_HZ) + (n / (BANDS + 1)) * (mel(HIGHEST_HZ) - mel(LOWEST_HZ))) * SIZE) / RATE,
  );
  return Array.from({ length: BANDS }, (_, n) => {
    const [from, top, to] = edges.slice(n, n + 3) as [number, number, number];
    const bin = Math.ceil(from);
    const weights = Array.from({ length: Math.max(0, Math.floor(to) - bin + 1) }, (_, i) =>
      Math.max(0, Math.min((bin + i - from) / (top - from), (to - bin - i) / (to - top))),
    );
    return { bin, weights };
  });
})();
