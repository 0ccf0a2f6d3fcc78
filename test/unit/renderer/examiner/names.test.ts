import { say, sentences } from '../../../../main/strings/index.ts';
import { factValue } from '../../../../renderer/examiner/inspector/names.ts';
import type { Words } from '../../../../renderer/words/words.ts';

const words = { has: (id: string) => sentences.has(id), say: (id: string) => say('zh', id) } as Words;

test('a code of the program’s own is shown in words, what a file says as it stands', () => {
  expect(factValue(words, { id: 'c2pa.state', value: 'credential-altered' })).toBe('内容凭证自身被改动');
  expect(factValue(words, { id: 'c2pa.claimGenerator', value: 'none' })).toBe('none');
  expect(factValue(words, { id: 'jpeg.ijgQuality', value: 75 })).toBe('75');
  expect(factValue(words, { id: 'face.swapScore', value: 1.5, unit: 'sd' })).toBe('1.5 标准差');
  expect(factValue(words, { id: 'label.textLines', value: 8, unit: 'count' })).toBe('8');
});
