import path from 'node:path';
import { addPerson, createCase, removePerson } from '../../../main/cases/index.ts';
import { REMOVED_PERSON } from '../../../main/contract/open-end.ts';
import { forgetRemoved } from '../../../main/dossier/removed-persons.ts';
import { composeReport } from '../../../main/report/compose/index.ts';
import { textOf } from '../../../main/report/line.ts';
import { temporaryFolder } from '../../fixtures/media.ts';
import { itemRecord, OUTCOMES, partsOf, reportRecord, sha } from '../../fixtures/report-record.ts';

const folder = temporaryFolder();

test('whoever was removed is named in no report, and what was compared is not denied', async () => {
  using c = await createCase(path.join(folder, 'data'), 'a');
  const details = { role: 'named', basis: 'own', purpose: 'p', retainUntil: '2100-01-01' } as const;
  const [stays, goes] = ['Stays', 'Goes'].map((name) => addPerson(c, { ...details, name }));
  await removePerson(c, goes!.id);
  const all = [stays!.name, goes!.name, null].map((reference) => ({ reference }));
  const kept = forgetRemoved(c)(all).map(({ reference }) => reference);
  expect(kept).toEqual(['Stays', REMOVED_PERSON, null]);

  const outcomes = OUTCOMES.map((one) => (one.reference === null ? one : { ...one, reference: REMOVED_PERSON }));
  const record = { ...reportRecord([itemRecord(1, outcomes)]), people: [] };
  const { sections } = composeReport(partsOf(record), {
    ...{ language: 'en' as const, digest: sha('json'), packs: [], pictures: new Map() },
  });
  const likeness = sections[8]!.blocks
    .flatMap((block) =>
      block.kind === 'paragraph' ? [block.text] : block.kind === 'pairs' ? block.rows.flatMap(([, cell]) => cell) : [],
    )
    .map((text) => textOf('en', text))
    .join('\n');
  expect(likeness).toContain('“a person since removed from the case”');
  expect(likeness).toContain('compared with people who have been removed since');
  expect(likeness).not.toContain('nothing was compared');
});
