import { createAnalyzers } from '../../main/pipeline/analyzers.ts';
import { type Answers, changedUnderTheSameVersion, drawAnswers, keptAnswers } from './answers.ts';

const now = drawAnswers();

test('no analyzer answers otherwise than it did under the same version', async () => {
  // Where this fails: raise its version in main/contract/versions.ts, then `npm run answers`.
  expect(changedUnderTheSameVersion(keptAnswers(), await now)).toEqual([]);
});

test('the answers that are kept are those of the versions that there are', async () => {
  // Where this fails alone, a version was raised or a drawing added: `npm run answers`.
  expect(keptAnswers()).toEqual(await now);
});

test('every analyzer has its answers kept, but those whose answers rest on a network', async () => {
  const without = createAnalyzers(null).filter(({ id }) => !(id in keptAnswers()));
  expect(without.map(({ id }) => id)).toEqual([
    'provenance-explicit-label',
    'synthetic-face',
    'synthetic-image',
    'synthetic-voice',
  ]);
  for (const { models } of without) expect(models.length).toBeGreaterThan(0);
});

test('another answer counts under the same version alone, and what was not drawn before does not', () => {
  const before: Answers = { exif: { version: '1', answers: { camera: 'a', scanner: 'b' } } };
  const answers = { camera: 'c', scanner: 'b', telephone: 'd' };
  expect(changedUnderTheSameVersion(before, { exif: { version: '1', answers } })).toEqual(['exif 1: camera']);
  expect(changedUnderTheSameVersion(before, { exif: { version: '2', answers } })).toEqual([]);
  expect(changedUnderTheSameVersion(before, { other: { version: '1', answers } })).toEqual([]);
});
