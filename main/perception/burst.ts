// The same face in frames that follow each other without a gap: only there can be seen what changes from frame to frame.
import type { ModelAccess } from '../contract/analyzer.ts';
import { AppError, type ErrorCode } from '../contract/errors.ts';
import type { OpenMedia } from '../contract/media.ts';
import { type Box, type FaceObservation, type FaceTrack, mostSeen } from '../contract/perception.ts';
import { embedFaces } from './embedding.ts';
import { type CutFace, cutTurned, eyeCorners, fitMeshes, qualityOf, turnOf } from './face.ts';
import { apply, middle, scaleBox, squareToSource } from './geometry.ts';
import { Shots } from './shots.ts';

/** Frames of one run. */
const BURST_FRAMES = 16;
/** A track has one run for so many seconds, at least one and at most so many. */
const SECONDS_A_BURST = 10;
const MOST_BURSTS = 3;
const BURST_SIDE = 320;
/** Frame rate taken where the container states none. */
const USUAL_FPS = 25;
/** Eyes that part or close up by more than this from the first frame on: the mesh has lost the face. */
const LOST = 1.3;
/** A frame's own time lies within this of what the decoder is asked for. Seconds. */
const CLOSE_S = 1e-3;

export interface BurstOptions {
  readonly models: ModelAccess;
  readonly signal: AbortSignal;
  /** Tracks that get one: those seen most. */
  readonly most: number;
  /** Longer side in pixels of the frames, as they were searched. */
  readonly maxSide: number;
  /** Told before each run: a seek may be silent for as long as a decoder may. */
  progress(): void;
}

/** Faults of going back in a film that was read to its end before: what was found in it stands without the runs. */
const OF_THE_DECODER: ReadonlySet<ErrorCode> = new Set([
  'DECODE_TIMEOUT',
  'DECODER_CRASHED',
  'FFMPEG_FAILED',
  'MEDIA_CORRUPT',
]);

/**
 * The tracks with their runs of frames. Each run costs a seek and the frames from the key frame before it; in a film that is too slow to
 * go back in, as one with a single key frame, the rest is left out.
 */
export async function addBursts(
  tracks: readonly FaceTrack[],
  media: OpenMedia,
  options: BurstOptions,
): Promise<FaceTrack[]> {
  const chosen = new Set(mostSeen(tracks, options.most));
  const done: FaceTrack[] = [];
  let burstsFault: ErrorCode | undefined;
  for (const track of tracks) {
    if (!chosen.has(track) || burstsFault) {
      done.push(chosen.has(track) && burstsFault ? { ...track, burstsFault } : track);
      continue;
    }
    const bursts: FaceObservation[][] = [];
    for (const part of parts(track)) {
      options.progress();
      try {
        bursts.push(await burstOf(part, media, options));
      } catch (fault) {
        options.signal.throwIfAborted();
        if (!(fault instanceof AppError) || !OF_THE_DECODER.has(fault.code)) throw fault;
        burstsFault = fault.code;
        break;
      }
    }
    done.push(burstsFault ? { ...track, bursts, burstsFault } : { ...track, bursts });
  }
  return done;
}

/** The looks of a track, in order of time and as many in each part, one part for each run. */
function parts({ fromS, toS, observations }: FaceTrack): FaceObservation[][] {
  const wanted = Math.max(1, Math.min(MOST_BURSTS, Math.floor((toS - fromS) / SECONDS_A_BURST)));
  const count = Math.min(wanted, observations.length);
  const edge = (n: number) => Math.floor((n * observations.length) / count);
  return Array.from({ length: count }, (_, n) => observations.slice(edge(n), edge(n + 1)));
}

async function burstOf(
  observations: readonly FaceObservation[],
  media: OpenMedia,
  options: BurstOptions,
): Promise<FaceObservation[]> {
  const { models, signal, maxSide } = options;
  const { video, durationS } = media.info;
  const spanS = BURST_FRAMES / (video[0]?.averageFrameRate ?? USUAL_FPS);
  const start = startOf(observations, (durationS ?? Number.POSITIVE_INFINITY) - spanS);
  const shots = new Shots();
  const looks: FaceObservation[] = [];
  let { box } = start;
  const angle = turnOf(start);
  const frames = media.frames({
    fps: Number.POSITIVE_INFINITY,
    fromS: start.timeS - CLOSE_S,
    maxSide,
    neededFor: 1,
    signal,
  });
  for await (const { image, timeS, index } of frames) {
    if (shots.isCut(image)) break;
    const scale = (video[0]?.width ?? image.width) / image.width;
    const cut = cutTurned(image, scaleBox(box, 1 / scale), angle, BURST_SIDE);
    const [mesh] = (await fitMeshes(models, [cut])) as [Float32Array];
    const grown = (apart(mesh) * start.crop.image.width) / (apart(start.crop.mesh) * cut.image.width);
    if (grown > LOST || grown < 1 / LOST) break;
    const quality = qualityOf(cut, mesh, Math.min(box.w, box.h) / scale);
    const crop = { image: cut.image, mesh, box: cut.box };
    looks.push({ timeS, frameIndex: index, box, score: start.score, quality, crop });
    if (looks.length === BURST_FRAMES) break;
    box = followed(box, { ...cut, mesh }, start);
  }
  const vectors = await embedFaces(
    models,
    looks.map(({ crop }) => crop),
  );
  return looks.map((look, n) => ({ ...look, embedding: vectors[n]! }));
}

/** The largest look that leaves time for the whole run; the largest of all where none does. */
function startOf(observations: readonly FaceObservation[], latestS: number): FaceObservation {
  const early = observations.filter(({ timeS }) => timeS <= latestS);
  return (early.length > 0 ? early : observations).toSorted((p, q) => q.quality.sizePx - p.quality.sizePx)[0]!;
}

/** The box shifted by as much as the eyes have left the place in the crop where they stood in the first look. */
function followed(box: Box, { image, angle, mesh }: CutFace & { mesh: Float32Array }, start: FaceObservation): Box {
  const side = image.width;
  const toFrame = squareToSource({ x: 0, y: 0 }, (Math.max(box.w, box.h) * side) / cutBox(start, side), angle, side);
  const place = middle(eyeCorners(start.crop.mesh));
  const scale = side / start.crop.image.width;
  const from = apply(toFrame, { x: place.x * scale, y: place.y * scale });
  const to = apply(toFrame, middle(eyeCorners(mesh)));
  return { ...box, x: box.x + to.x - from.x, y: box.y + to.y - from.y };
}

/** Longer side of the first look's box in a crop of this side. */
function cutBox({ crop: { box, image } }: FaceObservation, side: number): number {
  return (Math.max(box.w, box.h) * side) / image.width;
}

function apart(mesh: Float32Array): number {
  const [left, right] = eyeCorners(mesh);
  return Math.hypot(right.x - left.x, right.y - left.y);
}
