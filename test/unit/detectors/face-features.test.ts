import { faceFeatureNames, faceFeatures, faceWindow } from '../../../main/detectors/face-features.ts';
import { OVAL } from '../../../main/detectors/face-geometry.ts';
import { ground, spiralMesh } from './drawn.ts';

const SIDE = 240;
const mesh = spiralMesh(SIDE, OVAL);
const even = { image: ground(SIDE, 24), mesh, box: { x: 60, y: 60, w: 120, h: 120 } };
const names = faceFeatureNames();
const value = (values: Float32Array, name: string) => values[names.indexOf(name)]!;

/** Inside the oval that the mesh draws, a little shrunk. */
const inFace = (x: number, y: number) =>
  ((x - SIDE / 2) / (0.18 * SIDE)) ** 2 + ((y - SIDE / 2) / (0.22 * SIDE)) ** 2 < 1;

test('every value has one name, and all values are finite', () => {
  const values = faceFeatures(even);
  expect(new Set(names).size).toBe(names.length);
  expect(values.length).toBe(names.length);
  expect(values.every(Number.isFinite)).toBe(true);
});

test('the same face gives the same numbers, pinned for training and examination', () => {
  const values = faceFeatures(even);
  expect(faceFeatures(even)).toEqual(values);
  const pinned = [
    'face.b0',
    'core-outside.srm3',
    'ring4-ring5.b1',
    'face-outside.mean.cr',
    'native.core.lag10',
    'pose.logSide',
  ];
  expect(Object.fromEntries(pinned.map((n) => [n, Number(value(values, n).toFixed(4))]))).toEqual(PINNED);
});

test('a face smoother than its surroundings shows in the relative values and not in an even picture', () => {
  const smooth = faceFeatures({ ...even, image: ground(SIDE, 24, inFace) });
  expect(value(smooth, 'core-outside.b0')).toBeLessThan(-0.8);
  expect(Math.abs(value(faceFeatures(even), 'core-outside.b0'))).toBeLessThan(0.1);
  expect(value(smooth, 'native.core-outside.near')).toBeLessThan(-0.8);
  expect(value(smooth, 'steepest.b0')).toBeGreaterThan(0.4);
});

test('what lies outside the picture is not measured', () => {
  const image = ground(SIDE, 24);
  const blackened = { width: SIDE, height: SIDE, data: image.data.slice() };
  for (let y = 0; y < SIDE; y++) {
    for (let x = 0; x < 70 * 3; x++) blackened.data[y * SIDE * 3 + x] = 0;
  }
  const outline = Float64Array.from([74, 0, SIDE, 0, SIDE, SIDE, 74, SIDE]);
  const seen = faceFeatures({ ...even, image: blackened }, outline);
  const trusting = faceFeatures({ ...even, image: blackened });
  expect(Math.abs(value(seen, 'face-outside.mean.y'))).toBeLessThan(15);
  expect(value(trusting, 'face-outside.mean.y')).toBeGreaterThan(15);
});

test('the window is 1.4 spans of the oval around its centre', () => {
  const { x, y, side } = faceWindow(mesh);
  expect(side).toBeCloseTo(1.4 * 0.5 * SIDE, 0);
  expect(x + side / 2).toBeCloseTo(SIDE / 2, 3);
  expect(y + side / 2).toBeCloseTo(SIDE / 2, 3);
});

test('a crop of a few pixels measures nothing and does not fail', () => {
  const tiny = { image: ground(12, 10), mesh: spiralMesh(12, OVAL), box: { x: 3, y: 3, w: 6, h: 6 } };
  expect(faceFeatures(tiny).every(Number.isFinite)).toBe(true);
});

const PINNED = {
  'face.b0': 0.5488,
  'core-outside.srm3': 0.0392,
  'ring4-ring5.b1': 0.0085,
  'face-outside.mean.cr': 0.0285,
  'native.core.lag10': -0.394,
  'pose.logSide': 5.124,
};
