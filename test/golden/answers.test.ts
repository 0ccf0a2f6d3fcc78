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

test('every analyzer has its answers kept, detectors by their calibrations alone, but what a network reads', () => {
  const kept = keptAnswers();
  const ids = createAnalyzers(null).map(({ id }) => id);
  expect(ids.filter((id) => !(id in kept))).toEqual(['provenance-explicit-label']);
  const alone = ids.filter((id) => 'calibration' in (kept[id]?.answers ?? {}));
  expect(alone).toEqual(['synthetic-face', 'synthetic-image', 'synthetic-voice']);
});

test('another answer counts under the same version alone, and what was not drawn before does not', () => {
  const before: Answers = { exif: { version: '1', answers: { camera: 'a', scanner: 'b' } } };
  const answers = { camera: 'c', scanner: 'b', telephone: 'd' };
  expect(changedUnderTheSameVersion(before, { exif: { version: '1', answers } })).toEqual(['exif 1: camera']);
  expect(changedUnderTheSameVersion(before, { exif: { version: '2', answers } })).toEqual([]);
  expect(changedUnderTheSameVersion(before, { other: { version: '1', answers } })).toEqual([]);
});
