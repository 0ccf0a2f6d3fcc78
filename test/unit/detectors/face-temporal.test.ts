import type { AnalyzerOutcome } from '../../../main/contract/outcome.ts';
import type { FaceObservation, Faces } from '../../../main/contract/perception.ts';
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

function film(wobble: Wobble, looks = 10, spacing = 0.25): Faces {
  const observations = Array.from({ length: looks }, (_, n) => ({ ...look(n, wobble), timeS: n * spacing }));
  const track = { id: 'face-track:1', fromS: 0, toS: looks * spacing, seenWith: [], detections: looks, observations };
  return { framesExamined: looks, tracks: [{ ...track, embedding: null, embeddingReason: null }] };
}

async function run(faces: Faces, depth: 'quick' | 'full' = 'full'): Promise<AnalyzerOutcome> {
  const input = { media: null as never, sha256: '', faces, voices: null };
  const settings = { fps: 4, depth };
  const [outcome] = await faceTemporal.run(input, { ...context(async () => ({})), settings });
  return outcome!;
}

async function measured(wobble: Wobble, id: string): Promise<number> {
  const found = (await run(film(wobble))).facts.find((fact) => fact.id === `temporal.${id}`);
  return Number(found!.value);
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
  const facts = (await run(film({ flicker: 12 }))).facts.map(({ id }) => id);
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

test('every figure has a unit, a place in time and a name, and none carries a ratio', async () => {
  const outcome = await run(film({ flicker: 3, light: 5, jitter: 1 }));
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
  expect(await run({ framesExamined: 4, tracks: [] })).toMatchObject({ status: 'notApplicable' });
  expect(await run(film({}), 'quick')).toMatchObject({ status: 'abstained', reason: { code: 'temporal-quick-pass' } });
  const few = { code: 'too-few-neighbouring-looks', params: { count: 0, least: 4 } };
  expect(await run(film({}, 10, 2))).toMatchObject({ status: 'abstained', reason: few });
  const small = film({});
  const tiny = small.tracks.map((track) => ({
    ...track,
    observations: track.observations.map((o) => ({ ...o, quality: { ...o.quality, sizePx: 30 } })),
  }));
  expect(await run({ ...small, tracks: tiny })).toMatchObject({ reason: { code: 'face-too-small' } });
});

test('a face whose surroundings lie outside the crop is not measured', () => {
  const { crop } = look(0, {});
  const away = crop.mesh.map((v, i) => (i % 3 === 0 ? v + 500 : v));
  expect(measureLook({ ...crop, mesh: away })).toBeNull();
});
