import type { Finding } from '../../../main/contract/finding.ts';
import { factValue, place } from '../../../main/report/compose/composing.ts';
import { findingLines } from '../../../main/report/finding-lines.ts';
import { fillingsOf, line, lineOf, textOf } from '../../../main/report/line.ts';
import { figureText, measureText, say, sizeText } from '../../../main/strings/index.ts';
import { factValue as factInWindow } from '../../../renderer/examiner/inspector/names.ts';
import type { Words } from '../../../renderer/words/words.ts';

test('large figures have their thousands apart in sentences, letters and the record alike', () => {
  expect(say('zh', 'custody.item-received', { bytes: 6850188, sm3: 'ab' })).toContain('6,850,188 字节');
  expect(textOf('en', line('custody.item-received', fillingsOf({ bytes: 6850188, sm3: 'ab' })))).toContain('6,850,188');
  expect([0, -0.0001, 999, 1000, 0.12345, 1234567.8912].map((value) => figureText(value))).toEqual([
    '0',
    '0',
    '999',
    '1,000',
    '0.123',
    '1,234,567.891',
  ]);
});

test('a place in a file and a number by which something is called stay as they are searched for', () => {
  expect(say('en', 'ui.inspector.place.bytes', { offset: 587472, length: 35046 })).toMatch(/587472.*35046/);
  expect(say('en', 'ui.viewer.zoom', { scale: '1', width: 1920, height: 1080 })).toContain('1920 × 1080');
  const scene = { fromS: 1234.5, toS: 1240, fromFrame: 30862, toFrame: 31000, grade: 'same' };
  expect(say('en', 'scenes.range', scene)).toContain('Seconds 1234.5–1240 (frames 30862–31000)');
  expect(say('en', 'error.FFMPEG_FAILED', { exit: 3221225477 })).toContain('3221225477');
});

test('a calibrated figure has two decimals wherever it is told', () => {
  const reason = { code: 'synthesis.score-named', params: {} };
  const finding: Finding = {
    question: 'synthesis',
    subject: 'face-track:1',
    reference: null,
    propositions: [{ code: 'synthesis.swapped-or-generated' }, { code: 'synthesis.ordinary-recording' }],
    band: 'limited',
    llr: 1.2345,
    for: [reason],
    against: [],
    notExamined: [],
  };
  const headline = textOf('en', findingLines(finding, true).headline);
  expect(headline).toBe('face 1: limited support for “swapped or synthesised” (ln LR 1.23)');
  expect(say('en', 'ui.card.ratio', { llr: 1.2345 })).toContain('ln LR = 1.23');
  expect(say('en', 'reason.synthesis.answer', { analyzer: 'synthetic-face', answer: 'swap', llr: -0.3672 })).toContain(
    'ln LR -0.37',
  );
});

test('an estimate keeps three digits', () => {
  const said = say('en', 'reason.likeness.similarity', { pairs: 3559, matches: 3471, upperPerThousand: 979.886 });
  expect(said).toContain('3,471 of 3,559 pairs');
  expect(said).toContain('about 980 in 1,000');
});

test('small values that were measured do not all read as zero', () => {
  expect([0.004321, 0.0000123, -0.00056, 0.71234, 12.345, -0].map((value) => measureText(value))).toEqual([
    '0.00432',
    '0.0000123',
    '-0.00056',
    '0.712',
    '12.3',
    '0',
  ]);
  expect(measureText(0.00432198, 5)).toBe('0.004322');
});

test('what was counted is printed whole, several figures in a row without thousands', () => {
  const told = (value: number | number[], unit: string) => textOf('en', factValue({ id: 'x', value, unit }));
  expect(told(1234567, 'count')).toBe('1,234,567');
  expect(told(123456.789, 'count')).toBe('123,460');
  expect(told(0.000123456, 'count')).toBe('0.00012346');
  expect(told([24160, 1024], 'count')).toBe('24160, 1024');
});

test('a figure of a fact is told alike in window and record, and what a file says keeps its digits', () => {
  const words = { language: 'en', has: () => false, say: (id: string) => say('en', id) } as unknown as Words;
  for (const [id, value, told] of [
    ['face.sizePx', 145.792157, '145.79'],
    ['likeness.falseMatchUpper', 0.00022039123, '0.00022039'],
    ['face.swapScore', 1234567, '1,234,567'],
    ['exif.gpsPosition', [31.2304166, 121.473701], '31.230417, 121.473701'],
    ['exif.exposureTime', 0.0166667, '0.016667'],
    ['container.clockRestart', 20345.125, '20,345.125'],
    ['face.stability.swapScore', [1234.5678, -0.0000001], '1234.6, -0.0000001'],
  ] as const) {
    const fact = { id, value: typeof value === 'number' ? value : [...value] };
    expect([id, textOf('en', factValue(fact)), factInWindow(words, fact)]).toEqual([id, told, told]);
  }
});

test('a place in a picture does not read as one figure with its thousands apart', () => {
  expect(textOf('en', place({ x: 365.2, y: 290, w: 146, h: 146 }))).toBe('x 365, y 290, 146×146 px');
});

test('sizes are told alike everywhere', () => {
  expect([0, 10, 347687, 6850188].map((bytes) => sizeText('zh', bytes))).toEqual(['0 B', '10 B', '347.7 kB', '6.9 MB']);
  expect([10, 999, 1000, 347687, 6e15].map((bytes) => sizeText('en', bytes))).toEqual([
    '10 B',
    '999 B',
    '1 kB',
    '347.7 kB',
    '6,000 TB',
  ]);
});

test('figures of a calibration are printed as figures, not in the quotation marks of what a file says', () => {
  const params = {
    language: 'zh',
    genuine: 106,
    synthetic: 108,
    auc: '0.64',
    low: '0.54',
    high: '0.82',
    measured: 'en',
  };
  expect(textOf('zh', lineOf({ code: 'language-not-borne-out', params }))).toContain('AUC 0.64 [0.54, 0.82]');
});
