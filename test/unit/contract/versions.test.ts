import { fact } from '../../../main/contract/fact.ts';
import { ANALYZER_VERSIONS, otherVersions } from '../../../main/contract/versions.ts';
import { createAnalyzers } from '../../../main/pipeline/analyzers.ts';

const installed = {
  analyzers: { exif: '2', face: '1.0.1', perception: '1', fusion: '1' },
  models: { mesh: 'a'.repeat(64), head: 'b'.repeat(64) },
  trustLists: { official: '2026-08-14 aa', user: '2026-11-30 bb' },
};
const outcomes = [
  { analyzer: 'exif', version: '2' },
  { analyzer: 'face', version: '1.0.1' },
];

test('the analyzers of the program are those whose versions are named, in the order of the report', () => {
  const made = createAnalyzers(null).map(({ id, version }) => [id, version]);
  expect(made).toEqual(Object.entries(ANALYZER_VERSIONS));
});

const around = { around: { perception: '1', fusion: '1' } };

test('an examination by what is installed differs in nothing, whichever of the models it used', () => {
  expect(otherVersions({ outcomes, models: { mesh: 'a'.repeat(64) }, ...around }, installed)).toBeNull();
});

test('another version, of the search for faces and of the rules too, one that is gone, one that was not there, and other weights are told with what they were and are', () => {
  const examined = [
    { analyzer: 'exif', version: '1' },
    { analyzer: 'exif', version: '1' },
    { analyzer: 'synthetic-image:own', version: '1.0.1' },
  ];
  const models = { mesh: 'c'.repeat(64), own: 'd'.repeat(64) };
  expect(otherVersions({ outcomes: examined, models, around: { perception: '0', fusion: '0' } }, installed)).toEqual({
    analyzers: [
      { id: 'exif', examined: '1', installed: '2' },
      { id: 'synthetic-image:own', examined: '1.0.1', installed: null },
      { id: 'perception', examined: '0', installed: '1' },
      { id: 'fusion', examined: '0', installed: '1' },
      { id: 'face', examined: null, installed: '1.0.1' },
    ],
    models: [
      { id: 'mesh', examined: 'c'.repeat(64), installed: 'a'.repeat(64) },
      { id: 'own', examined: 'd'.repeat(64), installed: null },
    ],
    trustLists: [],
  });
});

test('another search for faces and voices is told of pictures and sound, not of what nobody is searched for in', () => {
  const raised = { ...installed, analyzers: { ...installed.analyzers, perception: '2' } };
  expect(otherVersions({ outcomes, models: {}, ...around }, raised)?.analyzers).toEqual([
    { id: 'perception', examined: '1', installed: '2' },
  ]);
  expect(otherVersions({ outcomes, models: {}, around: { perception: null, fusion: '1' } }, raised)).toBeNull();
});

test('trust lists that came, went or changed are told of a file with credentials, and of no other', () => {
  const held = (...lists: string[]) => [
    ...outcomes,
    { analyzer: 'exif', version: '2', facts: lists.map((list) => fact('c2pa.trustListsInstalled', list)) },
  ];
  const told = (...lists: string[]) =>
    otherVersions({ outcomes: held(...lists), models: {}, ...around }, installed)?.trustLists;
  const user = { id: 'user', examined: null, installed: '2026-11-30 bb' };
  expect(told('official 2026-08-14 aa', 'user 2026-11-30 bb')).toBeUndefined();
  expect(told('official 2026-08-14 aa')).toEqual([user]);
  expect(told('none')).toEqual([{ id: 'official', examined: null, installed: '2026-08-14 aa' }, user]);
  expect(told('interim-frozen 2025-08-28 cc', 'official 2026-08-14 ab', 'user 2026-11-30 bb')).toEqual([
    { id: 'interim-frozen', examined: '2025-08-28 cc', installed: null },
    { id: 'official', examined: '2026-08-14 ab', installed: '2026-08-14 aa' },
  ]);
  expect(told()).toBeUndefined();
});
