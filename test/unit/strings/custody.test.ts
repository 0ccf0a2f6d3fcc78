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
])('codes in an entry of the custody log stand in words: %s', (act, details, en, zh) => {
  expect(sayCustody('en', act, details)).toContain(en);
  expect(sayCustody('zh', act, details)).toMatch(zh);
  expect(textOf('en', custodyLine(act, details))).toBe(sayCustody('en', act, details));
});

test('a code that a newer version wrote stands as it is', () => {
  expect(sayCustody('en', 'item-failed', { code: 'OF_LATER' })).toBe('Not completed (OF_LATER): –');
});
