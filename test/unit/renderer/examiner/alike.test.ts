import { alike } from '../../../../renderer/examiner/alike.ts';

test.each([
  ['640 × 480', '640 × 480', 'same'],
  ['640 × 480', '320 × 240', 'differs'],
  ['', '640 × 480', null],
  ['', '', null],
] as const)('“%s” beside “%s” is %s', (left, right, told) => {
  expect(alike(left, right)).toBe(told);
});
