import {
  listCustody,
  listStatements,
  recordStatement,
  verifyCustody,
  withdrawStatement,
} from '../../../main/cases/index.ts';
import { intake } from '../../../main/cases/intake.ts';
import { eraseItem } from '../../../main/cases/item-erasure.ts';
import { Bench, bytesOf, plan } from './support.ts';

const consent = { kind: 'answer', item: null, key: 'consent' } as const;

test('a later statement stands in the place of the former, which stays in the log', async () => {
  using bench = new Bench();
  const c = await bench.newCase();
  recordStatement(c, { ...consent, value: 'none' });
  recordStatement(c, { kind: 'route', item: null, key: 'RT-PLATFORM', value: { at: '2026-11-20' } });
  const last = recordStatement(c, { ...consent, value: 'withdrawn' });
  expect(listStatements(c).map(({ id, key, value }) => [id, key, value])).toEqual([
    [last - 1, 'RT-PLATFORM', { at: '2026-11-20' }],
    [last, 'consent', 'withdrawn'],
  ]);
  const log = listCustody(c).filter((entry) => entry.act === 'statement-recorded');
  expect(log.map((entry) => entry.details)).toEqual([{ kind: 'answer' }, { kind: 'route' }, { kind: 'answer' }]);
  expect(log[0]!.text).toBe('{"key":"consent","value":"none"}');
  verifyCustody(c);
});

test('one that was withdrawn stands no more, and only a standing one can be withdrawn', async () => {
  using bench = new Bench();
  const c = await bench.newCase();
  const former = recordStatement(c, { ...consent, value: 'none' });
  const id = recordStatement(c, { ...consent, value: 'given' });
  expect(() => withdrawStatement(c, former)).toThrow('STATEMENT_NOT_FOUND');
  withdrawStatement(c, id);
  expect(listStatements(c)).toEqual([]);
  expect(() => withdrawStatement(c, id)).toThrow('STATEMENT_NOT_FOUND');
});

test('what was stated of an item goes with the item, and the chain holds', async () => {
  using bench = new Bench();
  const c = await bench.newCase();
  const [entry] = plan(c, [bench.write('a.bin', bytesOf(1000, 3))]);
  const { item } = await intake(c, entry!);
  recordStatement(c, { kind: 'answer', item: item.sha256, key: 'publicity', value: 'voluntary' });
  recordStatement(c, { ...consent, value: 'none' });
  expect(listStatements(c)).toHaveLength(2);
  await eraseItem(c, item.sha256);
  expect(listStatements(c).map(({ key }) => key)).toEqual(['consent']);
  verifyCustody(c);
  expect(() => recordStatement(c, { kind: 'answer', item: item.sha256, key: 'publicity', value: 'x' })).toThrow(
    'ITEM_NOT_FOUND',
  );
});
