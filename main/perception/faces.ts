// Whose faces are seen in this item, and when? One track a person, in a still picture or through a video of any length.
import type { ModelAccess } from '../contract/analyzer.ts';
import type { Frame, MediaInfo, OpenMedia, RgbImage } from '../contract/media.ts';
import type { Box, Faces } from '../contract/perception.ts';
import { heldBack, oneAhead } from './ahead.ts';
import { addBursts } from './burst.ts';
import { MAX_SPANS } from './candidates.ts';
import { DETECTOR, DETECTOR_SIDE, type Detection, distinct } from './detector.ts';
import { FEATURES, RECOGNITION } from './embedding.ts';
import { MESH } from './face.ts';
import { overlap } from './geometry.ts';
import { followLips } from './lips.ts';
import { confirm, glance, locateFaces, lookCloser } from './locate.ts';
import { People } from './people.ts';
import { Shots } from './shots.ts';
import { Tracker } from './tracker.ts';

export interface FindFacesOptions {
  /** Sampled frames a second of video. */
  readonly fps: number;
  /**
   * Also what only the full pass asks of a film: a vector of each look kept and a run of consecutive frames, of the few faces seen most.
   * Tracks and their own vectors are the same with and without.
   */
  readonly closely?: boolean;
  readonly models: ModelAccess;
  readonly signal: AbortSignal;
  /** Seconds of video looked at so far (0 in a still picture) and persons told apart so far. */
  progress(seconds: number, faces: number): void;
}

/** Registry ids of the models without which no face can be found. */
export const FACE_MODELS: readonly string[] = [DETECTOR, MESH, RECOGNITION, FEATURES];

/** Shorter side in pixels of the smallest face looked for. */
const SMALLEST_IN_PICTURE = 32;
/** In video a face below 48 px supports no opinion: the search is coarser. */
const SMALLEST_IN_VIDEO = 48;
/** Shortest span of which one look is kept: finer ones would be joined again in any but the shortest clips. */
const LONGEST_FIRST_SPAN_S = 1;
/** Longer side in pixels to which frames are shrunk before they are searched. */
const VIDEO_SIDE = 1920;
/** Of so many faces of an item at most, those seen most, more is measured where it is asked for: it bounds the cost. */
const CLOSELY = 4;
/** Every so many seconds, and after each cut, a frame is searched down to the smallest face. */
const FULL_SEARCH_S = 3;
/** Between those, every second frame at least is glanced at for new faces; known faces are followed in each. */
const GLANCE_EVERY = 2;
/** Longer side in pixels of the glance from which a known face is followed by it, and its overlap with the expected place. */
const LEAST_FOLLOWED = 20;
const FOLLOWED_OVERLAP = 0.3;

/** Places of the faces of one picture or frame, down to the smallest that is looked for; in its pixels. */
export async function facesIn(
  picture: RgbImage,
  options: { readonly models: ModelAccess; readonly signal: AbortSignal },
): Promise<Box[]> {
  const found = await locateFaces(picture, { ...options, smallest: SMALLEST_IN_PICTURE });
  return found.map(({ box }) => box);
}

/**
 * Finds faces in the picture, or in every sampled frame of the video or animation. Sound and other items have none.
 * @throws AppError of decoding and `MODEL_*`; AbortError.
 */
export async function findFaces(media: OpenMedia, options: FindFacesOptions): Promise<Faces> {
  const { info } = media;
  if (info.kind === 'video' && info.video.length > 0) return inFrames(media, options);
  if (info.kind !== 'image') return { framesExamined: 0, tracks: [] };
  return (info.image?.frames ?? 1) > 1 ? inFrames(media, options) : inPicture(media, options);
}

async function inPicture(media: OpenMedia, { models, signal, progress, fps }: FindFacesOptions): Promise<Faces> {
  const picture = await media.picture(signal);
  const faces = await locateFaces(picture, { models, smallest: SMALLEST_IN_PICTURE, signal });
  progress(0, faces.length);
  const tracker = new Tracker(1 / fps, 1 / fps);
  const at = { timeS: 0, frameIndex: 0 };
  for (const { detection, reservoir } of tracker.update(picture, at, faces).worthKeeping) {
    reservoir.offer(picture, detection, at);
  }
  const people = new People(models);
  await people.take(tracker.endAll(), []);
  const tracks = await people.tracks(1, 1, 0);
  return { framesExamined: 1, tracks };
}

async function inFrames(media: OpenMedia, options: FindFacesOptions): Promise<Faces> {
  const { models, signal, fps, progress } = options;
  const spanS = Math.min(LONGEST_FIRST_SPAN_S, (media.info.durationS ?? 0) / MAX_SPANS);
  const tracker = new Tracker(1 / fps, Math.max(1 / fps, spanS));
  const people = new People(models);
  const search = new FrameSearch(models, signal);
  let samples = 0;
  let scale = 1;
  const frames = media.frames({ fps, maxSide: VIDEO_SIDE, neededFor: 2, signal });
  for await (const begun of oneAhead(beginEach(frames, search))) {
    signal.throwIfAborted();
    const { frame } = begun;
    scale = fullWidth(media.info, frame) / frame.image.width;
    if (begun.isCut) await people.take(tracker.endAll(), []);
    const faces = await search.faces(begun, tracker.expected(frame.timeS));
    const at = { timeS: frame.timeS, frameIndex: frame.index };
    const { ended, worthKeeping } = tracker.update(frame.image, at, faces);
    const closer = await search.closer(
      frame.image,
      worthKeeping.map((w) => w.detection),
    );
    for (const [n, { reservoir }] of worthKeeping.entries()) {
      const face = closer[n];
      if (face) reservoir.offer(frame.image, face, at);
    }
    await people.take(ended, tracker.reservoirs());
    samples++;
    progress(frame.timeS, people.count + tracker.reservoirs().length);
  }
  await people.take(tracker.endAll(), []);
  const most = options.closely && media.info.kind === 'video' ? CLOSELY : 0;
  const found = await people.tracks(samples, scale, most);
  const alive = () => progress(media.info.durationS ?? 0, found.length);
  const tracks = await addBursts(found, media, { models, signal, most, maxSide: VIDEO_SIDE, progress: alive });
  alive();
  const lips: Faces['lips'] = (look, seconds) =>
    followLips(look, media, { models, signal, seconds, maxSide: VIDEO_SIDE });
  return { framesExamined: samples, tracks, ...(most > 0 ? { lips } : {}) };
}

/** Each frame with what can be asked of it before the faces of the frame before it are known. */
async function* beginEach(
  frames: AsyncIterable<Frame>,
  search: FrameSearch,
): AsyncGenerator<BegunFrame, void, undefined> {
  for await (const frame of frames) yield search.begin(frame);
}

function fullWidth({ video, image }: MediaInfo, { image: { width } }: Frame): number {
  return video[0]?.width ?? image?.width ?? width;
}

/** A frame whose first look the networks may already be at; `whole` is the search down to the smallest face. */
interface BegunFrame {
  readonly frame: Frame;
  readonly isCut: boolean;
  readonly whole: Promise<Detection[]> | null;
  /** Whether it is glanced at for new faces, however small the known ones are. */
  readonly isDue: boolean;
  readonly glance: Promise<Detection[]> | null;
}

/** Decides how hard to look at each frame. */
class FrameSearch {
  readonly #models: ModelAccess;
  readonly #signal: AbortSignal;
  readonly #shots = new Shots();
  #lastFullS = Number.NEGATIVE_INFINITY;
  /** Frames since the last search of the whole. */
  #count = 0;
  /** Whether the known faces were large enough, when last asked, to be followed by a glance at each frame. */
  #follows = true;
  /** Faces of the frame at hand that were only seen in a glance. */
  readonly #coarse = new Set<Detection>();

  constructor(models: ModelAccess, signal: AbortSignal) {
    this.#models = models;
    this.#signal = signal;
  }

  /**
   * Asks of the frame what does not hang on the faces of the frame before, so that the networks look while those are dealt with.
   * Frames are begun in their order. A glance that turns out not to be wanted is dropped by `faces`: what is found is the same.
   */
  begin(frame: Frame): BegunFrame {
    const isCut = this.#shots.isCut(frame.image);
    const models = this.#models;
    if (isCut || frame.timeS - this.#lastFullS >= FULL_SEARCH_S) {
      this.#lastFullS = frame.timeS;
      this.#count = 0;
      const whole = locateFaces(frame.image, { models, smallest: SMALLEST_IN_VIDEO, signal: this.#signal });
      return { frame, isCut, whole: heldBack(whole), isDue: false, glance: null };
    }
    this.#count++;
    const isDue = this.#count % GLANCE_EVERY === 0;
    const begun = isDue || this.#follows ? heldBack(glance(frame.image, models)) : null;
    return { frame, isCut, whole: null, isDue, glance: begun };
  }

  /** Known faces large enough for one look at the whole frame are followed by that alone; the others are looked at one by one. */
  async faces(begun: BegunFrame, expected: readonly Detection[]): Promise<Detection[]> {
    const { image } = begun.frame;
    const models = this.#models;
    const signal = this.#signal;
    this.#coarse.clear();
    const followable = LEAST_FOLLOWED * (Math.max(image.width, image.height) / DETECTOR_SIDE);
    this.#follows = !expected.some(({ box }) => Math.max(box.w, box.h) < followable);
    if (begun.whole) return begun.whole;
    const seen = this.#follows || begun.isDue ? await (begun.glance ?? glance(image, models)) : [];
    const known = seen.filter((face) => expected.some(({ box }) => overlap(face.box, box) >= FOLLOWED_OVERLAP));
    for (const face of known) this.#coarse.add(face);
    const strangers = seen.filter((face) => !known.includes(face));
    const missed = expected.filter(({ box }) => !known.some((face) => overlap(face.box, box) >= FOLLOWED_OVERLAP));
    const close = await confirm(image, distinct([...strangers, ...missed]), { models, signal });
    return distinct([...known, ...close]);
  }

  /** The same faces as exactly as they can be had; null where a face seen from afar is none from near. */
  async closer(image: RgbImage, faces: readonly Detection[]): Promise<(Detection | null)[]> {
    const coarse = faces.filter((face) => this.#coarse.has(face));
    const exact = await lookCloser(image, coarse, { models: this.#models, signal: this.#signal });
    return faces.map((face) => (this.#coarse.has(face) ? exact[coarse.indexOf(face)]! : face));
  }
}
