/**
 * The protocol between a host and the viewing process, which decodes suspect media for a person to look at, apart from the one
 * that examines: looking never waits for an examination, and a decoder that dies takes only a view with it.
 */
import type { ErrorRecord } from './errors.ts';
import type { Box } from './perception.ts';

/** Longest stretch of one spectrogram: 10 minutes of float samples are 38 MB. Seconds. */
export const LONGEST_SPECTROGRAM_S = 600;

/** Longest stretch given to be heard at once. Seconds. */
export const LONGEST_SOUND_S = 120;

interface OfFile {
  readonly id: number;
  readonly path: string;
  /** Extension claimed by the original's name, with its dot, or empty. */
  readonly claimedExtension: string;
}

/** What can be asked of one file. Sizes in pixels, times in seconds of the presentation. */
export type ViewQuestion =
  | { readonly kind: 'picture'; readonly maxSide: number; readonly region: Box | null }
  /** Blurred before it leaves the process; of a film a frame from its middle. */
  | { readonly kind: 'thumbnail'; readonly maxSide: number }
  | { readonly kind: 'frame'; readonly atS: number; readonly step: number; readonly maxSide: number }
  | { readonly kind: 'times' }
  | { readonly kind: 'peaks'; readonly fromS: number; readonly toS: number; readonly buckets: number }
  | { readonly kind: 'spectrogram'; readonly fromS: number; readonly toS: number; readonly columns: number }
  | { readonly kind: 'sound'; readonly fromS: number; readonly toS: number };

/** A picture of our own making is blurred; no file is opened. */
export interface BlurRequest {
  readonly kind: 'blur';
  readonly id: number;
  readonly png: Uint8Array;
}

/** Whatever is asked and answered. */
export type ViewRequest = (OfFile & ViewQuestion) | BlurRequest;

/** The file looked at last is closed; nothing is answered. */
export interface ReleaseOrder {
  readonly kind: 'release';
}

export type ViewMessage = ViewRequest | ReleaseOrder;

export interface ViewedPicture {
  readonly mediaType: 'image/jpeg' | 'image/png';
  readonly bytes: Uint8Array;
  readonly width: number;
  readonly height: number;
  readonly timeS: number;
}

export interface ViewedPeaks {
  readonly low: readonly number[];
  readonly high: readonly number[];
}

export interface ViewedSpectrogram {
  readonly fromS: number;
  readonly toS: number;
  readonly columns: number;
  readonly rows: number;
  readonly fromHz: number;
  readonly toHz: number;
  readonly lowDb: number;
  readonly highDb: number;
  /** One byte a cell, column by column, lowest frequency first. */
  readonly levels: Uint8Array;
}

export interface ViewedSound {
  /** A WAV file: 16-bit, 16 kHz, mono. */
  readonly wav: Uint8Array;
  readonly fromS: number;
  readonly toS: number;
}

export interface Views {
  readonly picture: ViewedPicture;
  readonly thumbnail: ViewedPicture;
  readonly frame: ViewedPicture;
  readonly blur: ViewedPicture;
  readonly times: readonly number[];
  readonly peaks: ViewedPeaks;
  readonly spectrogram: ViewedSpectrogram;
  readonly sound: ViewedSound;
}
export type ViewKind = keyof Views;

export type ViewAnswer =
  | { readonly id: number; readonly ok: true; readonly value: Views[ViewKind] }
  | { readonly id: number; readonly ok: false; readonly error: ErrorRecord };
