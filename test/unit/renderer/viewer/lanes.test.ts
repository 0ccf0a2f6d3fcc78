import type { Series } from '../../../../main/contract/ipc.ts';
import { lanesOf, restartsOf } from '../../../../renderer/viewer/lanes.ts';

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
