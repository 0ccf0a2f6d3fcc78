// Can this photo, clip or recording stand for a person? A template with its measured quality, or the reason of refusal.
import { FACE_EMBEDDING_MODEL, VOICE_EMBEDDING_MODEL } from '../contract/analyzer.ts';
import type { EnrolmentSample } from '../contract/engine.ts';
import { type Reason, reason } from '../contract/fact.ts';
import type { Faces, FaceTrack, Voices } from '../contract/perception.ts';
import { whyNoSample } from './quality.ts';

/** Without the networks, which the caller knows. */
export type AssessedSample = Omit<EnrolmentSample, 'models'>;

/** A face at least this part of the largest one's side could be the person too. */
const RIVAL_SIZE = 0.5;
/** Seconds of one voice that make a sample, and the part of all speech that must be that voice's. */
const LEAST_SPEECH_S = 5;
const LEAST_SHARE = 0.8;

/** One face, large, sharp and towards the camera. In a clip the best look counts, and the template is the track's. */
export function assessFaceSample({ tracks }: Faces): AssessedSample {
  const byLargest = [...tracks].sort((p, q) => sizeOf(q) - sizeOf(p));
  const [main, second] = byLargest;
  if (!main) return refused('face', FACE_EMBEDDING_MODEL, {}, reason('no-face'));
  const look = bestLook(main);
  const { sizePx, sharpness, luma, yaw, pitch, roll } = look.quality;
  const quality = { sizePx, sharpness, luma, yaw, pitch, roll };
  if (second && sizeOf(second) >= RIVAL_SIZE * sizeOf(main)) {
    const rivals = byLargest.filter((t) => sizeOf(t) >= RIVAL_SIZE * sizeOf(main)).length;
    return refused('face', FACE_EMBEDDING_MODEL, quality, reason('several-faces', { count: rivals }));
  }
  const why = whyNoSample(look.quality) ?? main.embeddingReason;
  if (why || !main.embedding) return refused('face', FACE_EMBEDDING_MODEL, quality, why ?? reason('face-too-small'));
  return { kind: 'face', modelId: FACE_EMBEDDING_MODEL, vector: main.embedding, quality, refusal: null };
}

/** One voice, for long enough. */
export function assessVoiceSample({ speakers }: Voices): AssessedSample {
  const [main] = [...speakers].sort((p, q) => q.speechS - p.speechS);
  if (!main) return refused('voice', VOICE_EMBEDDING_MODEL, {}, reason('no-speech'));
  const all = speakers.reduce((sum, s) => sum + s.speechS, 0);
  const quality = { speechS: main.speechS, share: main.speechS / all };
  if (main.speechS < LEAST_SPEECH_S) {
    const params = { seconds: Math.round(main.speechS * 10) / 10, least: LEAST_SPEECH_S };
    return refused('voice', VOICE_EMBEDDING_MODEL, quality, reason('speech-too-short', params));
  }
  if (quality.share < LEAST_SHARE) {
    return refused('voice', VOICE_EMBEDDING_MODEL, quality, reason('several-speakers', { count: speakers.length }));
  }
  if (!main.embedding) {
    return refused('voice', VOICE_EMBEDDING_MODEL, quality, main.embeddingReason ?? reason('speech-too-short'));
  }
  return { kind: 'voice', modelId: VOICE_EMBEDDING_MODEL, vector: main.embedding, quality, refusal: null };
}

function refused(
  kind: EnrolmentSample['kind'],
  modelId: string,
  quality: EnrolmentSample['quality'],
  refusal: Reason,
): AssessedSample {
  return { kind, modelId, vector: null, quality, refusal };
}

function sizeOf({ observations }: FaceTrack): number {
  return Math.max(...observations.map((o) => o.quality.sizePx));
}

/** The largest of the looks that pass, else the largest of all. */
function bestLook({ observations }: FaceTrack) {
  const bySize = [...observations].sort((p, q) => q.quality.sizePx - p.quality.sizePx);
  return bySize.find((o) => whyNoSample(o.quality) === null) ?? bySize[0]!;
}
