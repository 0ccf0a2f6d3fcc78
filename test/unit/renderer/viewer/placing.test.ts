import { fitted, inView, MAX_SCALE, natural, pan, zoom } from '../../../../renderer/viewer/placing.ts';

const picture = { width: 400, height: 200 };
const frame = { width: 200, height: 200 };

test('a large picture fits, a small one is not enlarged, both stand in the middle', () => {
  expect(fitted(picture, frame)).toEqual({ scale: 0.5, x: 0, y: 50 });
  expect(fitted({ width: 100, height: 50 }, frame)).toEqual({ scale: 1, x: 50, y: 75 });
});

test('the point under the pointer stays where it is', () => {
  const before = zoom(fitted(picture, frame), 4, { x: 100, y: 100 }, picture, frame);
  const at = { x: 60, y: 130 };
  const place = (view: typeof before) => [(at.x - view.x) / view.scale, (at.y - view.y) / view.scale];
  const [x, y] = place(zoom(before, 1.5, at, picture, frame));
  expect(x).toBeCloseTo(place(before)[0]!);
  expect(y).toBeCloseTo(place(before)[1]!);
});

test('zooming ends at the whole picture and at the largest pixel', () => {
  let view = fitted(picture, frame);
  for (let n = 0; n < 50; n += 1) view = zoom(view, 1.5, { x: 0, y: 0 }, picture, frame);
  expect(view.scale).toBe(MAX_SCALE);
  for (let n = 0; n < 50; n += 1) view = zoom(view, 0.5, { x: 0, y: 0 }, picture, frame);
  expect(view).toEqual(fitted(picture, frame));
});

test('a picture cannot be pushed out of its frame', () => {
  const near = zoom(fitted(picture, frame), 4, { x: 100, y: 100 }, picture, frame);
  expect(pan(near, 1e6, 1e6, picture, frame)).toMatchObject({ x: 0, y: 0 });
  expect(inView(pan(near, -1e6, -1e6, picture, frame), picture, frame)).toEqual({ x: 300, y: 100, w: 100, h: 100 });
});

test('the size of the original comes from its longer side, upright', () => {
  expect(natural({ width: 512, height: 1024 }, 4000)).toEqual({ width: 2000, height: 4000 });
});
