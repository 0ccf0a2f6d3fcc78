import { statementLine } from '../../../main/cli/commands/facts.ts';

const stated = (key: string, value: unknown, item: string | null = null) => ({
  id: 7,
  atMs: 0,
  kind: 'answer' as const,
  item,
  key,
  value,
});

test.each([
  ['act-date', { from: '2026-11-01', to: '2026-11-03' }, 'it lasted): 2026-11-01 – 2026-11-03'],
  ['found-on', '2026-11-03', 'first seen? 2026-11-03'],
  ['views', 12034, 'does the page show? 12,034'],
  ['act-kinds', ['made', 'used-for-fraud'], '(several possible): Made, Used for fraud'],
  ['money', 'CNY 8,000', 'payments or fees? “CNY 8,000”'],
] as const)('an answer to %s stands after its question as in the record', (key, value, end) => {
  expect(statementLine('en', stated(key, value))).toMatch(/^ {4}7 {2}\w/);
  expect(statementLine('en', stated(key, value)).endsWith(end)).toBe(true);
});

test('an answer on a source item names the item, and no question mark stands before a colon', () => {
  expect(statementLine('zh', stated('refusal', 'no', 'ab'.repeat(32)))).toMatch(/？ \(abababababab…\): 否$/);
  expect(statementLine('zh', stated('consent', 'none'))).not.toMatch(/[?？]:/);
});
