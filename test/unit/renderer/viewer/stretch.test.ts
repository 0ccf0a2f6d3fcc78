import { following, scaled, widest } from '../../../../renderer/viewer/stretch.ts';

const HOUR_S = 3600;

test('a short recording is shown whole, a long one by its first ten minutes', () => {
  expect(widest(33.3)).toEqual({ fromS: 0, toS: 33.3 });
  expect(widest(HOUR_S)).toEqual({ fromS: 0, toS: 600 });
});

test('nearer and wider keep the moment in its place, and the stretch inside the recording', () => {
  const nearer = scaled({ fromS: 1000, toS: 1600 }, 0.5, 1150, HOUR_S);
  expect(nearer).toEqual({ fromS: 1075, toS: 1375 });
  expect(scaled(nearer, 2, 1150, HOUR_S)).toEqual({ fromS: 1000, toS: 1600 });
  expect(scaled({ fromS: 0, toS: 10 }, 2, 9, 12)).toEqual({ fromS: 0, toS: 12 });
  expect(scaled({ fromS: 3500, toS: 3600 }, 4, 3590, HOUR_S)).toEqual({ fromS: 3200, toS: 3600 });
});

test('a stretch is never longer than the host gives at once, nor too short to show a voice', () => {
  expect(scaled({ fromS: 0, toS: 600 }, 2, 0, HOUR_S)).toEqual({ fromS: 0, toS: 600 });
  expect(scaled({ fromS: 5, toS: 8 }, 0.5, 5, HOUR_S)).toEqual({ fromS: 5, toS: 7 });
  expect(scaled({ fromS: 0, toS: 0.8 }, 0.5, 0, 0.8)).toEqual({ fromS: 0, toS: 0.8 });
  expect(scaled({ fromS: 0, toS: 0 }, 0.5, 0, 0)).toEqual({ fromS: 0, toS: 0 });
});

test('the stretch goes where the moment goes, and stays while the moment is inside', () => {
  const stretch = { fromS: 0, toS: 600 };
  expect(following(stretch, 599, HOUR_S)).toBe(stretch);
  expect(following(stretch, 700, HOUR_S)).toEqual({ fromS: 700, toS: 1300 });
  expect(following(stretch, 3599, HOUR_S)).toEqual({ fromS: 3000, toS: 3600 });
});
