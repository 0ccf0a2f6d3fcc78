import { distanceTo, hull, pixelsInside } from '../../../main/detectors/face-geometry.ts';
import { bands, blank, blur, halve, lumaChroma, resample } from '../../../main/detectors/planes.ts';
import { ground, noise } from './drawn.ts';

test('resampling a window at its own size copies it', () => {
  const image = ground(40, 60);
  const [red] = resample(image, { x: 8, y: 4, side: 16 }, 16);
  expect(red.data[0]).toBe(image.data[(4 * 40 + 8) * 3]);
  expect(red.data[16 * 16 - 1]).toBe(image.data[(19 * 40 + 23) * 3]);
});

test('shrinking averages: noise falls, the mean stays', () => {
  const image = ground(128, 100);
  const spread = (d: Float32Array) => {
    const mean = d.reduce((s, v) => s + v, 0) / d.length;
    return Math.sqrt(d.reduce((s, v) => s + (v - mean) ** 2, 0) / d.length);
  };
  const [full] = resample(image, { x: 0, y: 0, side: 128 }, 128);
  const [small] = resample(image, { x: 0, y: 0, side: 128 }, 32);
  expect(spread(small.data)).toBeLessThan(0.95 * spread(full.data));
  const mean = (d: Float32Array) => d.reduce((s, v) => s + v, 0) / d.length;
  expect(mean(small.data)).toBeCloseTo(mean(full.data), 0);
});

test('beyond the border edge pixels repeat', () => {
  const image = ground(20, 60);
  const [red] = resample(image, { x: -10, y: 0, side: 20 }, 20);
  expect(red.data[0]).toBe(image.data[0]);
  expect(red.data[9]).toBe(image.data[0]);
});

test('bands and rest add up to the plane; a blur keeps a constant', () => {
  const plane = blank(24, 24);
  const random = noise(3);
  for (let i = 0; i < plane.data.length; i++) plane.data[i] = 255 * random();
  const { bands: parts, rest } = bands(plane, [0.8, 1.6]);
  for (const i of [0, 100, 575])
    expect(parts[0]!.data[i]! + parts[1]!.data[i]! + rest.data[i]!).toBeCloseTo(plane.data[i]!, 3);
  const flat = blur({ ...plane, data: plane.data.map(() => 9) }, 2);
  expect(Math.max(...flat.data)).toBeCloseTo(9, 4);
});

test('grey has no colour difference; halving averages four', () => {
  const grey = { width: 2, height: 2, data: Float32Array.from([10, 20, 30, 40]) };
  const [luma, red, blue] = lumaChroma([grey, grey, grey]);
  expect([...luma.data].map(Math.round)).toEqual([10, 20, 30, 40]);
  expect(Math.max(...red.data.map(Math.abs), ...blue.data.map(Math.abs))).toBeLessThan(1e-4);
  expect([...halve(grey).data]).toEqual([25]);
});

test('pixels and distances of a square', () => {
  const square = Float64Array.from([2, 2, 8, 2, 8, 8, 2, 8]);
  expect(pixelsInside(square, 10).length).toBe(36);
  const big = Float64Array.from([8, 8, 56, 8, 56, 56, 8, 56]);
  const distance = distanceTo(big, 64);
  expect(distance[32 * 64 + 32]).toBeLessThan(-20);
  expect(distance[32 * 64 + 10]).toBeCloseTo(-2.5, 1);
  expect(distance[32 * 64 + 4]).toBeCloseTo(3.5, 1);
});

test('a hull leaves inner points out', () => {
  const points = Float64Array.from([0, 0, 4, 0, 4, 4, 0, 4, 2, 2, 1, 3]);
  expect(hull(points).length).toBe(8);
});
