import { gapsOf, measuredRuns } from '../../../main/contract/course.ts';

const moments = (...times: number[]) => times.map((at) => ({ fromS: at, toS: at }));
const stretches = (...pairs: [number, number][]) => pairs.map(([fromS, toS]) => ({ fromS, toS }));

test('a course breaks where its moments lie further apart than one of them missing', () => {
  const course = moments(0, 0.25, 0.5, 1, 1.25, 6, 6.25);
  expect(measuredRuns(course).map((run) => run.map(({ fromS }) => fromS))).toEqual([
    [0, 0.25, 0.5, 1, 1.25],
    [6, 6.25],
  ]);
  expect(gapsOf(course)).toEqual([{ fromS: 1.25, toS: 6 }]);
});

test('stretches that overlap or meet follow one another; what they leave between them was not measured', () => {
  expect(gapsOf(stretches([0, 4], [2, 6], [6, 10], [13, 17], [10.5, 12]))).toEqual([
    { fromS: 10, toS: 10.5 },
    { fromS: 12, toS: 13 },
  ]);
});

test('a course of one, two or no measurements has no usual step to break', () => {
  expect([moments(), moments(3), moments(3, 9)].map((course) => measuredRuns(course).length)).toEqual([0, 1, 1]);
});
