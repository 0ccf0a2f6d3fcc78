/**
 * Do the frames of a film take more bytes at regular distances than its own key frames explain? A film that was coded before keeps the spacing of
 * its former key frames: the frame that stood alone then differs more from its neighbours, and the coder that follows spends bytes on it
 * (the periodic prediction error of Wang and Farid, 2006, read from the sizes of packets). Measured in RECODING.md.
 */
import type { FilmPacket } from '../contract/media.ts';
import { median } from '../contract/median.ts';

export interface CodingRhythm {
  /** Distance at which predicted frames are large, in frames. */
  readonly spacing: number;
  /** Decimal orders by which that exceeds chance, the distances tried counted; 0: nothing beyond chance. */
  readonly surprise: number;
  /** Predicted frames that were measured. */
  readonly predicted: number;
  readonly frames: number;
  /** Median distance of the film's own key frames, in frames; null where there is but one. */
  readonly keyDistance: number | null;
}

/** Predicted frames below which nothing is told. */
export const LEAST_PREDICTED = 40;
/** Distances looked for, in frames: cameras, telephones and messengers set a key frame every half second to five. */
const SPACINGS = { from: 5, to: 130 } as const;
/** Former key frames that must have been seen. */
const LEAST_BEATS = 4;
/** Predicted frames before and after, against whose median a frame is measured. */
const NEIGHBOURS = 4;
/** Frames on either side of a key frame of the film, which its own distance makes smaller or larger. */
const BESIDE_KEY = 4;
/** Sizes are compared as logarithms; this many bytes are a packet without content. */
const EMPTY_BYTES = 20;
/** Robust standard deviations beyond which a frame counts no more: a cut decides nothing. */
const LIMIT = 2.5;

/** Null where too few frames are predicted from frames before alone. */
export function codingRhythm(packets: readonly FilmPacket[]): CodingRhythm | null {
  const shown = inOrder(packets);
  const keys = shown.flatMap(({ kind }, n) => (kind === 'key' ? [n] : []));
  const distances = keys.slice(1).map((n, k) => n - keys[k]!);
  const own = regular(distances);
  const excess = excessOf(shown, keys);
  if (excess.length < LEAST_PREDICTED) return null;
  const most = Math.min(SPACINGS.to, Math.floor(shown.length / LEAST_BEATS));
  const tried = range(SPACINGS.from, most).filter((spacing) => own === null || spacing % own !== 0);
  let best = { spacing: 0, order: 0 };
  for (const spacing of tried) {
    const order = orderOf(excess, spacing);
    if (order > best.order) best = { spacing, order };
  }
  return {
    spacing: best.spacing,
    surprise: Math.max(0, best.order - Math.log10(Math.max(1, tried.length))),
    predicted: excess.length,
    frames: shown.length,
    keyDistance: distances.length > 0 ? median(distances) : null,
  };
}

type Kind = 'key' | 'predicted' | 'between';

interface Shown {
  readonly bytes: number;
  readonly kind: Kind;
}

/** Frames in the order of showing. A frame shown before one that was decoded before it lies between two others, and how many such there are is the coder's choice: only the rest is measured. */
function inOrder(packets: readonly FilmPacket[]): Shown[] {
  let latest = Number.NEGATIVE_INFINITY;
  return packets
    .map(({ ticks, bytes, key }) => {
      const kind: Kind = key ? 'key' : ticks > latest ? 'predicted' : 'between';
      latest = Math.max(latest, ticks);
      return { ticks, bytes, kind };
    })
    .sort((p, q) => p.ticks - q.ticks);
}

interface Excess {
  /** Number of the frame. */
  readonly at: number;
  readonly value: number;
}

/** How much larger each predicted frame is than its neighbours of the kind, in standard deviations; frames beside a key frame are left out. */
function excessOf(shown: readonly Shown[], keys: readonly number[]): Excess[] {
  const beside = new Set(keys.flatMap((key) => range(key - BESIDE_KEY, key + BESIDE_KEY)));
  const sizes = shown.flatMap(({ kind, bytes }, at) =>
    kind === 'predicted' && !beside.has(at) ? [{ at, size: Math.log(bytes + EMPTY_BYTES) }] : [],
  );
  const raw = sizes.flatMap(({ at, size }, n): Excess[] => {
    const near = [...sizes.slice(Math.max(0, n - NEIGHBOURS), n), ...sizes.slice(n + 1, n + 1 + NEIGHBOURS)];
    return near.length < NEIGHBOURS ? [] : [{ at, value: size - median(near.map((o) => o.size)) }];
  });
  if (raw.length === 0) return [];
  const centre = median(raw.map(({ value }) => value));
  const spread = 1.4826 * median(raw.map(({ value }) => Math.abs(value - centre))) + 1e-6;
  const limited = (value: number) => Math.max(-LIMIT, Math.min(LIMIT, (value - centre) / spread));
  return standardised(raw.map(({ at, value }) => ({ at, value: limited(value) })));
}

function standardised(excess: readonly Excess[]): Excess[] {
  const centre = mean(excess.map(({ value }) => value));
  const deviation = Math.sqrt(mean(excess.map(({ value }) => (value - centre) ** 2))) + 1e-9;
  return excess.map(({ at, value }) => ({ at, value: (value - centre) / deviation }));
}

/** Negative decimal logarithm of the chance that one of `spacing` trains of frames would be as large as the largest is. */
function orderOf(excess: readonly Excess[], spacing: number): number {
  const sums = new Float64Array(spacing);
  const counts = new Int32Array(spacing);
  for (const { at, value } of excess) {
    sums[at % spacing]! += value;
    counts[at % spacing]!++;
  }
  let largest = 0;
  for (let phase = 0; phase < spacing; phase++)
    if (counts[phase]! >= LEAST_BEATS) largest = Math.max(largest, sums[phase]! / Math.sqrt(counts[phase]!));
  return Math.max(0, -Math.log10(spacing) - tailOrder(largest));
}

/** Decimal logarithm of the chance that a standard normal value exceeds x >= 0: Abramowitz and Stegun 7.1.26 near, the asymptotic series far. */
function tailOrder(x: number): number {
  if (x > 6)
    return (-x * x) / 2 / Math.LN10 - Math.log10(x * Math.sqrt(2 * Math.PI)) + Math.log10(1 - 1 / (x * x) + 3 / x ** 4);
  const z = x / Math.SQRT2;
  const t = 1 / (1 + 0.3275911 * z);
  const series = t * (0.254829592 + t * (-0.284496736 + t * (1.421413741 + t * (-1.453152027 + t * 1.061405429))));
  return Math.log10((series * Math.exp(-z * z)) / 2);
}

/** The distance that at least half of the key frames keep to within a frame; null where they keep none. */
function regular(distances: readonly number[]): number | null {
  if (distances.length < 2) return null;
  const usual = Math.round(median(distances));
  const kept = distances.filter((d) => Math.abs(d - usual) <= 1).length;
  return 2 * kept >= distances.length ? usual : null;
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, v) => sum + v, 0) / values.length;
}

function range(from: number, to: number): number[] {
  return Array.from({ length: Math.max(0, to - from + 1) }, (_, n) => from + n);
}
