import { custodyLine, textOf } from '../../../main/report/line.ts';
import { sayCustody } from '../../../main/strings/index.ts';

test.each([
  [
    'item-failed',
    { code: 'FILE_EMPTY' },
    'Not completed (FILE_EMPTY): The file is empty (0 bytes).',
    /FILE_EMPTY）：文件是空的/,
  ],
  [
    'item-role-set',
    { from: 'questioned', to: 'suspected-source' },
    'from “questioned” to “suspected source”',
    /“待查材料”改为“疑似母体”/,
  ],
  ['key-slot-added', { kind: 'key-file' }, 'added (a key file on this computer)', /这台电脑上的密钥文件/],
  [
    'reference-added',
    { person: 'p', role: 'named', basis: 'own', retainUntil: '2027-12-31' },
    'Person enrolled for comparison, kept until 2027-12-31',
    /登记用于比对的人，保存到 2027-12-31/,
  ],
  [
    'reference-added',
    { person: 'p', kind: 'face', accepted: true },
    'A sample of a person was added',
    /^添加本人样本$/,
  ],
  ['reference-added', { person: 'p', kind: 'face', accepted: false }, 'not used', /未采用/],
])('an entry of the custody log stands in words: %s', (act, details, en, zh) => {
  expect(sayCustody('en', act, details)).toContain(en);
  expect(sayCustody('zh', act, details)).toMatch(zh);
  expect(textOf('en', custodyLine(act, details))).toBe(sayCustody('en', act, details));
});

test('a code that a newer version wrote stands as it is', () => {
  expect(sayCustody('en', 'item-failed', { code: 'OF_LATER' })).toBe('Not completed (OF_LATER): –');
});
