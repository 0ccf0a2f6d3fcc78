import { ANALYZER_VERSIONS, otherVersions } from '../../../main/contract/versions.ts';
import { createAnalyzers } from '../../../main/pipeline/analyzers.ts';

const installed = {
  analyzers: { exif: '2', face: '1.0.1', fusion: '1' },
  models: { mesh: 'a'.repeat(64), head: 'b'.repeat(64) },
};
const outcomes = [
  { analyzer: 'exif', version: '2' },
  { analyzer: 'face', version: '1.0.1' },
];

test('the analyzers of the program are those whose versions are named, in the order of the report', () => {
  const made = createAnalyzers(null).map(({ id, version }) => [id, version]);
  expect(made).toEqual(Object.entries(ANALYZER_VERSIONS));
});

test('an examination by what is installed differs in nothing, whichever of the models it used', () => {
  expect(otherVersions({ outcomes, models: { mesh: 'a'.repeat(64) }, fusion: '1' }, installed)).toBeNull();
});

test('another version, of the rules too, one that is gone, one that was not there, and other weights are told with what they were and are', () => {
  const examined = [
    { analyzer: 'exif', version: '1' },
    { analyzer: 'exif', version: '1' },
    { analyzer: 'synthetic-image:own', version: '1.0.1' },
  ];
  const models = { mesh: 'c'.repeat(64), own: 'd'.repeat(64) };
  expect(otherVersions({ outcomes: examined, models, fusion: '0' }, installed)).toEqual({
    analyzers: [
      { id: 'exif', examined: '1', installed: '2' },
      { id: 'synthetic-image:own', examined: '1.0.1', installed: null },
      { id: 'fusion', examined: '0', installed: '1' },
      { id: 'face', examined: null, installed: '1.0.1' },
    ],
    models: [
      { id: 'mesh', examined: 'c'.repeat(64), installed: 'a'.repeat(64) },
      { id: 'own', examined: 'd'.repeat(64), installed: null },
    ],
  });
});
