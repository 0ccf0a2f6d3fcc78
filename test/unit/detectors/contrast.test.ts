import { contrastOf } from '../../../main/detectors/contrast.ts';

test('the stretch and its contrast are those of models/training/voice/splices.py', () => {
  const scores = Array.from({ length: 20 }, (_, i) => Math.sin(1.7 * i) + (i >= 9 && i <= 11 ? 1.5 : 0));
  const { value, first, last } = contrastOf(scores)!;
  expect([first, last]).toEqual([8, 12]);
  expect(value).toBeCloseTo(1.3462272916, 8);
});

test('a level course has none, nor one too short to hold a stretch and a rest', () => {
  expect(contrastOf([0, 0, 0, 0, 0, 0, 0, 0, 0])).toBeNull();
  expect(contrastOf([0, 5])).toBeNull();
  expect(contrastOf([])).toBeNull();
  expect(contrastOf([0, 0, 5])).toMatchObject({ first: 2, last: 2 });
});

test('a stretch that lies lower than the rest is not named for it', () => {
  const { first, last } = contrastOf([1, 1, 1, 1, -4, -4, -4, 1.1, 1.1, 1])!;
  expect(first > 6 || last < 4).toBe(true);
});
