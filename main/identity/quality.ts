// Is a face good enough to be compared, or to stand for a person? Limits of size, detail and pose with the reason each gives.
import { type Reason, reason } from '../contract/fact.ts';
import type { FaceObservation, FaceQuality } from '../contract/perception.ts';

interface Limits {
  /** Shorter side of the face box in pixels. */
  readonly sizePx: number;
  /** Variance of the Laplacian of luma at 112 px. */
  readonly sharpness: number;
  /** Degrees of yaw to either side. */
  readonly yaw: number;
}

/** Down to these the verification figures of models/face-likeness/card.md were measured (LFW at 0.3 of its size: 33 px). */
const COMPARABLE: Limits = { sizePx: 32, sharpness: 1.5, yaw: 65 };
/** A person's own sample stands for them in every comparison: it is held to more. */
const SAMPLE: Limits = { sizePx: 64, sharpness: 8, yaw: 45 };

/** Null where at least one look at the face can be compared, otherwise the reason for the best of them. */
export function whyNotComparable(looks: readonly FaceObservation[]): Reason | null {
  const reasons = looks.map(({ quality }) => whyNot(quality, COMPARABLE));
  return reasons.includes(null) ? null : (reasons[0] ?? reason('no-face'));
}

/** Quality of the largest look that can be compared, else of the largest. Throws RangeError where there is none. */
export function bestComparable(looks: readonly FaceObservation[]): FaceQuality {
  const bySize = looks.map(({ quality }) => quality).sort((p, q) => q.sizePx - p.sizePx);
  const best = bySize.find((quality) => whyNot(quality, COMPARABLE) === null) ?? bySize[0];
  if (!best) throw new RangeError('a face was never seen');
  return best;
}

/** Null where this look can stand for a person. */
export function whyNoSample(quality: FaceQuality): Reason | null {
  return whyNot(quality, SAMPLE);
}

/** Seconds of a voice from which on it is compared over a case: what models/speaker-embedding/card.md was measured on. */
const COMPARABLE_SPEECH_S = 3;

/** Least quality of an appearance that is compared over a case, by measure. */
export const GATES = {
  face: COMPARABLE,
  voice: { speechS: COMPARABLE_SPEECH_S },
} as const;

/** Null where an appearance with this quality, as kept beside its vector, can be compared over a case. */
export function whyNotGrouped(kind: 'face' | 'voice', quality: Readonly<Record<string, number>>): Reason | null {
  const { sizePx, sharpness, yaw, speechS } = quality;
  if (kind === 'voice') {
    if (speechS === undefined) return reason('quality-not-kept');
    const params = { seconds: Math.round(speechS * 10) / 10, least: COMPARABLE_SPEECH_S };
    return speechS < COMPARABLE_SPEECH_S ? reason('speech-too-short', params) : null;
  }
  if (sizePx === undefined || sharpness === undefined || yaw === undefined) return reason('quality-not-kept');
  return whyNot({ sizePx, sharpness, yaw }, COMPARABLE);
}

function whyNot(quality: Pick<FaceQuality, keyof Limits>, limits: Limits): Reason | null {
  if (quality.sizePx < limits.sizePx) {
    return reason('face-too-small', { px: Math.floor(quality.sizePx), least: limits.sizePx });
  }
  if (quality.sharpness < limits.sharpness) return reason('face-blurred');
  if (Math.abs(quality.yaw) > limits.yaw) {
    return reason('face-turned-away', { degrees: Math.round(Math.abs(quality.yaw)), most: limits.yaw });
  }
  return null;
}
