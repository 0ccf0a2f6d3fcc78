/** The media types every room shares: what a file is by content, its pixels, frames and sound. Implemented by `main/media`. */

export type MediaKind = 'image' | 'video' | 'audio' | 'other';

export interface ImageInfo {
  /** Pixels after the orientation flag is applied. */
  readonly width: number;
  readonly height: number;
  /** EXIF orientation 1-8 as written; 1 where none is. */
  readonly orientation: number;
  /** 1 for a still; APNG, GIF, animated WebP and AVIF sequences have more. */
  readonly frames: number;
  readonly hasAlpha: boolean;
  readonly bitDepth: number;
  /** Pictures that the file holds one beside the other, as a scan in TIFF; left out where it is one. The first is the one that is looked at. */
  readonly pages?: number;
}

export interface VideoStreamInfo {
  readonly index: number;
  readonly codec: string;
  /** Displayed size in pixels, after rotation and sample aspect ratio. */
  readonly width: number;
  readonly height: number;
  /** Clockwise degrees: 0, 90, 180, 270. */
  readonly rotation: number;
  readonly durationS: number | null;
  readonly averageFrameRate: number | null;
  readonly variableFrameRate: boolean;
  readonly bitDepth: number;
  readonly pixelFormat: string;
  /** Transfer curve of high dynamic range (ITU-R BT.2100), as recent telephones record; left out for the ordinary range, to which its frames are brought. */
  readonly highRange?: 'pq' | 'hlg';
}

export interface AudioStreamInfo {
  readonly index: number;
  readonly codec: string;
  readonly sampleRate: number;
  readonly channels: number;
  readonly durationS: number | null;
  readonly bitRate: number | null;
}

export interface MediaInfo {
  /** By content, e.g. `image/jpeg`; `application/octet-stream` where nothing matched. */
  readonly mediaType: string;
  readonly kind: MediaKind;
  readonly bytes: number;
  readonly durationS: number | null;
  readonly image: ImageInfo | null;
  /** The first is the one that is looked at: of several, one that the file marks as shown by default. */
  readonly video: readonly VideoStreamInfo[];
  /** As `video`. */
  readonly audio: readonly AudioStreamInfo[];
  /**
   * Where the file's own clock starts again, as in pieces of streams put one behind the other: seconds of the presentation, in which the
   * pieces follow each other. Left out where it does not, or where following it would take too long.
   */
  readonly restartsS?: readonly number[];
  /** Cover pictures of a recording, which nobody looks at; left out where there is none. */
  readonly covers?: number;
  /** Byte at which another piece begins that no decoder here reaches; left out where there is none. */
  readonly unreadFrom?: number;
  /** The media type that the file name claims, where it disagrees with the content. */
  readonly claimedType: string | null;
}

/** 8-bit RGB, row-major, no padding: `data.length === width * height * 3`. */
export interface RgbImage {
  readonly width: number;
  readonly height: number;
  readonly data: Uint8Array;
}

export interface Frame {
  readonly image: RgbImage;
  /** Presentation time in seconds from the container, exact to its time base. */
  readonly timeS: number;
  /** Running number among the frames delivered, from 0. */
  readonly index: number;
}

/** One frame of a film as it is stored. */
export interface FilmPacket {
  /** When it is shown, in ticks of the stream's time base. */
  readonly ticks: number;
  readonly bytes: number;
  /** Whether it is decoded without any other frame. */
  readonly key: boolean;
}

/** 16 kHz mono, [-1, 1]. */
export interface AudioChunk {
  readonly samples: Float32Array;
  /** Time of the first sample in seconds. */
  readonly fromS: number;
}

/** Random access to the bytes of an item. A short read at the end of the file is not an error. */
export interface RangedSource {
  readonly size: number;
  /** Where a process of ours can open the same bytes by itself; absent for bytes in memory and parts of a file. */
  readonly path?: string;
  read(offset: number, length: number): Promise<Uint8Array>;
}

export interface FrameOptions {
  /** Sampling rate in frames a second; the source's own where it is lower. */
  readonly fps: number;
  readonly fromS?: number;
  readonly toS?: number;
  /** Longer side in pixels to shrink to; never enlarges. */
  readonly maxSide?: number;
  /**
   * A frame's pixels are needed only until so many further frames have been asked for, and may be written over then. Left out, they
   * stay: new memory for each frame of a large film is a third of what reading it costs the processor.
   */
  readonly neededFor?: number;
  readonly signal?: AbortSignal;
}

export interface AudioOptions {
  /** Index into `MediaInfo.audio`; the first where left out. */
  readonly track?: number;
  readonly fromS?: number;
  readonly toS?: number;
  readonly signal?: AbortSignal;
}

/** One opened item. Everything is lazy; nothing is decoded before it is asked for. */
export interface OpenMedia extends AsyncDisposable {
  readonly info: MediaInfo;
  readonly source: RangedSource;
  /** The upright picture of an image (its first frame where animated), alpha over white. Throws AppError. */
  picture(signal?: AbortSignal): Promise<RgbImage>;
  /** Frames of the first video stream, or of an animated image. */
  frames(options: FrameOptions): AsyncIterable<Frame>;
  audio(options: AudioOptions): AsyncIterable<AudioChunk>;
  /** Packets of the first video stream in the order of decoding, of the first ten minutes, undecoded; absent where there is none. */
  packets?(signal?: AbortSignal): Promise<readonly FilmPacket[]>;
}
