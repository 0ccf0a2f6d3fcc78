// Where are the faces of a picture of any size? BlazeFace over a pyramid of overlapping tiles, and every find looked at
// once more at a canonical size and upright, which also gives the final box. It decides nothing about who or what is shown.
import type { ModelAccess } from '../contract/analyzer.ts';
import type { RgbImage } from '../contract/media.ts';
import { runsAhead } from './ahead.ts';
import { carry, DETECTOR_SIDE, type Detection, detectSquares, distinct, rollOf } from './detector.ts';
import { centreOf, overlap, type Similarity, squareToSource } from './geometry.ts';
import { cut } from './picture.ts';

export interface SearchOptions {
  readonly models: ModelAccess;
  /** Shorter side in pixels of the smallest face looked for. */
  readonly smallest: number;
  readonly signal?: AbortSignal | undefined;
}

/**
 * Smallest face that the detector finds reliably, in pixels of its own 256 px picture. Measured on 120 LFW photos shrunk and
 * laid on a plain ground (2026-11-24): 100 % at 17 px, 99 % at 14 px, threshold .7.
 */
const SMALLEST_SEEN = 14;
/** A face up to this size lies whole in some tile of its level. */
const TILE_OVERLAP = 64;
/** One level sees faces from 14 px to the overlap: the next may be coarser by this factor. */
const LEVEL_STEP = 4;
/** Squares in one run of the detector: more gain no speed and take memory. */
const BATCH = 2;
/** Score at which a find in a tile is worth a second look. */
const CANDIDATE_SCORE = 0.5;
/**
 * Looks at each find: width in face boxes, and the score that counts as a face there. The first gives the finer box; some
 * faces show well only with more around them (2026-11-24: 25 DFDC, Congress and T2I pictures that the first look refused
 * score .6-.9 in the second). Fixed on LFW photos and scenes: models/face-likeness/card.md.
 */
const LOOKS = [
  { span: 2, score: 0.6 },
  { span: 4, score: 0.7 },
] as const;
/** Boxes of the find and of the look agree at least this much. */
const AGREEMENT = 0.4;
/** Radians of roll that the detector takes for upright. */
const UPRIGHT = 0.15;
/** Where nothing was found, the picture is seen from further away: a face that fills it whole has no outline to go by. */
const STEP_BACK = 0.5;

/** Faces of a whole picture, best first, with points and box in its pixels. */
export async function locateFaces(picture: RgbImage, options: SearchOptions): Promise<Detection[]> {
  const found: Detection[] = [];
  for (const level of levelsOf(picture, options.smallest)) found.push(...(await searchLevel(picture, level, options)));
  const faces = await confirm(picture, distinct(found), options);
  if (faces.length > 0) return faces;
  return confirm(picture, await searchLevel(picture, fromAfar(picture), options), options);
}

/** Faces found in the whole picture shrunk to one detector square, not yet confirmed: cheap, for the frames between. */
export async function glance(picture: RgbImage, models: ModelAccess): Promise<Detection[]> {
  const whole = Math.min(1, DETECTOR_SIDE / Math.max(picture.width, picture.height));
  return searchLevel(picture, { scale: whole, columns: [0], rows: [0] }, { models, smallest: 0 });
}

/** Looks again at each find, upright and at one size; what does not show a face there is dropped. Best first. */
export async function confirm(
  picture: RgbImage,
  finds: readonly Detection[],
  options: Omit<SearchOptions, 'smallest'>,
): Promise<Detection[]> {
  return distinct((await lookCloser(picture, finds, options)).filter((face) => face !== null));
}

/** The face that each find shows when looked at closely, or null, in the order given. */
export async function lookCloser(
  picture: RgbImage,
  finds: readonly Detection[],
  options: Omit<SearchOptions, 'smallest'>,
): Promise<(Detection | null)[]> {
  const faces: (Detection | null)[] = finds.map(() => null);
  for (const look of LOOKS) {
    const open = [...faces.keys()].filter((n) => faces[n] === null);
    const seen = await lookAt(
      picture,
      open.map((n) => finds[n]!),
      look,
      options,
    );
    for (const [i, n] of open.entries()) faces[n] = seen[i]!;
  }
  return faces;
}

/** The face that each find shows at this width, or null. */
async function lookAt(
  picture: RgbImage,
  finds: readonly Detection[],
  { span, score }: (typeof LOOKS)[number],
  { models, signal }: Omit<SearchOptions, 'smallest'>,
): Promise<(Detection | null)[]> {
  const views = finds.map((find) =>
    squareToSource(centreOf(find.box), span * Math.max(find.box.w, find.box.h), turnOf(find), DETECTOR_SIDE),
  );
  const results = await detectAt(picture, views, score, { models, signal });
  return results.map((seen, n) => seen.find((d) => overlap(d.box, finds[n]!.box) >= AGREEMENT) ?? null);
}

/** What the detector sees in each square of the picture, in the picture's pixels. */
async function detectAt(
  picture: RgbImage,
  squares: readonly Similarity[],
  threshold: number,
  { models, signal }: Omit<SearchOptions, 'smallest'>,
): Promise<Detection[][]> {
  const firsts = Array.from({ length: Math.ceil(squares.length / BATCH) }, (_, run) => run * BATCH);
  const seen = await runsAhead(firsts, (first) => {
    signal?.throwIfAborted();
    const cuts = squares.slice(first, first + BATCH).map((square) => cut(picture, square, DETECTOR_SIDE));
    return detectSquares(models, cuts, threshold);
  });
  return seen.flat().map((found, n) => found.map((d) => carry(squares[n]!, d)));
}

/** The turn that is worth undoing before the detector looks again: it does not mind less, and upright cuts are cheaper. */
function turnOf(find: Detection): number {
  const roll = rollOf(find);
  return Math.abs(roll) < UPRIGHT ? 0 : roll;
}

/** One scale of the pyramid: tiles begin at each column and row, in pixels of the shrunk picture. */
interface Level {
  readonly scale: number;
  readonly columns: readonly number[];
  readonly rows: readonly number[];
}

/** From the whole picture in one square down to the scale at which the smallest face is just large enough. */
function levelsOf({ width, height }: RgbImage, smallest: number): Level[] {
  const whole = Math.min(1, DETECTOR_SIDE / Math.max(width, height));
  const finest = SMALLEST_SEEN / smallest;
  const levels: Level[] = [{ scale: whole, columns: [0], rows: [0] }];
  for (let scale = finest; scale > whole * 1.05; scale /= LEVEL_STEP) {
    levels.push({ scale, columns: starts(width * scale), rows: starts(height * scale) });
  }
  return levels;
}

/** The whole picture in the middle of one square, half as large as it could be. */
function fromAfar({ width, height }: RgbImage): Level {
  const scale = (STEP_BACK * DETECTOR_SIDE) / Math.max(width, height);
  return { scale, columns: [(width * scale - DETECTOR_SIDE) / 2], rows: [(height * scale - DETECTOR_SIDE) / 2] };
}

/** Starts of equally spaced tiles that cover `length` with at least the wanted overlap. */
function starts(length: number): number[] {
  if (length <= DETECTOR_SIDE) return [(length - DETECTOR_SIDE) / 2];
  const count = Math.ceil((length - TILE_OVERLAP) / (DETECTOR_SIDE - TILE_OVERLAP));
  return Array.from({ length: count }, (_, i) => (i * (length - DETECTOR_SIDE)) / Math.max(1, count - 1));
}

async function searchLevel(
  picture: RgbImage,
  { scale, columns, rows }: Level,
  { models, signal }: SearchOptions,
): Promise<Detection[]> {
  const tiles: Similarity[] = rows.flatMap((y) =>
    columns.map((x) => ({ a: 1 / scale, b: 0, tx: x / scale, ty: y / scale })),
  );
  const found = (await detectAt(picture, tiles, CANDIDATE_SCORE, { models, signal })).flat();
  return found.filter(({ box }) => overlapsPicture(box, picture));
}

/** At least the centre of a face lies in the picture: tiles are filled up by repeating its edge. */
function overlapsPicture(box: Detection['box'], { width, height }: RgbImage): boolean {
  const { x, y } = centreOf(box);
  return x >= 0 && y >= 0 && x < width && y < height;
}
