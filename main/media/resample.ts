/**
 * Sampling-rate conversion by a polyphase windowed-sinc filter (Smith, "Digital Audio Resampling", CCRMA 1984/2020; Kaiser window),
 * in blocks of any size, for sound that is read without ffmpeg. The filter is that of ffmpeg's resampler (libswresample's defaults), so that
 * the same samples give the same sound whichever file holds them.
 */

/** Zero crossings of the sinc on each side. */
const ZERO_CROSSINGS = 16;
/** Kaiser's beta: about 90 dB of stop-band attenuation (0.1102 (A - 8.7), Oppenheim & Schafer 7.5.3). */
const KAISER_BETA = 9;
/**
 * Places between two samples of the slower rate that the filter is computed for. A ratio that needs more (44,101 Hz needs 16,000) takes the
 * nearest below: what that adds lies 70 dB below a tone, or deeper.
 */
const MOST_PHASES = 4096;
/** The middle of the transition as a share of the lower Nyquist frequency; where the rate is raised, the whole band passes. */
const PASS_BAND = 0.97;

export class Resampler {
  readonly #up: number;
  readonly #down: number;
  readonly #phases: number;
  readonly #taps: number;
  readonly #table: Float32Array;
  /** Input kept for the filter's left side; starts with silence so that output sample 0 is centred on input sample 0. */
  #held: Float32Array;
  /** Position of the next output within `#held`, in units of 1 / up input samples. */
  #position: number;

  /** Rates in Hz, whole numbers. */
  constructor(fromRate: number, toRate: number) {
    const divisor = gcd(fromRate, toRate);
    this.#up = toRate / divisor;
    this.#down = fromRate / divisor;
    const cutoff = Math.min(1, (toRate / fromRate) * PASS_BAND);
    const half = Math.ceil(ZERO_CROSSINGS / cutoff);
    this.#taps = 2 * half;
    this.#phases = Math.min(this.#up, Math.ceil(MOST_PHASES * Math.min(1, toRate / fromRate)));
    this.#table = kernel(this.#phases, half, cutoff);
    this.#held = new Float32Array(half - 1);
    this.#position = 0;
  }

  /** Takes a block of input and gives the output that is complete so far. */
  push(input: Float32Array): Float32Array {
    const data = new Float32Array(this.#held.length + input.length);
    data.set(this.#held);
    data.set(input, this.#held.length);
    const last = (data.length - this.#taps + 1) * this.#up - 1;
    const count = Math.max(0, Math.floor((last - this.#position) / this.#down) + 1);
    const output = new Float32Array(count);
    for (let n = 0; n < count; n++) output[n] = this.#convolve(data, this.#position + n * this.#down);
    this.#position += count * this.#down;
    const used = Math.min(data.length, Math.floor(this.#position / this.#up));
    this.#held = data.slice(used);
    this.#position -= used * this.#up;
    return output;
  }

  /** The rest, as if silence followed: together with all earlier output, ceil(input * to / from) samples at most. */
  end(): Float32Array {
    return this.push(new Float32Array(this.#taps / 2));
  }

  #convolve(data: Float32Array, position: number): number {
    const at = Math.floor(position / this.#up);
    const row = Math.floor(((position % this.#up) * this.#phases) / this.#up) * this.#taps;
    let sum = 0;
    for (let k = 0; k < this.#taps; k++) sum += data[at + k]! * this.#table[row + k]!;
    return sum;
  }
}

/** One row of filter taps a phase; each row sums to 1, so that a constant stays what it is. */
function kernel(phases: number, half: number, cutoff: number): Float32Array {
  const taps = 2 * half;
  const table = new Float32Array(phases * taps);
  for (let phase = 0; phase < phases; phase++) {
    const row = table.subarray(phase * taps, (phase + 1) * taps);
    let sum = 0;
    for (let k = 0; k < taps; k++) {
      const t = k - (half - 1) - phase / phases;
      row[k] = Math.abs(t) >= half ? 0 : sinc(t * cutoff) * kaiser(t / half);
      sum += row[k]!;
    }
    for (let k = 0; k < taps; k++) row[k] = row[k]! / sum;
  }
  return table;
}

function sinc(x: number): number {
  return x === 0 ? 1 : Math.sin(Math.PI * x) / (Math.PI * x);
}

function kaiser(x: number): number {
  return bessel(KAISER_BETA * Math.sqrt(1 - x * x)) / bessel(KAISER_BETA);
}

/** Modified Bessel function of the first kind, order 0, by its power series. */
function bessel(x: number): number {
  let [sum, term] = [1, 1];
  for (let k = 1; term > 1e-12 * sum; k++) {
    term *= (x / (2 * k)) ** 2;
    sum += term;
  }
  return sum;
}

function gcd(a: number, b: number): number {
  return b === 0 ? a : gcd(b, a % b);
}
