import { recordExamination } from '../../../main/cases/index.ts';
import { DEFAULT_SETTINGS } from '../../../main/contract/analyzer.ts';
import { fact } from '../../../main/contract/fact.ts';
import { letterRecord } from '../../../main/dossier/letters.ts';
import type { LetterItem } from '../../../main/report/letters/record.ts';
import { Bench, bytesOf, examinationOf, receiveOne } from '../cases/support.ts';

test('no letter is filled from a case whose log does not hold: it prints the head of the log', async () => {
  using bench = new Bench();
  const c = await bench.newCase();
  await receiveOne(c, bench.write('a.png', bytesOf(500, 1)));
  expect(letterRecord(c, '2026-11-24').items).toHaveLength(1);
  c.db.execute('UPDATE items SET receivedAtMs = 1');
  expect(() => letterRecord(c, '2026-11-24')).toThrow(expect.objectContaining({ code: 'CUSTODY_BROKEN' }));
});

test("each of EXIF's times stands with its own zone, and without one where it was left blank", async () => {
  using bench = new Bench();
  const c = await bench.newCase();
  const { entry, item } = await receiveOne(c, bench.write('a.jpg', bytesOf(500, 1)));
  const made = examinationOf(item);
  const facts = [
    fact('exif.offsetTime', '+09:00'),
    fact('exif.modifyDate', '2024:05:02 12:00:00'),
    fact('exif.dateTimeOriginal', '2024:05:02 10:00:00'),
    fact('exif.offsetTimeOriginal', ':'),
    fact('exif.dateTimeDigitized', '2024:05:02 11:00:00'),
    fact('exif.offsetTimeDigitized', '-05:30'),
  ];
  const examination = { ...made, outcomes: [{ ...made.outcomes[0]!, facts }] };
  await recordExamination(c, { entry, examination, settings: DEFAULT_SETTINGS, startedAtMs: 1 });
  const [{ times }] = [...letterRecord(c, '2026-11-24').items] as [LetterItem];
  expect(times.map(({ fact: id, zone }) => [id, zone])).toEqual([
    ['exif.modifyDate', '+09:00'],
    ['exif.dateTimeOriginal', null],
    ['exif.dateTimeDigitized', '-05:30'],
  ]);
});
