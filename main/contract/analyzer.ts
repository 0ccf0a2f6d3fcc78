import type { Reason } from './fact.ts';
import type { MediaInfo, OpenMedia } from './media.ts';
import type { AnalyzerOutcome } from './outcome.ts';
import type { Faces, Voices } from './perception.ts';

/** float32 in, float32 out; dims in the model's order. */
export interface TensorData {
  readonly data: Float32Array;
  readonly dims: readonly number[];
}

/** 64-bit integers, for the few models that take them (a sample rate). */
export interface IntegerData {
  readonly data: BigInt64Array;
  readonly dims: readonly number[];
}

/** Pixels as they are decoded, 0-255. */
export interface ByteData {
  readonly data: Uint8Array;
  readonly dims: readonly number[];
}

/** What a network takes: bytes for pictures, 64-bit integers for the few that want a length or a sample rate. */
export interface FeedData {
  readonly data: Float32Array | Uint8Array | BigInt64Array;
  readonly dims: readonly number[];
}

/** Access to models by registry id, digest-checked; implemented by `main/inference`. Throws AppError `MODEL_*`. */
export interface ModelAccess {
  /** Float32 arrays and bytes given are given away: they may be empty afterwards. Arrays returned are the caller's. */
  run(
    modelId: string,
    feeds: Readonly<Record<string, TensorData | ByteData | IntegerData>>,
  ): Promise<Record<string, TensorData>>;
  /** The verified bytes of a model that is not a network (a table, a list of characters). */
  bytes(modelId: string): Promise<Uint8Array>;
  /** Whether the model can be loaded here, without loading it. */
  has(modelId: string): boolean;
}

/** Registry ids of the networks whose vectors are compared: vectors of different models never are. */
export const FACE_EMBEDDING_MODEL = 'face-likeness';
export const VOICE_EMBEDDING_MODEL = 'speaker-embedding';

/** Networks that a vector goes through, by kind. */
export const EMBEDDING_NETWORKS = {
  face: ['face-features', FACE_EMBEDDING_MODEL, 'face-recognition'],
  voice: [VOICE_EMBEDDING_MODEL],
} as const satisfies Readonly<Record<'face' | 'voice', readonly string[]>>;

/** Registry id -> SHA-256 of every network that made a vector. Null: not on record, as of vectors kept before it was. */
export type VectorModels = Readonly<Record<string, string>>;

/** What makes the vectors of this installation. */
export type EmbeddingNetworks = Readonly<Record<'face' | 'voice', VectorModels>>;

/** Whether two vectors were made by the same networks, bit for bit: others have no distance. What is not on record is the same as nothing. */
export function madeAlike(a: VectorModels | null, b: VectorModels | null): boolean {
  if (!a || !b) return false;
  const ids = Object.keys(a);
  return ids.length > 0 && ids.length === Object.keys(b).length && ids.every((id) => a[id] === b[id]);
}

/** A person's own samples as vectors; several, so that their spread is known. */
export interface ReferencePerson {
  readonly id: string;
  readonly name: string;
  readonly faces: readonly Float32Array[];
  readonly voices: readonly Float32Array[];
  /** Samples whose vectors other versions of the networks made: they are not compared. */
  readonly madeOtherwise: { readonly faces: number; readonly voices: number };
}

export interface AnalyzerContext {
  readonly signal: AbortSignal;
  /** 0-1 of this analyzer's own work. */
  progress(fraction: number): void;
  /** Uniform in [0, 1), seeded by the item's digest: a repeated run gives the same numbers. */
  random(): number;
  readonly models: ModelAccess;
  readonly references: readonly ReferencePerson[];
  readonly settings: ScanSettings;
}

export interface ScanSettings {
  /** Sampled frames a second of video. */
  readonly fps: number;
  /** The quick pass leaves out what costs more than it tells at first sight (text recognition, stability runs). */
  readonly depth: 'quick' | 'full';
  /** Language spoken, ISO 639-1, as the user states it: nothing here recognises one. Left out where it is not stated. */
  readonly language?: string;
}

export const DEFAULT_SETTINGS: ScanSettings = { fps: 4, depth: 'full' };

export type Need = 'faces' | 'voices';

export interface AnalyzerInput {
  readonly media: OpenMedia;
  readonly sha256: string;
  /** Present when `needs` names it. */
  readonly faces: Faces | null;
  readonly voices: Voices | null;
}

/** A value, not a class: the runner owns order, timing, cancelling and catching. */
export interface Analyzer {
  readonly id: string;
  readonly version: string;
  readonly needs: readonly Need[];
  /** That it looks at film or picture by itself, at the first picture where there are several. */
  readonly looksAtPicture?: boolean;
  /** Models without which it is recorded as not run. */
  readonly models: readonly string[];
  /** Wall-clock limit for one item in seconds. */
  readonly timeLimitS: number;
  /** Null where it applies, otherwise the reason of `notApplicable`. */
  appliesTo(info: MediaInfo): Reason | null;
  /** Why the quick pass leaves it out, to be recorded as not run; null where it does not. Absent: it is part of both passes. */
  leftOutOfQuickPass?(info: MediaInfo): Reason | null;
  run(input: AnalyzerInput, context: AnalyzerContext): Promise<readonly AnalyzerOutcome[]>;
}
