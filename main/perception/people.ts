// Which appearances belong to one person? Appearances that never overlap in time are joined when their face embeddings
// are alike; a join says that two faces look alike beyond a fixed threshold, not that they are one person's.
import { FACE_EMBEDDING_MODEL, type ModelAccess } from '../contract/analyzer.ts';
import type { Reason } from '../contract/fact.ts';
import { reason } from '../contract/fact.ts';
import { type Box, type FaceObservation, type FaceTrack, mostSeen } from '../contract/perception.ts';
import { type Candidate, keepWithinMemory, type Reservoir } from './candidates.ts';
import { cosine, embedFaces, toUnit } from './embedding.ts';
import { type CutFace, fitMeshes, qualityOf } from './face.ts';
import type { Tracklet } from './tracker.ts';

interface Person {
  readonly spans: { readonly fromS: number; readonly toS: number }[];
  firstBox: Box;
  detections: number;
  bestScore: number;
  readonly reservoir: Reservoir;
  /** Sum of the unit vectors of the best looks at each appearance. */
  sum: Float32Array | null;
}

/** Looks at one appearance, and at one person, that are embedded. */
const LOOKS_AN_APPEARANCE = 3;
const LOOKS_A_PERSON = 6;
/** Shorter side in pixels below which no embedding is made: the verification figures of the card were measured down to here. */
export const SMALLEST_EMBEDDED = 30;
/** Cosine from which appearances are joined: false matches of .1 % in the worse population (models/face-likeness/card.md). */
const JOIN_AT = 0.46;
/** In a clip of at least this many samples, a face seen once below this score is an accident of the detector. */
const CLIP_SAMPLES = 8;
const SEEN_ONCE_SCORE = 0.8;
/** Points of the mesh and the features are computed for this many crops at once. */
const BATCH = 8;

/** Joins appearances as they end, so that memory does not grow with the length of the item. */
export class People {
  readonly #models: ModelAccess;
  readonly #meshes = new WeakMap<CutFace, Float32Array>();
  readonly #embeddings = new WeakMap<CutFace, Float32Array>();
  #people: Person[] = [];

  constructor(models: ModelAccess) {
    this.#models = models;
  }

  get count(): number {
    return this.#people.length;
  }

  /** @param stillOpen reservoirs of appearances that go on, which share the memory. */
  async take(ended: readonly Tracklet[], stillOpen: readonly Reservoir[]): Promise<void> {
    for (const tracklet of ended.filter((t) => t.reservoir.bytes > 0)) {
      const sum = await this.#sumOf(tracklet.reservoir.top(LOOKS_AN_APPEARANCE));
      const { fromS, toS, firstBox, detections, bestScore, reservoir } = tracklet;
      const person = { spans: [{ fromS, toS }], firstBox, detections, bestScore, reservoir, sum };
      const known = mostAlike(person, this.#people);
      if (known) join(known, person);
      else this.#people.push(person);
    }
    keepWithinMemory([...this.#people.map((p) => p.reservoir), ...stillOpen]);
  }

  /**
   * Tracks in order of first appearance, then from left to right.
   * @param samples frames examined in all.
   * @param scale pixels of the full-size picture for one of the searched one.
   * @param closely of so many people, those seen most, every look kept gets a vector, not only the best.
   */
  async tracks(samples: number, scale: number, closely: number): Promise<FaceTrack[]> {
    this.#joinTheRest();
    const kept = this.#people
      .filter((p) => samples < CLIP_SAMPLES || p.detections > 1 || p.bestScore >= SEEN_ONCE_SCORE)
      .sort(byAppearance);
    const ids = new Map(kept.map((person, n) => [person, `face-track:${n + 1}`]));
    const tracks: FaceTrack[] = [];
    for (const person of mostSeen(kept, closely)) await this.#sumOf(person.reservoir.inOrder());
    for (const [person, id] of ids) {
      const seenWith = kept.filter((other) => other !== person && together(other, person)).map((p) => ids.get(p)!);
      tracks.push({ id, seenWith, ...(await this.#track(person, scale)) });
    }
    return tracks;
  }

  /** The first look at a person may have been poor: once all are known, each is compared again with those before. */
  #joinTheRest(): void {
    const settled: Person[] = [];
    for (const person of this.#people.sort(byAppearance)) {
      const known = mostAlike(person, settled);
      if (known) join(known, person);
      else settled.push(person);
    }
    this.#people = settled;
  }

  async #track(person: Person, scale: number): Promise<Omit<FaceTrack, 'id' | 'seenWith'>> {
    const candidates = person.reservoir.inOrder();
    const sum = await this.#sumOf(person.reservoir.top(LOOKS_A_PERSON));
    const observations: FaceObservation[] = [];
    for (let first = 0; first < candidates.length; first += BATCH) {
      const batch = candidates.slice(first, first + BATCH);
      const meshes = await this.#meshesOf(batch.map((c) => c.face));
      observations.push(...batch.map((c, n) => this.#observation(c, meshes[n]!, scale)));
    }
    return {
      fromS: startOf(person),
      toS: Math.max(...person.spans.map((s) => s.toS)),
      detections: person.detections,
      observations,
      embedding: sum && toUnit(sum),
      embeddingReason: sum ? null : this.#whyNone(person),
    };
  }

  #observation({ timeS, frameIndex, box, score, face }: Candidate, mesh: Float32Array, scale: number): FaceObservation {
    const embedding = this.#embeddings.get(face);
    const full = { x: box.x * scale, y: box.y * scale, w: box.w * scale, h: box.h * scale };
    return {
      timeS,
      frameIndex,
      box: full,
      score,
      quality: qualityOf(face, mesh, Math.min(box.w, box.h)),
      crop: { image: face.image, mesh, box: face.box },
      ...(embedding ? { embedding } : {}),
    };
  }

  #whyNone({ reservoir }: Person): Reason {
    if (!this.#models.has(FACE_EMBEDDING_MODEL)) return reason('model-missing', { model: FACE_EMBEDDING_MODEL });
    const px = Math.max(...reservoir.inOrder().map(({ box }) => Math.floor(Math.min(box.w, box.h))));
    return reason('face-too-small', { px, least: SMALLEST_EMBEDDED });
  }

  async #meshesOf(faces: readonly CutFace[]): Promise<Float32Array[]> {
    const fresh = faces.filter((face) => !this.#meshes.has(face));
    for (const [n, mesh] of (await fitMeshes(this.#models, fresh)).entries()) this.#meshes.set(fresh[n]!, mesh);
    return faces.map((face) => this.#meshes.get(face)!);
  }

  async #sumOf(looks: readonly Candidate[]): Promise<Float32Array | null> {
    if (!this.#models.has(FACE_EMBEDDING_MODEL)) return null;
    const usable = looks.filter(({ box }) => Math.min(box.w, box.h) >= SMALLEST_EMBEDDED);
    const fresh = usable.filter((c) => !this.#embeddings.has(c.face));
    const meshes = await this.#meshesOf(fresh.map((c) => c.face));
    const vectors = await embedFaces(
      this.#models,
      fresh.map(({ face }, n) => ({ image: face.image, box: face.box, mesh: meshes[n]! })),
    );
    for (const [n, candidate] of fresh.entries()) this.#embeddings.set(candidate.face, vectors[n]!);
    return sumOf(usable.map((c) => this.#embeddings.get(c.face)!));
  }
}

function startOf(person: Person): number {
  return Math.min(...person.spans.map((s) => s.fromS));
}

function byAppearance(p: Person, q: Person): number {
  return startOf(p) - startOf(q) || p.firstBox.x - q.firstBox.x || p.firstBox.y - q.firstBox.y;
}

/** The person most like this one at or above the threshold, who is never seen at the same time. */
function mostAlike(person: Person, others: readonly Person[]): Person | null {
  let found: Person | null = null;
  let most = JOIN_AT;
  for (const other of others) {
    const alike = person.sum && other.sum && !together(person, other) ? cosineOfSums(person.sum, other.sum) : -1;
    if (alike >= most) {
      found = other;
      most = alike;
    }
  }
  return found;
}

function together(p: Person, q: Person): boolean {
  return p.spans.some((a) => q.spans.some((b) => a.fromS <= b.toS && b.fromS <= a.toS));
}

/** Moves everything known of `second` into `first`. */
function join(first: Person, second: Person): void {
  if (startOf(second) < startOf(first)) first.firstBox = second.firstBox;
  first.spans.push(...second.spans);
  first.detections += second.detections;
  first.bestScore = Math.max(first.bestScore, second.bestScore);
  first.reservoir.absorb(second.reservoir);
  first.sum = sumOf([first.sum, second.sum].filter((v) => v !== null));
}

function sumOf(vectors: readonly Float32Array[]): Float32Array | null {
  const [first] = vectors;
  return first ? first.map((_, i) => vectors.reduce((sum, v) => sum + v[i]!, 0)) : null;
}

function cosineOfSums(a: Float32Array, b: Float32Array): number {
  return cosine(a, b) / Math.sqrt(cosine(a, a) * cosine(b, b));
}
