import { clock } from '../../../../renderer/examiner/clock.ts';
import { linesOf } from '../../../../renderer/examiner/lines.ts';

test('without groups a line is a row', () => {
  const lines = linesOf(3, []);
  expect(lines.count).toBe(3);
  expect(lines.line(2)).toEqual({ kind: 'row', at: 2 });
  expect(lines.indexOf(2)).toBe(2);
});

test('every group stands before its rows, and every row is found again on its line', () => {
  const lines = linesOf(6, [
    { id: 'a', rows: 2 },
    { id: 'b', rows: 1 },
    { id: '', rows: 3 },
  ]);
  const all = Array.from({ length: lines.count }, (_, index) => lines.line(index));
  expect(all.map((line) => (line.kind === 'group' ? line.id : line.at))).toEqual(['a', 0, 1, 'b', 2, '', 3, 4, 5]);
  for (let row = 0; row < 6; row += 1) expect(lines.line(lines.indexOf(row))).toEqual({ kind: 'row', at: row });
});

test.each([
  [0, 1, '0:00.0'],
  [59.96, 1, '1:00.0'],
  [59.94, 1, '0:59.9'],
  [3723.4567, 3, '1:02:03.457'],
  [1.56, 3, '0:01.560'],
  [61, 0, '1:01'],
  [-0.5, 1, '-0:00.5'],
])('%d seconds with %d decimals is %s', (seconds, digits, text) => {
  expect(clock(seconds, digits)).toBe(text);
});
