import { type Measured, publicitySheet, type Stated, voiceSheet, witnessSchema } from '../../../main/law/index.ts';
import { sentences } from '../../../main/strings/index.ts';

const A = 'a'.repeat(64);
const B = 'b'.repeat(64);

test('each source item has its own row, and what was not stated is null', () => {
  const stated: Stated[] = [
    { question: 'publicity', item: A, value: 'voluntary' },
    { question: 'refusal', item: A, value: 'yes' },
    { question: 'refusal-proof', item: A, value: '2025-03-01 公开声明' },
    { question: 'publicity', item: A, value: 'compulsory' },
    { question: 'consent', item: null, value: 'none' },
  ];
  expect(publicitySheet([A, B], stated)).toEqual([
    {
      item: A,
      answers: {
        publicity: 'compulsory',
        'publicity-audience': null,
        'publicity-purpose': null,
        refusal: 'yes',
        'refusal-proof': '2025-03-01 公开声明',
      },
    },
    {
      item: B,
      answers: {
        publicity: null,
        'publicity-audience': null,
        'publicity-purpose': null,
        refusal: null,
        'refusal-proof': null,
      },
    },
  ]);
});

test('every voice similarity has a listening sheet, filled or empty, of its own item', () => {
  const voice = (item: string): Measured => ({
    code: 'M-VOICE-SIM',
    item,
    record: 'voice-likeness/speaker:1',
    result: null,
  });
  const witness = witnessSchema.parse({
    item: A,
    name: '李某',
    relation: '同事',
    on: '2026-10-02',
    recognised: 'yes',
    by: '口音和停顿',
    told: 'no',
  });
  const face: Measured = { ...voice(A), code: 'M-FACE-SIM' };
  // Two voices of one item: it is listened to once.
  expect(voiceSheet([face, voice(A), voice(A), voice(B)], [witness])).toEqual([
    { similarity: voice(A), witnesses: [witness] },
    { similarity: voice(B), witnesses: [] },
  ]);
});

test('the columns of the listening sheet have sentences', () => {
  const columns = Object.keys(witnessSchema.shape).filter((key) => key !== 'item');
  expect(columns.filter((key) => !sentences.has(`law.witness.${key}`))).toEqual([]);
});
