import { say, sentences } from '../../../../main/strings/index.ts';
import { examinedText, factValue } from '../../../../renderer/examiner/inspector/names.ts';
import type { Words } from '../../../../renderer/words/words.ts';

const words = { language: 'zh', has: (id: string) => sentences.has(id), say: (id: string) => say('zh', id) } as Words;

test('a code of the program’s own is shown in words, what a file says as it stands', () => {
  expect(factValue(words, { id: 'c2pa.state', value: 'credential-altered' })).toBe('内容凭证自身被改动');
  expect(factValue(words, { id: 'c2pa.claimGenerator', value: 'none' })).toBe('none');
  expect(factValue(words, { id: 'c2pa.stateByList', value: 'none expired' })).toBe(
    '没有安装信任名单：签名后未改动，证书已过期且没有可信时间戳；这不是篡改',
  );
  expect(factValue(words, { id: 'c2pa.digitalSourceType', value: 'trainedAlgorithmicMedia' })).toBe(
    '由训练过的模型生成（trainedAlgorithmicMedia）',
  );
  expect(factValue(words, { id: 'jpeg.huffmanTables', value: 'custom' })).toBe('自定的');
  expect(factValue(words, { id: 'jpeg.ijgQuality', value: 75 })).toBe('75');
  expect(factValue(words, { id: 'face.swapScore', value: 1.5, unit: 'sd' })).toBe('1.5 标准差');
  expect(factValue(words, { id: 'label.textLines', value: 8, unit: 'count' })).toBe('8');
});

test('what was looked at is said in words, with its numbers', () => {
  expect(examinedText(words, ['c2pa-manifest', 'turns:2', 'windows:8'])).toBe('内容凭证、讲话 2 段、语音片段 8 个');
  expect(examinedText(words, ['not-of-ours:3'])).toBe('not-of-ours:3');
});
