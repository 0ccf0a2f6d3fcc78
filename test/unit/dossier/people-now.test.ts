import path from 'node:path';
import {
  addPerson,
  addSample,
  createCase,
  custodyHead,
  latestExamination,
  type OpenCase,
  recordExamination,
  removePerson,
  removeSample,
} from '../../../main/cases/index.ts';
import { DEFAULT_SETTINGS } from '../../../main/contract/analyzer.ts';
import { REMOVED_PERSON } from '../../../main/contract/open-end.ts';
import { asPeopleAreNow } from '../../../main/dossier/people-now.ts';
import { composeReport } from '../../../main/report/compose/index.ts';
import { textOf } from '../../../main/report/line.ts';
import { emptyFinding } from '../../fixtures/finding.ts';
import { temporaryFolder } from '../../fixtures/media.ts';
import { itemRecord, OUTCOMES, partsOf, reportRecord, sha } from '../../fixtures/report-record.ts';
import { Bench, bytesOf, examinationOf, receiveOne } from '../cases/support.ts';

const folder = temporaryFolder();

test('whoever was removed is named in no report, and what was compared is not denied', async () => {
  using c = await createCase(path.join(folder, 'data'), 'a');
  const details = { role: 'named', basis: 'own', purpose: 'p', retainUntil: '2100-01-01' } as const;
  const [stays, goes] = ['Stays', 'Goes'].map((name) => addPerson(c, { ...details, name }));
  await removePerson(c, goes!.id);
  const references = [stays!.name, goes!.name, null];
  const found = {
    findings: references.map((reference) => emptyFinding({ question: 'likeness', reference })),
    outcomes: references.map((reference) => ({ ...OUTCOMES[0]!, reference })),
    custody: custodyHead(c).seq,
  };
  const now = asPeopleAreNow(c)(found);
  for (const told of [now.findings, now.outcomes])
    expect(told.map(({ reference }) => reference)).toEqual(['Stays', REMOVED_PERSON, null]);

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

test('what was compared with other samples than the person has now says so, until it is examined again', async () => {
  using bench = new Bench();
  // The clock of the machine may go back: the log keeps the order.
  let now = 1_900_000_000_000;
  const c = await bench.newCase('a', { now: () => now });
  const terms = { role: 'named', basis: 'own', purpose: 'p', retainUntil: '2100-01-01' } as const;
  const enrol = (name: string) => addPerson(c, { ...terms, name }).id;
  const sample = { modelId: 'm', models: { m: 'a'.repeat(64) }, vector: Float32Array.of(1), quality: {}, source: null };
  const add = (person: string, kind: 'face' | 'voice') =>
    addSample(c, person, { ...sample, kind, accepted: true, reason: null });
  const [li, wang] = [enrol('Li'), enrol('Wang')];
  for (const person of [li, wang]) for (const kind of ['face', 'voice'] as const) add(person, kind);
  const file = bench.write('q.png', bytesOf(100, 1));
  const sha256 = await examined(c, file);
  expect(told(c, sha256)).toEqual([]);

  now -= 1000;
  const added = add(li, 'face');
  expect(told(c, sha256)).toEqual(['Li face-track:1']);
  await examined(c, file);
  expect(told(c, sha256)).toEqual([]);
  now -= 1000;
  await removeSample(c, li, added);
  expect(told(c, sha256)).toEqual(['Li face-track:1']);
  add(wang, 'voice');
  expect(told(c, sha256)).toEqual(['Li face-track:1', 'Wang speaker:1']);
  await examined(c, file);
  await removePerson(c, wang);
  add(enrol('Wang'), 'face');
  expect(told(c, sha256)).toEqual(['Wang face-track:1']);
});

async function examined(c: OpenCase, file: string | Buffer): Promise<string> {
  const { entry, item } = await receiveOne(c, file);
  const compared = ['Li', 'Wang'].flatMap((reference) =>
    ['face-track:1', 'speaker:1'].map((subject) => emptyFinding({ question: 'likeness', subject, reference })),
  );
  const nobody = emptyFinding({ question: 'likeness', subject: 'face-track:2' });
  const synthesis = emptyFinding({ question: 'synthesis', subject: 'face-track:1' });
  await recordExamination(c, {
    entry,
    examination: examinationOf(item, { findings: [...compared, nobody, synthesis], crops: [], templates: [] }),
    settings: DEFAULT_SETTINGS,
    startedAtMs: 1,
  });
  return item.sha256;
}

/** Findings that say that they are of other samples. */
function told(c: OpenCase, sha256: string): string[] {
  const { findings } = asPeopleAreNow(c)(latestExamination(c, sha256)!);
  return findings
    .filter(({ against }) => against.some(({ code }) => code === 'likeness.samples-changed'))
    .map(({ reference, subject }) => `${reference} ${subject}`);
}
