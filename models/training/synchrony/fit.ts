/** Ridge regression from sound to lips, each film brought to its own best lag in turn, since films come with their sound early or late. */
import {
  agreementOf,
  BEFORE,
  type Comparable,
  type LipFilter,
  MARGIN,
  MOST_LAG,
  TAPS,
} from '../../../main/detectors/lip-agreement.ts';
import { BANDS, STEP_S } from '../../../main/detectors/sound-bands.ts';

const RIDGE = 1000;
/** Times that the lags of the films are found anew. */
const ROUNDS = 3;
const INPUTS = BANDS * TAPS;

export function fitFilter(films: readonly Comparable[]): LipFilter {
  let lags = films.map(() => 0);
  for (let round = 0; ; round++) {
    const filter = ridge(films, lags);
    if (round === ROUNDS) return filter;
    const found = films.map((film) => Math.round(agreementOf(film, filter).lagS / STEP_S));
    const usual = found.toSorted((a, b) => a - b)[Math.floor(found.length / 2)]!;
    lags = found.map((lag) => Math.max(-MOST_LAG, Math.min(MOST_LAG, lag - usual)));
  }
}

function ridge(films: readonly Comparable[], lags: readonly number[]): number[][] {
  const gram = Array.from({ length: INPUTS }, (_, i) =>
    Float64Array.from({ length: INPUTS }, (_, j) => (i === j ? RIDGE : 0)),
  );
  const targets: Float64Array[] = films[0]!.lips.map(() => new Float64Array(INPUTS));
  for (const [n, { lips, sound }] of films.entries()) {
    const spreads = lips.map((row) => Math.sqrt(row.reduce((sum, v) => sum + v * v, 0) / row.length) || 1);
    for (let step = 0; step < lips[0]!.length; step++) {
      const input = inputs(sound, step + lags[n]!);
      for (let i = 0; i < INPUTS; i++) {
        const row = gram[i]!;
        for (let j = 0; j <= i; j++) row[j]! += input[i]! * input[j]!;
        for (const [k, target] of targets.entries()) target[i]! += (input[i]! * lips[k]![step]!) / spreads[k]!;
      }
    }
  }
  const lower = cholesky(gram);
  return targets.map((target) => solved(lower, target));
}

/** What the filter sees for a step of the lips, as in `expected`. */
function inputs(sound: readonly Float64Array[], step: number): Float64Array {
  const first = step + MARGIN - BEFORE;
  return Float64Array.from({ length: INPUTS }, (_, i) => sound[Math.floor(i / TAPS)]![first + (i % TAPS)]!);
}

/** Lower triangle L of L Lt = a (Cholesky), in place. */
function cholesky(a: Float64Array[]): Float64Array[] {
  for (let i = 0; i < a.length; i++) {
    for (let j = 0; j <= i; j++) {
      let sum = a[i]![j]!;
      for (let k = 0; k < j; k++) sum -= a[i]![k]! * a[j]![k]!;
      a[i]![j] = i === j ? Math.sqrt(sum) : sum / a[j]![j]!;
    }
  }
  return a;
}

function solved(lower: readonly Float64Array[], target: Float64Array): number[] {
  const n = target.length;
  const half = new Float64Array(n);
  for (let i = 0; i < n; i++) {
    let sum = target[i]!;
    for (let k = 0; k < i; k++) sum -= lower[i]![k]! * half[k]!;
    half[i] = sum / lower[i]![i]!;
  }
  const weights = new Array<number>(n).fill(0);
  for (let i = n - 1; i >= 0; i--) {
    let sum = half[i]!;
    for (let k = i + 1; k < n; k++) sum -= lower[k]![i]! * weights[k]!;
    weights[i] = sum / lower[i]![i]!;
  }
  return weights;
}
