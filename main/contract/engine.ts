/** The protocol between a host and the analysis process. Values only: they cross a process boundary by structured clone. */
import type { ReferencePerson, ScanSettings, VectorModels } from './analyzer.ts';
import type { ErrorRecord } from './errors.ts';
import type { Reason } from './fact.ts';
import type { Finding } from './finding.ts';
import type { MediaInfo } from './media.ts';
import type { Outcome } from './outcome.ts';
import type { Box, FaceQuality } from './perception.ts';
import type { Around } from './versions.ts';

export interface EngineSettings {
  readonly modelsFolder: string;
  readonly packsFolder: string;
  /** Trust lists for signed manifests; need not exist. */
  readonly trustFolder: string;
  /** 0700 folder for spooled sound; swept by the host. */
  readonly scratchFolder: string;
  readonly threads: number;
}

/** What all kinds of work on one item have in common. */
interface ItemRequest {
  readonly id: number;
  /** Working copy named by digest, or the original (read-only). */
  readonly path: string;
  /** Extension claimed by the original's name, with its dot, or empty. */
  readonly claimedExtension: string;
  readonly sha256: string;
  readonly settings: ScanSettings;
  /**
   * Steps that killed or hung an earlier analysis process on this item: they are recorded as failed and not tried again,
   * so that one bad analyzer costs one restart and nothing else.
   */
  readonly knownFailures: Readonly<Record<Step, ErrorRecord>>;
}

/** Everything that can be said of an item. */
export interface ExamineRequest extends ItemRequest {
  readonly kind: 'examine';
  readonly references: readonly ReferencePerson[];
  /** Analyzer ids to run; all where empty. */
  readonly only: readonly string[];
}

/** Whether a photo or recording can serve as a sample of a person, and its vectors. */
export interface EnrolRequest extends ItemRequest {
  readonly kind: 'enrol';
}

/** Where faces are in a film, look after look: what must be covered before a copy is handed on. */
export interface LocateRequest extends ItemRequest {
  readonly kind: 'locate';
}

/** One look at a film: the faces that were seen, in pixels of the upright frame at its full size. */
export interface FacesAt {
  readonly timeS: number;
  readonly boxes: readonly Box[];
}

/** `probe`, `faces`, `voices` or an analyzer id: what the watchdog of the host times. */
export type Step = string;

export interface CancelRequest {
  readonly kind: 'cancel';
  readonly id: number;
}

export type WorkRequest = ExamineRequest | EnrolRequest | LocateRequest;
export type EngineRequest = WorkRequest | CancelRequest;

/** A picture kept for the record: sealed by the host under the item's key. */
export interface DerivedCrop {
  readonly subject: string;
  readonly timeS: number;
  readonly box: Box;
  readonly score: number;
  readonly quality: FaceQuality;
  /** x and y in turn, pixels of the upright picture: outline, eyes, brows, nose and lips of the mesh. Empty in earlier records. */
  readonly landmarks: readonly number[];
  /** PNG. */
  readonly png: Uint8Array;
}

/** A biometric vector: sealed by the host under the item's key. */
export interface DerivedTemplate {
  readonly subject: string;
  readonly kind: 'face' | 'voice';
  readonly modelId: string;
  /** Networks that made it. */
  readonly models: VectorModels;
  /** Of the best look at a face (`sizePx`, `sharpness`, `luma`, `yaw`, `pitch`, `roll`), or of a voice (`speechS`). Empty in earlier records. */
  readonly quality: Readonly<Record<string, number>>;
  /** Other faces seen in one frame or picture with this one, by subject. */
  readonly seenWith: readonly string[];
  readonly vector: Float32Array;
}

/** One face or voice of a file offered as a sample. */
export interface EnrolmentSample {
  readonly kind: 'face' | 'voice';
  readonly modelId: string;
  /** Networks that made the vector. */
  readonly models: VectorModels;
  /** Null where the sample was refused. */
  readonly vector: Float32Array | null;
  /** Measured: `sizePx`, `sharpness`, `yaw`, `speechS`, … */
  readonly quality: Readonly<Record<string, number>>;
  /** Why it was refused; null where it can be used. */
  readonly refusal: Reason | null;
}

export interface Enrolment {
  readonly info: MediaInfo;
  readonly samples: readonly EnrolmentSample[];
}

/** A file found inside the item (the clip of a motion photo), as a byte range. */
export interface EmbeddedPart {
  readonly offset: number;
  readonly length: number;
  readonly mediaType: string;
  readonly relation: 'motion-photo-video' | 'embedded-file';
}

export interface Examination {
  readonly info: MediaInfo;
  readonly outcomes: readonly Outcome[];
  readonly findings: readonly Finding[];
  readonly crops: readonly DerivedCrop[];
  readonly templates: readonly DerivedTemplate[];
  readonly parts: readonly EmbeddedPart[];
  /** Milliseconds by stage and analyzer. */
  readonly timings: Readonly<Record<string, number>>;
  /** Registry id -> SHA-256 of every model that was loaded for this item. */
  readonly models: Readonly<Record<string, string>>;
  readonly around: Around;
}

export interface EngineProgress {
  readonly step: Step;
  /** 0-1 of the whole item. */
  readonly fraction: number;
  readonly faces: number;
  /** Seconds of video or sound decoded so far. */
  readonly seconds: number;
}

export type EngineEvent =
  | { readonly kind: 'ready' }
  | { readonly kind: 'step'; readonly id: number; readonly step: Step; readonly silenceLimitS: number }
  | { readonly kind: 'progress'; readonly id: number; readonly progress: EngineProgress }
  | { readonly kind: 'examined'; readonly id: number; readonly examination: Examination }
  | { readonly kind: 'enrolled'; readonly id: number; readonly enrolment: Enrolment }
  | { readonly kind: 'located'; readonly id: number; readonly looks: readonly FacesAt[] }
  | { readonly kind: 'failed'; readonly id: number; readonly error: ErrorRecord };
