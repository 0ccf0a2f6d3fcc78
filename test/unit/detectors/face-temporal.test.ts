import type { AnalyzerOutcome } from '../../../main/contract/outcome.ts';
import type { FaceObservation, Faces, FaceTrack } from '../../../main/contract/perception.ts';
import { identityDrift } from '../../../main/detectors/face-drift.ts';
import { OVAL } from '../../../main/detectors/face-geometry.ts';
import { measureLook, rigidResidual } from '../../../main/detectors/face-steadiness.ts';
import { faceTemporal } from '../../../main/detectors/face-temporal.ts';
import { sentences } from '../../../main/strings/index.ts';
import { context, ground, noise, observation, PICTURE, spiralMesh } from './drawn.ts';

const SIDE = 160;
const FLAT = spiralMesh(SIDE, OVAL);
/** A face that bulges towards the viewer, so that a turn of the head moves its points in depth. */
const MESH = FLAT.map((v, i) =>
  i % 3 === 2 ? -0.3 * Math.hypot(FLAT[i - 2]! - SIDE / 2, FLAT[i - 1]! - SIDE / 2) : v,
);

interface Wobble {
  /** Levels that the face alone grows brighter in every second look; the whole picture, in `light`. */
  readonly flicker?: number;
  readonly light?: number;
  /** Pixels by which each mesh point is displaced at random. */
  readonly jitter?: number;
  /** Strength of the grain in the face, of that around. */
  readonly grain?: number;
  /** Angle in radians by which the vector of every second frame lies apart. */
  readonly turn?: number;
}

function look(n: number, { flicker = 0, light = 0, jitter = 0, grain = 1 }: Wobble): FaceObservation {
  const inFace = (x: number, y: number) => ((x - SIDE / 2) / 0.2) ** 2 + ((y - SIDE / 2) / 0.25) ** 2 < SIDE ** 2;
  const image = ground(SIDE, 16, grain < 1 ? inFace : undefined);
  const data = image.data.map((v, i) => {
    const at = Math.floor(i / 3);
    const brighter = light + (inFace(at % SIDE, Math.floor(at / SIDE)) ? flicker : 0);
    return v + (n % 2 === 0 ? 0 : brighter);
  });
  const random = noise(31 + n);
  const mesh = MESH.map((v) => v + jitter * (random() - 0.5));
  const box = { x: SIDE / 4, y: SIDE / 4, w: SIDE / 2, h: SIDE / 2 };
  return { ...observation({ image: { ...image, data }, mesh, box }), timeS: n * 0.25, frameIndex: n };
}

function run(looks: number, spacing: number, wobble: Wobble): FaceObservation[] {
  return Array.from({ length: looks }, (_, n) => ({ ...look(n, wobble), timeS: n * spacing }));
}

function film(wobble: Wobble, looks = 10, spacing = 0.25): Faces {
  return filmOf({ observations: run(looks, spacing, wobble) });
}

function filmOf(own: Pick<FaceTrack, 'observations' | 'bursts' | 'burstsFault'>): Faces {
  const [looks, toS] = [own.observations.length, own.observations.at(-1)!.timeS];
  const track = { id: 'face-track:1', fromS: 0, toS, seenWith: [], detections: looks, ...own };
  return { framesExamined: looks, tracks: [{ ...track, embedding: null, embeddingReason: null }] };
}

async function examine(faces: Faces, depth: 'quick' | 'full' = 'full'): Promise<AnalyzerOutcome> {
  const input = { media: null as never, sha256: '', faces, voices: null };
  const settings = { fps: 4, depth };
  const [outcome] = await faceTemporal.run(input, { ...context(async () => ({})), settings });
  return outcome!;
}

async function measured(wobble: Wobble, id: string): Promise<number> {
  return value(film(wobble), id);
}

async function value(faces: Faces, id: string): Promise<number> {
  const { facts } = await examine(faces);
  return Number(facts.find((fact) => fact.id === `temporal.${id}`)!.value);
}

test('a face that flickers against its surroundings changes more than one that does not, and than a light that is switched', async () => {
  const steady = await measured({}, 'brightnessChange');
  expect(await measured({ flicker: 12 }, 'brightnessChange')).toBeGreaterThan(steady + 8);
  expect(await measured({ light: 12 }, 'brightnessChange')).toBeLessThan(steady + 2);
});

test('a mesh that trembles changes more than one that does not', async () => {
  const steady = await measured({}, 'shapeChange');
  expect(steady).toBeLessThan(1e-6);
  const slight = await measured({ jitter: 1 }, 'shapeChange');
  expect(slight).toBeGreaterThan(0.002);
  expect(await measured({ jitter: 4 }, 'shapeChange')).toBeGreaterThan(3 * slight);
});

test('a face without the grain of its surroundings lies below them in noise and detail', async () => {
  expect(Math.abs(await measured({}, 'noiseBeside'))).toBeLessThan(0.1);
  expect(await measured({ grain: 0.2 }, 'noiseBeside')).toBeLessThan(-1);
  expect(await measured({ grain: 0.2 }, 'detailBeside')).toBeLessThan(-0.8);
});

test('light on both agrees, a face that flickers alone does not, and a light that never changes is not told', async () => {
  expect(await measured({ light: 12 }, 'lightAgreement')).toBeGreaterThan(0.9);
  const facts = (await examine(film({ flicker: 12 }))).facts.map(({ id }) => id);
  expect(facts).not.toContain('temporal.lightAgreement');
});

test('turning, growing and shifting a mesh leaves nothing, bending it does', () => {
  const turned = Float32Array.from(MESH);
  const [c, s] = [Math.cos(0.5), Math.sin(0.5)];
  for (let i = 0; i < turned.length; i += 3) {
    const [x, y, z] = [MESH[i]! - 80, MESH[i + 1]! - 80, MESH[i + 2]!];
    turned[i] = 1.3 * (c * x + s * z) + 95;
    turned[i + 1] = 1.3 * y + 60;
    turned[i + 2] = 1.3 * (c * z - s * x);
  }
  expect(rigidResidual(MESH, turned)).toBeLessThan(1e-4);
  const bent = MESH.map((v, i) => (i % 3 === 2 ? v + 0.01 * (MESH[i - 2]! - 80) ** 2 : v));
  expect(rigidResidual(MESH, bent)).toBeGreaterThan(0.01);
});

/** Consecutive frames, each with its vector. */
function consecutive(frames: number, wobble: Wobble): FaceObservation[] {
  const vector = (angle: number) => Float32Array.of(Math.cos(angle), Math.sin(angle));
  return run(frames, 0.04, wobble).map((o, n) => ({ ...o, embedding: vector(n % 2 ? (wobble.turn ?? 0) : 0) }));
}

/** A run of consecutive frames beside steady looks. */
function filmed(wobble: Wobble, frames = 12): Faces {
  return filmOf({ observations: run(10, 0.25, {}), bursts: [consecutive(frames, wobble)] });
}

test('from frame to frame a face that flickers, trembles or changes its grain stands out, and one that does not, does not', async () => {
  for (const [id, wobble] of [
    ['frames.brightness', { flicker: 6 }],
    ['frames.shape', { jitter: 2 }],
    ['frames.pixels', { flicker: 6 }],
  ] as const) {
    const steady = await value(filmed({}), id);
    expect(await value(filmed(wobble), id)).toBeGreaterThan(Math.max(steady, 0) + (id === 'frames.shape' ? 0.002 : 1));
  }
  expect(await value(filmed({ light: 12 }), 'frames.brightness')).toBeLessThan(2);
});

test('a face whose vector comes and goes with single frames stands out, one that drifts steadily or not at all does not', async () => {
  expect(await value(filmed({}), 'frames.identity')).toBeCloseTo(0, 6);
  expect(await value(filmed({ turn: 0.4 }), 'frames.identity')).toBeCloseTo(1 - Math.cos(0.4), 5);
  const drifting = consecutive(12, {}).map((o, n) => ({
    ...o,
    embedding: Float32Array.of(Math.cos(0.1 * n), Math.sin(0.1 * n)),
  }));
  const steadily = filmOf({ observations: run(10, 0.25, {}), bursts: [drifting] });
  expect(await value(steadily, 'frames.identity')).toBeCloseTo(0, 6);
});

test('in a long track, whose looks lie seconds apart, what needs no neighbours is still told', async () => {
  const observations = turning(10, { pose: 0.008 }).map((o, n) => ({ ...o, timeS: 3 * n }));
  const bursts = [2, 6, 10].map((flicker, n) =>
    consecutive(12, { flicker }).map((o) => ({ ...o, timeS: 10 * n + o.timeS })),
  );
  const { facts, status } = await examine(filmOf({ observations, bursts }));
  expect(status).toBe('evidence');
  const of = (id: string) => facts.filter((fact) => fact.id === `temporal.${id}`);
  for (const id of ['ownLikeness', 'detailBeside', 'driftWithPose']) expect(of(id)).toHaveLength(1);
  for (const id of ['brightnessChange', 'shapeChange', 'step.brightness']) expect(of(id)).toHaveLength(0);
  expect(of('steps')[0]!.value).toBe(0);
  const runs = of('run.brightness');
  expect(runs.map(({ at }) => at)).toEqual([0, 10, 20].map((from) => ({ from, to: from + 0.44 })));
  expect(of('frames.brightness')[0]).toMatchObject({ value: runs[1]!.value, at: { from: 0, to: 20.44 } });
  expect([of('frames.count')[0]!.value, of('frames.runs')[0]!.value]).toEqual([36, 3]);
  const { facts: one } = await examine(filmed({ flicker: 6 }));
  expect(one.some(({ id }) => id.startsWith('temporal.run.'))).toBe(false);
});

test('light that rises steadily on the face alone is no flicker', async () => {
  const slow = consecutive(12, {}).map((o, n): FaceObservation => {
    const lit = look(1, { flicker: 2 * n });
    return { ...o, crop: lit.crop };
  });
  const steadily = await value(filmOf({ observations: run(10, 0.25, {}), bursts: [slow] }), 'frames.brightness');
  expect(steadily).toBeLessThan(0.5);
});

test('too short a run of frames, one without a vector, or a face that left its crop in one of them, is not measured', async () => {
  const ids = async (faces: Faces) => (await examine(faces)).facts.map(({ id }) => id).join(' ');
  expect(await ids(filmed({}))).toContain('temporal.frames.');
  expect(await ids(filmed({}, 5))).not.toContain('temporal.frames.');
  const { embedding: _, ...bare } = consecutive(12, {})[3]!;
  const incomplete = consecutive(12, {}).with(3, bare);
  expect(await ids(filmOf({ observations: run(10, 0.25, {}), bursts: [incomplete] }))).not.toContain(
    'temporal.frames.',
  );
  const burst = consecutive(12, {});
  const { crop } = burst[3]!;
  burst[3] = { ...burst[3]!, crop: { ...crop, mesh: crop.mesh.map((v) => v + 500) } };
  expect(await ids(filmOf({ observations: run(10, 0.25, {}), bursts: [burst] }))).not.toContain('temporal.frames.');
});

/** Looks whose vectors lie apart as told: an angle that grows with the turn of the head, with time and by chance. */
function turning(looks: number, { pose = 0, time = 0, chance = 0 }: { pose?: number; time?: number; chance?: number }) {
  const random = noise(5);
  return run(looks, 0.25, {}).map((o, n): FaceObservation => {
    const yaw = 25 * Math.sin(2.4 * n);
    const [a, b, c] = [pose * yaw, time * o.timeS, chance * random()];
    const vector = [a, b, c, Math.sqrt(1 - a * a - b * b - c * c)];
    return { ...o, quality: { ...o.quality, yaw }, embedding: Float32Array.from(vector) };
  });
}

test('distance that goes with the turn of the head, with time and with neither is told apart', async () => {
  const of = async (how: Parameters<typeof turning>[1]) => {
    const found = identityDrift(turning(14, how))!;
    return [found.per10Degrees, found.perSecond, found.unexplained];
  };
  const [posed, aged, shaken] = [await of({ pose: 0.008 }), await of({ time: 0.1 }), await of({ chance: 0.6 })];
  expect(posed[0]).toBeGreaterThan(0.01);
  expect(Math.abs(posed[1]!)).toBeLessThan(0.005);
  expect(aged[1]).toBeGreaterThan(0.01);
  expect(Math.abs(aged[0]!)).toBeLessThan(0.005);
  expect(shaken[2]).toBeGreaterThan(2 * Math.max(posed[2]!, aged[2]!));
});

test('drift needs six looks with a vector, a head that turns and time that passes', async () => {
  expect(identityDrift(turning(5, { pose: 0.008 }))).toBeNull();
  const still = turning(10, { time: 0.1 }).map((o) => ({ ...o, quality: { ...o.quality, yaw: 0 } }));
  expect(identityDrift(still)).toBeNull();
  const looks = turning(10, { pose: 0.008 });
  expect(await value(filmOf({ observations: looks }), 'driftPairs')).toBe(45);
  expect(identityDrift(looks.map((o) => ({ ...o, timeS: 0 })))).toBeNull();
});

test('every figure has a unit, a place in time and a name, and none carries a ratio', async () => {
  const observations = turning(10, { pose: 0.008 }).map((o, n) => ({
    ...o,
    crop: look(n, { flicker: 3, light: 5, jitter: 1 }).crop,
  }));
  const outcome = await examine(
    filmOf({ observations, bursts: [consecutive(12, { flicker: 3 }), consecutive(12, { flicker: 5 })] }),
  );
  const ids = new Set(outcome.facts.map(({ id }) => id));
  for (const id of ['driftWithPose', 'frames.pixels', 'ownLikeness']) expect(ids).toContain(`temporal.${id}`);
  expect(outcome).toMatchObject({ status: 'evidence', llr: null, band: null, rawScore: null });
  for (const { id, unit, at, says } of outcome.facts) {
    expect([id, unit !== undefined, at !== null, says]).toEqual([id, true, true, null]);
    expect(sentences.has(`fact.${id}`)).toBe(true);
  }
  const steps = outcome.facts.filter(({ id }) => id === 'temporal.step.brightness').map(({ at }) => at);
  expect(steps).toHaveLength(9);
  expect(steps[0]).toEqual({ from: 0, to: 0.25 });
});

test('pictures, the quick pass, small faces and looks far apart each say why there is no measure', async () => {
  expect(faceTemporal.appliesTo(PICTURE)).toEqual({ code: 'no-film', params: {} });
  expect(await examine({ framesExamined: 4, tracks: [] })).toMatchObject({ status: 'notApplicable' });
  expect(faceTemporal.leftOutOfQuickPass?.(PICTURE)).toMatchObject({ code: 'temporal-quick-pass' });
  const few = { code: 'too-few-neighbouring-looks', params: { count: 0, least: 4 } };
  expect(await examine(film({}, 5, 2))).toMatchObject({ status: 'abstained', reason: few });
  const small = film({});
  const tiny = small.tracks.map((track) => ({
    ...track,
    observations: track.observations.map((o) => ({ ...o, quality: { ...o.quality, sizePx: 30 } })),
  }));
  expect(await examine({ ...small, tracks: tiny })).toMatchObject({ reason: { code: 'face-too-small' } });
});

test('a face whose surroundings lie outside the crop is not measured', () => {
  const { crop } = look(0, {});
  const away = crop.mesh.map((v, i) => (i % 3 === 0 ? v + 500 : v));
  expect(measureLook({ ...crop, mesh: away })).toBeNull();
});

test('runs that could not be read again are said to be missing, beside what was measured without them', async () => {
  const faces = filmOf({ observations: run(10, 0.25, {}), bursts: [], burstsFault: 'DECODE_TIMEOUT' });
  const input = { media: null as never, sha256: '', faces, voices: null };
  const outcomes = await faceTemporal.run(
    input,
    context(async () => ({})),
  );
  expect(outcomes.map(({ status, subject, reason }) => [status, subject, reason?.code])).toEqual([
    ['evidence', 'face-track:1', undefined],
    ['abstained', 'face-track:1', 'runs-left-out'],
  ]);
});
