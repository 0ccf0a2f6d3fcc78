import { placeOf, severalOf, spanOf } from '../../../main/contract/redaction-text.ts';

test('seconds and places are read as they are written, and nothing else is', () => {
  expect(spanOf('3.5-8')).toEqual({ fromS: 3.5, toS: 8 });
  expect(spanOf(' 0 – 1 ')).toEqual({ fromS: 0, toS: 1 });
  expect(['8-3', '3', '3-3', '-1-2', '1e3-2e3', '1-2-3', ''].map(spanOf)).toEqual(Array(7).fill(null));
  expect(placeOf('10, 20,300,200')).toEqual({ box: { x: 10, y: 20, w: 300, h: 200 }, span: null });
  expect(placeOf('0,0,1,1@2-3')).toEqual({ box: { x: 0, y: 0, w: 1, h: 1 }, span: { fromS: 2, toS: 3 } });
  const wrong = ['1,2,3', '1,2,0,4', '1,2,3,4@', '1,2,3,4@5', '1,2,3,4@1-2@3-4', '-1,2,3,4', '1.5,2,3,4'];
  expect(wrong.map(placeOf)).toEqual(wrong.map(() => null));
});

test('several stand on lines or behind semicolons, and one that cannot be read spoils all', () => {
  expect(severalOf('1-2\n\n3-4；5-6; ', spanOf)).toHaveLength(3);
  expect(severalOf('', spanOf)).toEqual([]);
  expect(severalOf('1-2\nx', spanOf)).toBeNull();
});
