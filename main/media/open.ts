/** Opens one item: recognises it by content, reads its headers, and gives lazy access to its pixels, frames and sound. */
import { AppError, type ErrorRecord } from '../contract/errors.ts';
import type {
  AudioChunk,
  AudioOptions,
  AudioStreamInfo,
  Frame,
  FrameOptions,
  MediaInfo,
  OpenMedia,
  RgbImage,
  VideoStreamInfo,
} from '../contract/media.ts';
import { AUDIO_RATE, audioChunks, CHUNK_SAMPLES } from './audio.ts';
import { bmpInfo, decodeBmp, readBmpHeader } from './bmp.ts';
import { completeness } from './completeness.ts';
import { decodeHeic, decodeSilk } from './disposable.ts';
import { claimedType, type Format, UNKNOWN_TYPE } from './formats.ts';
import { toSrgb } from './icc.ts';
import { DEFAULT_LIMITS, type DecodeLimits } from './limits.ts';
import { filmPackets, followClock, type RunningClock } from './packets.ts';
import { animationDuration, animationFrames, decodePicture, type PictureHeader, pictureHeader } from './picture.ts';
import { furtherPiece, mayHoldPieces } from './pieces.ts';
import { resizeRgb } from './pixels.ts';
import { type Probe, probe, type VideoStream } from './probe.ts';
import { readSilk } from './silk.ts';
import { apngFrames, type Sniffed, sniff } from './sniff.ts';
import { FileSource } from './source.ts';
import { fitWithin, videoFrames } from './video.ts';
import { readWavHeader, wavChunks } from './wav.ts';

export interface OpenOptions {
  /** Extension of the original's name with its dot; the path itself may be a working copy named by digest. */
  readonly claimedExtension?: string;
  /** 0700 folder in which decoders run. */
  readonly scratchFolder?: string;
  readonly signal?: AbortSignal;
  readonly limits?: Partial<DecodeLimits>;
}

/** What this room knows of an opened item beside the contract. */
export interface Opened extends OpenMedia {
  /** Container time that counts as zero, of what ffmpeg reads. */
  readonly zeroS?: number;
}

/**
 * Opens a file read-only. Headers are read, nothing is decoded.
 * @throws AppError with every code of reading and decoding; the signal's reason when aborted
 */
export async function openMedia(path: string, options: OpenOptions = {}): Promise<Opened> {
  options.signal?.throwIfAborted();
  const source = await FileSource.open(path);
  try {
    const sniffed = await sniff(source, options.claimedExtension ?? '');
    return await openAs(path, source, sniffed, options);
  } catch (fault) {
    await source[Symbol.asyncDispose]();
    throw fault;
  }
}

/**
 * The bytes of an item whose content cannot be decoded, so that what reads bytes alone (provenance) still can.
 * `picture`, `frames` and `audio` throw `fault`.
 */
export async function openUndecoded(path: string, fault: ErrorRecord, options: OpenOptions = {}): Promise<OpenMedia> {
  const source = await FileSource.open(path);
  const sniffed = await sniff(source, options.claimedExtension ?? '').catch(() => null);
  return assemble(source, {
    info: bareInfo(source, sniffed, options.claimedExtension),
    ...refusing(() => new AppError(fault.code, fault.params)),
  });
}

type Access = Pick<Opened, 'info' | 'picture' | 'frames' | 'audio' | 'packets' | 'zeroS'>;

interface Context {
  readonly path: string;
  readonly source: FileSource;
  readonly sniffed: Sniffed;
  readonly format: Format;
  readonly options: OpenOptions;
  readonly limits: DecodeLimits;
}

async function openAs(path: string, source: FileSource, sniffed: Sniffed, options: OpenOptions): Promise<Opened> {
  const { format } = sniffed;
  if (!format || format.decoder === 'none') {
    const refusal = () =>
      format ? new AppError('FORMAT_UNSUPPORTED', { mediaType: format.mediaType }) : new AppError('FORMAT_UNKNOWN');
    return assemble(source, { info: bareInfo(source, sniffed), ...refusing(refusal) });
  }
  const limits = { ...DEFAULT_LIMITS, ...options.limits };
  const opened = await OPENERS[format.decoder]({ path, source, sniffed, format, options, limits });
  return assemble(source, opened);
}

const OPENERS: Readonly<Record<Exclude<Format['decoder'], 'none'>, (context: Context) => Promise<Access>>> = {
  sharp: openPicture,
  bmp: openBmp,
  heic: openPicture,
  sequence: openSequence,
  wav: openWav,
  silk: openSilk,
  ffmpeg: openContainer,
};

async function openPicture(context: Context): Promise<Access> {
  const { path, source, sniffed, format, limits } = context;
  const header = await orTruncated(context, () => pictureHeader(source, path, limits));
  const frames = format.demuxer ? Math.min(await apngFrames(source), limits.animationFrames) : header.info.frames;
  const image = { ...header.info, frames };
  const picture = (signal?: AbortSignal) =>
    orTruncated(context, () =>
      format.decoder === 'heic' ? heicPicture(context, header, signal) : decodePicture(path, limits, signal),
    );
  return {
    ...noSound,
    info: { ...bareInfo(source, sniffed), image, durationS: animationDuration(header) },
    picture,
    frames(wanted) {
      if (frames === 1) return stillFrame(picture, wanted);
      return format.demuxer ? probedFrames(context, wanted) : animationFrames(path, header, limits, wanted);
    },
  };
}

/** A moving picture that the image library does not read at all. */
async function openSequence(context: Context): Promise<Access> {
  const { source, sniffed } = context;
  const { video, durationS } = await probeContext(context);
  const [stream] = video;
  if (!stream) throw new AppError('MEDIA_NO_STREAMS');
  const { width, height, hasAlpha, bitDepth } = stream;
  const image = { width, height, orientation: 1, frames: stream.frames ?? 1, hasAlpha, bitDepth };
  return {
    ...noSound,
    // The container's own duration is that of its still.
    info: { ...bareInfo(source, sniffed), image, durationS: stream.durationS ?? durationS },
    async picture(signal) {
      for await (const first of probedFrames(context, { fps: Number.POSITIVE_INFINITY, signal })) return first.image;
      throw new AppError('MEDIA_CORRUPT');
    },
    frames: (wanted) => probedFrames(context, wanted),
  };
}

async function heicPicture(context: Context, header: PictureHeader, signal?: AbortSignal): Promise<RgbImage> {
  const { path, source, limits, options } = context;
  refuseWhole(source, limits);
  const image = await decodeHeic(path, { limits, signal, cwd: options.scratchFolder });
  return header.profile ? await toSrgb(image, header.profile) : image;
}

async function openBmp({ source, sniffed, limits }: Context): Promise<Access> {
  const header = await readBmpHeader(source, limits);
  const picture = () => decodeBmp(source, header);
  return {
    ...noSound,
    info: { ...bareInfo(source, sniffed), image: bmpInfo(header) },
    picture,
    frames: (wanted) => stillFrame(picture, wanted),
  };
}

async function openWav(context: Context): Promise<Access> {
  const { source, sniffed, limits } = context;
  const header = await readWavHeader(source);
  if (!header) return await openContainer(context);
  const { sampleRate, channels, bits, encoding, frames } = header;
  if (frames === 0) throw new AppError('MEDIA_NO_STREAMS');
  const durationS = frames / sampleRate;
  const stream: AudioStreamInfo = {
    index: 0,
    codec: `pcm_${encoding === 'float' ? 'f' : bits === 8 ? 'u' : 's'}${bits}${bits === 8 ? '' : 'le'}`,
    sampleRate,
    channels,
    durationS,
    bitRate: sampleRate * channels * bits,
  };
  return {
    ...noPicture,
    info: { ...bareInfo(source, sniffed), durationS, audio: [stream] },
    audio: (wanted) => oneTrack(wanted, () => wavChunks(source, header, limits, wanted)),
  };
}

async function openSilk({ path, source, sniffed, limits, options }: Context): Promise<Access> {
  refuseWhole(source, limits);
  const stream = readSilk(await source.read(0, source.size));
  // The decoder gives all of it at once, and empty packets cost two bytes each.
  const decoded = (stream.durationS ?? 0) * AUDIO_RATE * 2;
  if (decoded > limits.wholeFileBytes) throw new AppError('MEDIA_TOO_LARGE', { bytes: decoded });
  const decode = (signal?: AbortSignal) => decodeSilk(path, AUDIO_RATE, { limits, signal, cwd: options.scratchFolder });
  return {
    ...noPicture,
    info: { ...bareInfo(source, sniffed), durationS: stream.durationS, audio: [stream] },
    audio: (wanted) => oneTrack(wanted, () => slices(decode, wanted)),
  };
}

async function openContainer(context: Context): Promise<Access> {
  const { path, source, sniffed, format, limits, options } = context;
  const probed = await probeContext(context);
  const { video, audio, zeroS } = probed;
  if (video.length + audio.length === 0) throw new AppError('MEDIA_NO_STREAMS');
  const kind = video.length > 0 ? 'video' : 'audio';
  const mediaType = format.mediaType.replace(/^(video|audio)/, kind);
  const claimed = claimedType(options.claimedExtension ?? '', mediaType);
  const demuxer = demuxerOf(format);
  const { running, unreadFrom } = await piecesOf(context, demuxer, probed);
  const clock = { restarts: running !== null };
  const shared = { file: path, demuxer, zeroS, clock, limits, cwd: options.scratchFolder };
  return {
    zeroS,
    info: {
      ...bareInfo(source, sniffed),
      mediaType,
      kind,
      claimedType: claimed,
      durationS: running?.durationS ?? probed.durationS,
      video: video.map(publicInfo),
      audio: audio.map(({ timeBase: _, ...info }) => info),
      ...(probed.covers > 0 ? { covers: probed.covers } : {}),
      ...(running ? { restartsS: running.restartsS } : {}),
      ...(unreadFrom === null ? {} : { unreadFrom }),
    },
    picture: () => Promise.reject(new AppError('MEDIA_NO_STREAMS')),
    frames: (wanted) =>
      video[0] ? videoFrames({ ...shared, stream: video[0] }, wanted) : failing(() => new AppError('MEDIA_NO_STREAMS')),
    audio: (wanted) => audioChunks({ ...shared, streams: audio }, wanted),
    ...(video[0]
      ? {
          packets: (signal) =>
            filmPackets({ ...shared, stream: video[0]!.index, timeBase: video[0]!.timeBase }, signal),
        }
      : {}),
  };
}

/** What a file shows of pieces that were put one behind the other. */
interface Pieces {
  /** Null where the clock does not start again, or where that cannot be told in time. */
  readonly running: RunningClock | null;
  /** As `MediaInfo.unreadFrom`. */
  readonly unreadFrom: number | null;
}

/** Files that were read through for it: a viewer opens the same one for each picture that it shows. */
const searched = new Map<string, Pieces>();
const MOST_SEARCHED = 16;

async function piecesOf(context: Context, demuxer: string, probed: Probe): Promise<Pieces> {
  const { path, source } = context;
  const key = `${path}\0${source.size}\0${source.writtenMs}`;
  const known = searched.get(key);
  if (known) return known;
  const running = (await mayHoldPieces(source, demuxer)) ? await joinedClock(context, demuxer, probed) : null;
  const pieces = { running, unreadFrom: await furtherPiece(source, demuxer) };
  if (searched.size === MOST_SEARCHED) searched.delete(searched.keys().next().value!);
  searched.set(key, pieces);
  return pieces;
}

async function joinedClock(context: Context, demuxer: string, { video, audio }: Probe): Promise<RunningClock | null> {
  const { path, limits, options } = context;
  const { index, timeBase } = (video[0] ?? audio[0])!;
  const source = { file: path, demuxer, stream: index, timeBase, limits, cwd: options.scratchFolder };
  try {
    const running = await followClock(source, options.signal);
    return running.restartsS.length > 0 ? running : null;
  } catch (fault) {
    options.signal?.throwIfAborted();
    if (fault instanceof AppError) return null;
    throw fault;
  }
}

/** The contract's part of a stream: the rest serves the decoder only. */
function publicInfo({ timeBase: _, hasAlpha: __, frames: ___, ...info }: VideoStream): VideoStreamInfo {
  return info;
}

async function* probedFrames(context: Context, wanted: FrameOptions): AsyncGenerator<Frame, void> {
  const { path, format, limits, options } = context;
  const { video, zeroS } = await probeContext(context, wanted.signal);
  if (!video[0]) throw new AppError('MEDIA_NO_STREAMS');
  const demuxer = demuxerOf(format);
  const shared = { file: path, demuxer, zeroS, clock: { restarts: false }, limits, cwd: options.scratchFolder };
  yield* videoFrames({ ...shared, stream: video[0] }, wanted);
}

async function probeContext(context: Context, signal = context.options.signal): Promise<Probe> {
  const { path, format, limits, options } = context;
  return await orTruncated(context, () =>
    probe(path, demuxerOf(format), limits, { signal, cwd: options.scratchFolder }),
  );
}

/** A file that cannot be read because it ends early is told from one that is broken. */
async function orTruncated<T>({ source, format }: Context, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (fault) {
    const corrupt = fault instanceof AppError && fault.code === 'MEDIA_CORRUPT';
    if (corrupt && (await completeness(source, format.mediaType)) === 'truncated')
      throw new AppError('MEDIA_TRUNCATED', {}, { cause: fault });
    throw fault;
  }
}

function demuxerOf(format: Format): string {
  if (!format.demuxer) throw new RangeError(`no demuxer for ${format.mediaType}`);
  return format.demuxer;
}

/** The picture of a still as a film of one frame at 0 s. */
async function* stillFrame(
  picture: (signal?: AbortSignal) => Promise<RgbImage>,
  { fromS = 0, maxSide, signal }: FrameOptions,
): AsyncGenerator<Frame, void> {
  if (fromS > 0) return;
  const image = await picture(signal);
  const { width, height } = fitWithin(image.width, image.height, maxSide);
  yield { image: await resizeRgb(image, width, height), timeS: 0, index: 0 };
}

/** Cuts a recording that was decoded whole into the chunks of the contract. */
async function* slices(
  decode: (signal?: AbortSignal) => Promise<Float32Array>,
  { fromS = 0, toS = Number.POSITIVE_INFINITY, signal }: AudioOptions,
): AsyncGenerator<AudioChunk, void> {
  const whole = await decode(signal);
  const end = Math.min(whole.length, Math.round(toS * AUDIO_RATE));
  for (let at = Math.round(fromS * AUDIO_RATE); at < end; at += CHUNK_SAMPLES) {
    signal?.throwIfAborted();
    yield { samples: whole.slice(at, Math.min(end, at + CHUNK_SAMPLES)), fromS: at / AUDIO_RATE };
  }
}

/** Of decoders that hold the file in memory. */
function refuseWhole({ size }: FileSource, { wholeFileBytes }: DecodeLimits): void {
  if (size > wholeFileBytes) throw new AppError('MEDIA_TOO_LARGE', { bytes: size });
}

function oneTrack(wanted: AudioOptions, open: () => AsyncIterable<AudioChunk>): AsyncIterable<AudioChunk> {
  return (wanted.track ?? 0) === 0 ? open() : failing(() => new AppError('MEDIA_NO_STREAMS', { track: wanted.track! }));
}

// biome-ignore lint/correctness/useYield: the iterator exists to refuse
async function* failing(fault: () => AppError): AsyncGenerator<never, void> {
  throw fault();
}

function refusing(fault: () => AppError): Pick<OpenMedia, 'picture' | 'frames' | 'audio'> {
  return { picture: () => Promise.reject(fault()), frames: () => failing(fault), audio: () => failing(fault) };
}

const { audio: noAudio, ...noFrames } = refusing(() => new AppError('MEDIA_NO_STREAMS'));
const noSound = { audio: noAudio };
const noPicture = noFrames;

/** Without `sniffed`, content that could not be recognised: what its name claims is then a disagreement. */
function bareInfo(source: FileSource, sniffed: Sniffed | null, claimedExtension = ''): MediaInfo {
  return {
    mediaType: sniffed?.mediaType ?? UNKNOWN_TYPE,
    kind: sniffed?.kind ?? 'other',
    bytes: source.size,
    durationS: null,
    image: null,
    video: [],
    audio: [],
    claimedType: sniffed ? sniffed.claimedType : claimedType(claimedExtension, UNKNOWN_TYPE),
  };
}

function assemble(source: FileSource, access: Access): Opened {
  return { ...access, source, [Symbol.asyncDispose]: () => source[Symbol.asyncDispose]() };
}
