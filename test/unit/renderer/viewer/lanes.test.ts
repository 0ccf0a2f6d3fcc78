import { unmeasuredOf } from '../../../../main/contract/course.ts';
import type { Series } from '../../../../main/contract/ipc.ts';
import { chartOf, lanesOf, restartsOf } from '../../../../renderer/viewer/lanes.ts';

const series = (fact: string, unit: string, moments: readonly number[]): Series => ({
  analyzer: 'some',
  subject: 'file',
  fact,
  unit,
  points: moments.map((at) => ({ fromS: at, toS: at, value: at })),
});

test('where the clock of a file starts again is marked as a moment and drawn as nothing measured', () => {
  const examination = {
    series: [series('container.clockRestart', 's', [6, 10]), series('face.swapScore', 'sd', [1, 2])],
  };
  expect(restartsOf(examination)).toEqual([6, 10]);
  expect(lanesOf(examination).map(({ series: [first] }) => first!.fact)).toEqual(['face.swapScore']);
  expect(restartsOf({ series: [] })).toEqual([]);
});

test('a chart breaks where a course was not measured, goes on over moments of another, and says what is missing', () => {
  const often = series('face.observation.swapScore', 'sd', [0, 1, 2, 3, 10, 11]);
  const seldom = series('face.observation.generatedScore', 'sd', [0, 2, 10]);
  const [lane] = lanesOf({ series: [often, seldom] });
  expect(chartOf(lane!)).toEqual([
    [0, 1, 2, 3, 6.5, 10, 11],
    [0, 1, 2, 3, null, 10, 11],
    [0, undefined, 2, undefined, undefined, 10, undefined],
  ]);
  expect(unmeasuredOf(often.points)).toEqual({ count: 1, totalS: 7, longest: { fromS: 3, toS: 10 } });
  expect(unmeasuredOf(seldom.points)).toBeNull();
});
