import { PATCH_SIDE, patchCorners, patchFeatures } from '../../../main/detectors/image-features.ts';
import { ground } from './drawn.ts';

test('patches lie inside the picture, spread and bounded', () => {
  expect(patchCorners({ width: 127, height: 500 }, 9)).toEqual([]);
  expect(patchCorners({ width: 128, height: 128 }, 9)).toEqual([[0, 0]]);
  const corners = patchCorners({ width: 4000, height: 3000 }, 9);
  expect(corners.length).toBeLessThanOrEqual(9);
  expect(corners.length).toBeGreaterThan(4);
  for (const [x, y] of corners) {
    expect(x).toBeGreaterThanOrEqual(0);
    expect(x + PATCH_SIDE).toBeLessThanOrEqual(4000);
    expect(y + PATCH_SIDE).toBeLessThanOrEqual(3000);
  }
});

test('the same patch gives the same finite numbers, pinned', () => {
  const values = patchFeatures(ground(160, 24), [16, 16])!;
  expect(values.every(Number.isFinite)).toBe(true);
  expect(patchFeatures(ground(160, 24), [16, 16])).toEqual(values);
  expect([values.length, ...[0, 4, 8, 30, 60, 90].map((i) => Number(values[i]!.toFixed(4)))]).toEqual(PINNED);
});

test('a blank patch measures nothing', () => {
  const grey = { width: 128, height: 128, data: new Uint8Array(128 * 128 * 3).fill(200) };
  expect(patchFeatures(grey, [0, 0])).toBeNull();
});

const PINNED = [97, 0.4649, 1.1345, 1.3099, 0.4341, -2.6815, 0.0175];
