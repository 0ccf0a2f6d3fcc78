import { letterRecord } from '../../../main/dossier/letters.ts';
import { Bench, bytesOf, receiveOne } from '../cases/support.ts';

test('no letter is filled from a case whose log does not hold: it prints the head of the log', async () => {
  using bench = new Bench();
  const c = await bench.newCase();
  await receiveOne(c, bench.write('a.png', bytesOf(500, 1)));
  expect(letterRecord(c, '2026-11-24').items).toHaveLength(1);
  c.db.execute('UPDATE items SET receivedAtMs = 1');
  expect(() => letterRecord(c, '2026-11-24')).toThrow(expect.objectContaining({ code: 'CUSTODY_BROKEN' }));
});
