import path from 'node:path';
import { addPerson, createCase, listCustody, listPeople, openCase, verifyCustody } from '../../main/cases/index.ts';
import { temporaryFolder } from '../fixtures/media.ts';
import { cli } from './cli.ts';

const data = path.join(temporaryFolder(), 'data');

test('who is past the retention date is erased before a report is made, and the log that tells so still holds', async () => {
  const person = { role: 'named', basis: 'own', purpose: 'compare' } as const;
  {
    using c = await createCase(data, 'a', { app: 'test' });
    addPerson(c, { ...person, name: '王', retainUntil: '2020-01-31' });
    addPerson(c, { ...person, name: '李', retainUntil: '2999-01-31' });
  }
  const made = await cli(['--data', data, '--lang', 'en', 'report', 'a', '--out', path.join(data, 'out')]);
  expect(made).toMatchObject({
    code: 0,
    out: expect.stringContaining('samples of “王” are past their retention date'),
  });
  const again = await cli(['--data', data, '--lang', 'en', '--case', 'a', 'reference', 'expire']);
  expect(again.out).toContain('Nobody is past');
  using c = await openCase(data, 'a', { app: 'test' });
  expect(listPeople(c).map(({ name }) => name)).toEqual(['李']);
  const acts = listCustody(c).map(({ act }) => act);
  expect(acts.indexOf('reference-expired')).toBeLessThan(acts.indexOf('report-exported'));
  expect(verifyCustody(c).entries).toBe(acts.length);
});
