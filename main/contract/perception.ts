/** What perception finds once and many analyzers use: faces tracked over time, voices by speaker. Implemented by `main/perception`. */
import type { ErrorCode } from './errors.ts';
import type { Reason } from './fact.ts';
import type { RgbImage } from './media.ts';

export interface Box {
  readonly x: number;
  readonly y: number;
  readonly w: number;
  readonly h: number;
}

export interface FaceQuality {
  /** Shorter side of the face box in pixels of the decoded picture. */
  readonly sizePx: number;
  /** Variance of the Laplacian of luma on the face at 112 px; below about 15 the face is heavily blurred. */
  readonly sharpness: number;
  /** Mean luma of the face, 0-255. */
  readonly luma: number;
  /** Degrees from the mesh: yaw positive to the image's right, pitch positive up, roll clockwise. */
  readonly yaw: number;
  readonly pitch: number;
  readonly roll: number;
}

/**
 * The face cut out upright (eyes level) with surroundings: a square of 2.0 x the longer side of the face box around its centre,
 * at most 512 px a side and never enlarged; outside the picture edge pixels are repeated.
 */
export interface FaceCrop {
  readonly image: RgbImage;
  /** 468 mesh points (MediaPipe order) as x, y in pixels of the crop, z in the same scale: length 1404. */
  readonly mesh: Float32Array;
  /** Face box in pixels of the crop. */
  readonly box: Box;
}

export interface FaceObservation {
  /** Presentation time; 0 in a still picture. */
  readonly timeS: number;
  readonly frameIndex: number;
  /** In pixels of the upright picture or frame at its full size. */
  readonly box: Box;
  /** Detector score, 0-1. */
  readonly score: number;
  readonly quality: FaceQuality;
  readonly crop: FaceCrop;
  /** Unit vector of this observation alone; in the quick pass only the best few of a track have one. */
  readonly embedding?: Float32Array;
}

export interface FaceTrack {
  /** `face-track:N`, N from 1 in order of first appearance, then from left to right. */
  readonly id: string;
  readonly fromS: number;
  readonly toS: number;
  /** Other tracks that were seen at the same time, by id. */
  readonly seenWith: readonly string[];
  /** Sampled frames in which the face was detected. */
  readonly detections: number;
  /** The best observation of each of at most 24 equal spans of the track, in order of time. */
  readonly observations: readonly FaceObservation[];
  /**
   * The same face in runs of consecutive frames of the film, in order of time, each followed by its mesh from one of the observations on:
   * crops of one size and turn, at most 320 px, each with its vector. Only in the full pass, of the few faces seen most, and of as many frames as followed
   * without a cut; a long track has several.
   */
  readonly bursts?: readonly (readonly FaceObservation[])[];
  /** Why some or all of those runs are missing: the fault of the decoder that was met on going back in the film. */
  readonly burstsFault?: ErrorCode;
  /** Unit vector averaged over the best observations, or null with the reason. */
  readonly embedding: Float32Array | null;
  readonly embeddingReason: Reason | null;
}

/** What of a mouth is measured, in distances of the outer eye corners: the gap between the lips, both lips together, corner to corner, nose to chin. */
export const LIP_MEASURES = ['opening', 'height', 'width', 'jaw'] as const;

/** A mouth in consecutive frames. */
export interface LipMovement {
  /** Presentation times of the frames, in order. */
  readonly timesS: readonly number[];
  /** `LIP_MEASURES` of each frame in turn. */
  readonly measures: Float32Array;
}

export interface SpeechSegment {
  readonly fromS: number;
  readonly toS: number;
}

export interface Speaker {
  /** `speaker:N`, N from 1 in order of first speech. */
  readonly id: string;
  readonly turns: readonly SpeechSegment[];
  readonly speechS: number;
  /** Unit vector over all turns, or null with the reason (too short, too noisy). */
  readonly embedding: Float32Array | null;
  readonly embeddingReason: Reason | null;
}

export interface Faces {
  /** Frames or pictures looked at. */
  readonly framesExamined: number;
  readonly tracks: readonly FaceTrack[];
  /**
   * The mouth from this look on, for so many seconds at most: the run ends with the shot, or where the face is lost. Only of a film, in the
   * full pass. Throws AppError of decoding.
   */
  lips?(look: FaceObservation, seconds: number): Promise<LipMovement>;
}

export interface Voices {
  /** Seconds of sound that were decoded and looked at. */
  readonly secondsExamined: number;
  readonly speakers: readonly Speaker[];
  /** Decoded sound of a span, 16 kHz mono. */
  read(fromS: number, toS: number): Promise<Float32Array>;
}

/** At most `count`, by the frames in which they were found; of equals the earlier. */
export function mostSeen<T extends Pick<FaceTrack, 'detections'>>(all: readonly T[], count: number): T[] {
  return all.toSorted((p, q) => q.detections - p.detections).slice(0, count);
}
