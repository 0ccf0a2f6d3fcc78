import { dutyLedger, type Measured, packs } from '../../../main/law/index.ts';

const cn = packs().get('cn')!;
const NONE = { measured: [], stated: [], entries: [] };
const ids = (act: string | null) => dutyLedger(cn, act, '2026-11-24', NONE).map(({ duty }) => duty.id);

test('the label duty appears with the Measures, and earlier only by the deep-synthesis rules', () => {
  expect(ids('2025-09-01')).toContain('cn.duty.declare');
  expect(ids('2025-08-31')).not.toContain('cn.duty.declare');
  const sources = (act: string) =>
    dutyLedger(cn, act, '2026-11-24', NONE)
      .find(({ duty }) => duty.id === 'cn.duty.label-write')
      ?.sources.map(({ provision }) => provision.id);
  expect(sources('2025-08-31')).toEqual(['cn.deepsyn.16', 'cn.deepsyn.17']);
  expect(sources('2023-01-09')).toBeUndefined();
});

test('what the user of this tool owes follows the law of today', () => {
  expect(ids('2000-01-01')).toEqual(['cn.duty.this-tool']);
});

test('a row shows records, statements and what the user says of each actor, and decides nothing', () => {
  const found: Measured = { code: 'M-LABEL-NONE', item: 'c'.repeat(64), record: 'x/file', result: null };
  const rows = dutyLedger(cn, '2026-02-01', '2026-11-24', {
    measured: [found],
    stated: [{ question: 'deletion-answer', item: null, value: 'refused' }],
    entries: [{ duty: 'cn.duty.delete', actor: '某公司', asStated: 'not', facts: '2026-02-03 书面拒绝' }],
  });
  const row = (id: string) => rows.find(({ duty }) => duty.id === id)!;
  expect(row('cn.duty.label-write').measured).toEqual([found]);
  expect(row('cn.duty.delete').stated).toHaveLength(1);
  expect(row('cn.duty.delete').entries[0]!.asStated).toBe('not');
  expect(row('cn.duty.delete').measured).toEqual([]);
  expect(Object.keys(row('cn.duty.delete')).sort()).toEqual(['duty', 'entries', 'measured', 'sources', 'stated']);
});
