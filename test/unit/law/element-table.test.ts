import fc from 'fast-check';
import {
  elementTable,
  MEASURED_CODES,
  type Measured,
  packs,
  QUESTION_IDS,
  type Stated,
} from '../../../main/law/index.ts';

const provision = (id: string) =>
  packs()
    .get('cn')!
    .provisions.find((p) => p.id === id)!;

function measured(code: Measured['code']): Measured {
  return { code, item: 'a'.repeat(64), record: 'analyzer/file', result: null };
}

function stated(question: Stated['question'], value: Stated['value']): Stated {
  return { question, item: null, value };
}

test('an element is measured, stated or unknown, and says what backs it and what stays open', () => {
  const rows = elementTable(provision('cn.civ.1019'), {
    measured: [measured('M-FACE-SIM'), measured('M-SYN-FACE')],
    stated: [stated('consent', 'none'), stated('witnesses', '张某，同事，看视频认出')],
  });
  const brief = rows.map(({ element, status, measured: m, stated: s, remains }) => [
    element,
    status,
    m.map(({ code }) => code),
    s.map(({ question }) => question),
    remains,
  ]);
  expect(brief).toEqual([
    ['likeness', 'M', ['M-FACE-SIM'], ['witnesses'], ['N-IDENT']],
    ['forged-by-technology', 'M', ['M-SYN-FACE'], [], ['N-ORIGIN', 'N-LAW']],
    ['made-used', 'N', [], [], ['N-WHO']],
    ['no-consent', 'R', [], ['consent'], ['N-CONSENT']],
    ['exception', 'N', [], [], ['N-LAW']],
    ['doer', 'N', [], [], ['N-WHO']],
  ]);
});

test('a product code in a label is a lead towards the maker and leaves "who" unknown', () => {
  const rows = elementTable(provision('cn.label.10'), { measured: [measured('M-LABEL-IMPL')], stated: [] });
  const doer = rows.find(({ element }) => element === 'doer')!;
  expect([doer.status, doer.measured, doer.leads.map(({ code }) => code)]).toEqual(['N', [], ['M-LABEL-IMPL']]);
});

test('a label on the file is only a lead towards a synthetic face: it covers any generated content', () => {
  const [, , row] = elementTable(provision('cn.deepsyn.14'), { measured: [measured('M-LABEL-IMPL')], stated: [] });
  expect([row!.element, row!.status, row!.leads.length]).toEqual(['synthetic-face', 'N', 1]);
});

test('"unknown" is an answer that leaves the element unknown', () => {
  const rows = elementTable(provision('cn.civ.1019'), {
    measured: [],
    stated: [stated('consent', 'unknown'), stated('act-kinds', ['unknown'])],
  });
  expect(rows.every(({ status }) => status === 'N')).toBe(true);
  expect(rows.flatMap((row) => row.stated)).toEqual([]);
});

test('intent, identity of the doer and the legal assessment are measured by nothing', () => {
  const everything = { measured: MEASURED_CODES.map(measured), stated: [] };
  for (const pack of packs().values())
    for (const one of pack.provisions)
      for (const row of elementTable(one, everything)) {
        if (['doer', 'intent', 'fault', 'no-consent', 'separate-consent', 'seriousness'].includes(row.element))
          expect(row.status).toBe('N');
        expect(row.remains.length).toBeGreaterThan(0);
      }
});

test('whatever is recorded, a table keeps its rows, adds no conclusion, and something stays open in each row', () => {
  const all = [...packs().values()].flatMap((pack) => pack.provisions);
  fc.assert(
    fc.property(
      fc.constantFrom(...all),
      fc.subarray([...MEASURED_CODES]),
      fc.subarray([...QUESTION_IDS]),
      (one, codes, ids) => {
        const rows = elementTable(one, { measured: codes.map(measured), stated: ids.map((id) => stated(id, 'x')) });
        expect(rows.map(({ element }) => element)).toEqual(one.elements.map(({ id }) => id));
        for (const row of rows) {
          expect(Object.keys(row).sort()).toEqual([
            'element',
            'leads',
            'measured',
            'remains',
            'stated',
            'status',
            'text',
          ]);
          expect(row.status).toBe(row.measured.length ? 'M' : row.stated.length ? 'R' : 'N');
          expect(row.measured.every(({ code }) => codes.includes(code))).toBe(true);
          expect(row.remains).not.toEqual([]);
        }
      },
    ),
    { numRuns: 200 },
  );
});
