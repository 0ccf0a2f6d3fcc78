import fc from 'fast-check';
import { apply, carryBox, containment, invert, overlap, squareToSource } from '../../../main/perception/geometry.ts';
import { cut, detailOf, mirror } from '../../../main/perception/picture.ts';

const ramp = (side: number) => ({
  width: side,
  height: side,
  data: Uint8Array.from({ length: side * side * 3 }, (_, i) => Math.floor(i / 3) % side),
});

test('a square taken from a picture has its centre where it was asked for, and goes back by the inverse', () => {
  fc.assert(
    fc.property(
      fc.double({ min: -500, max: 500, noNaN: true }),
      fc.double({ min: -500, max: 500, noNaN: true }),
      fc.double({ min: 5, max: 900, noNaN: true }),
      fc.double({ min: -3, max: 3, noNaN: true }),
      (x, y, span, angle) => {
        const t = squareToSource({ x, y }, span, angle, 100);
        const centre = apply(t, { x: 50, y: 50 });
        expect(centre.x).toBeCloseTo(x, 6);
        expect(centre.y).toBeCloseTo(y, 6);
        const back = apply(invert(t), apply(t, { x: 3, y: 97 }));
        expect(back.x).toBeCloseTo(3, 6);
        expect(back.y).toBeCloseTo(97, 6);
      },
    ),
  );
});

test('a positive angle turns clockwise on the screen: what stood to the right in the crop stands below in the picture', () => {
  const t = squareToSource({ x: 0, y: 0 }, 100, Math.PI / 2, 100);
  expect(apply(t, { x: 100, y: 50 }).y).toBeCloseTo(50);
  expect(apply(t, { x: 100, y: 50 }).x).toBeCloseTo(0);
});

test('overlap is 1 for equal boxes, 0 for boxes that only touch; a box within another is contained', () => {
  const box = { x: 10, y: 10, w: 20, h: 20 };
  expect(overlap(box, box)).toBeCloseTo(1);
  expect(overlap(box, { x: 30, y: 10, w: 5, h: 5 })).toBe(0);
  expect(containment(box, { x: 15, y: 15, w: 4, h: 4 })).toBeCloseTo(1);
  expect(carryBox({ a: 2, b: 0, tx: 1, ty: 1 }, box)).toEqual({ x: 21, y: 21, w: 40, h: 40 });
});

test('cutting at the same place and size copies the pixels', () => {
  const picture = ramp(16);
  const copy = cut(picture, { a: 1, b: 0, tx: 0, ty: 0 }, 16);
  expect(copy.data).toEqual(picture.data);
});

test('outside the picture the edge pixels are repeated', () => {
  const picture = ramp(16);
  const wide = cut(picture, { a: 1, b: 0, tx: -8, ty: -8 }, 32);
  expect(wide.data[0]).toBe(0);
  expect(wide.data[31 * 3]).toBe(15);
});

test('shrinking averages: the mean brightness stays', () => {
  const small = cut(ramp(64), { a: 4, b: 0, tx: 0, ty: 0 }, 16);
  const mean = small.data.reduce((s, v) => s + v, 0) / small.data.length;
  expect(Math.abs(mean - 31.5)).toBeLessThanOrEqual(0.5);
});

test('mirroring twice gives the picture back', () => {
  const picture = ramp(9);
  expect(mirror(mirror(picture)).data).toEqual(picture.data);
  expect(mirror(picture).data[0]).toBe(8);
});

test('a flat face has no detail, a chequered one much', () => {
  const flat = { width: 112, height: 112, data: new Uint8Array(112 * 112 * 3).fill(90) };
  const chequered = {
    width: 112,
    height: 112,
    data: Uint8Array.from({ length: 112 * 112 * 3 }, (_, i) =>
      ((Math.floor(i / 3) % 2) + (Math.floor(i / 336) % 2)) % 2 === 0 ? 20 : 200,
    ),
  };
  const box = { x: 0, y: 0, w: 112, h: 112 };
  expect(detailOf(flat, box)).toMatchObject({ sharpness: 0, luma: expect.closeTo(90, 1) });
  expect(detailOf(chequered, box).sharpness).toBeGreaterThan(10_000);
});
