/** China's implicit label in the file's own bytes: every occurrence, as written, with its place and what in it breaks the form. */
import type { Analyzer } from '../../contract/analyzer.ts';
import { type Fact, fact, reason } from '../../contract/fact.ts';
import { abstained } from '../../contract/outcome.ts';
import { ANALYZER_VERSIONS } from '../../contract/versions.ts';
import { type AigcLabel, FIELDS, hasReserved, readLabels } from '../aigc/label.ts';
import { checkProducerCode, productOf } from '../aigc/producer-code.ts';
import { surveyOf } from '../containers/index.ts';
import { metadataOf, place } from '../metadata.ts';
import { type Format, found } from '../survey.ts';

export const aigcLabelAnalyzer: Analyzer = {
  id: 'provenance-aigc-label',
  version: ANALYZER_VERSIONS['provenance-aigc-label'],
  needs: [],
  models: [],
  timeLimitS: 30,
  appliesTo: () => null,
  async run({ media }, { signal }) {
    const survey = await surveyOf(media.source, signal);
    const places = PLACES.get(survey.format);
    if (!places) return [abstained('file', reason('container-unknown'))];
    const labels = readLabels(survey, await metadataOf(survey));
    return [found(survey, labels.flatMap(labelFacts), places)];
  },
};

/** Where the label was looked for, by container: absence means something for these places only. */
const PLACES: ReadonlyMap<Format, string[]> = new Map([
  ['jpeg', ['xmp', 'exif-user-comment', 'exif-description', 'jpeg-segments', 'jpeg-comment']],
  ['png', ['xmp', 'png-text', 'exif-user-comment']],
  ['webp', ['xmp', 'exif-user-comment', 'riff-chunk']],
  ['gif', ['xmp', 'gif-comment']],
  ['tiff', ['xmp', 'exif-user-comment']],
  ['bmff', ['mp4-keys', 'mp4-freeform', 'mp4-udta', 'mp4-box', 'xmp', 'exif-user-comment']],
  ['matroska', ['matroska-tag']],
  ['wav', ['riff-chunk', 'riff-info', 'xmp']],
  ['avi', ['riff-info', 'riff-chunk']],
  ['mp3', ['id3-user', 'id3-comment', 'xmp', 'ape']],
  ['flac', ['vorbis-comment', 'id3-user']],
  ['ogg', ['vorbis-comment']],
  ['flv', ['flv-script']],
  ['pdf', ['pdf-info', 'xmp']],
]);

function labelFacts(label: AigcLabel): Fact[] {
  const at = place(label.at);
  const conforming = label.reasons.length === 0;
  const strength = isWellFormed(label) ? 'S2' : 'S1';
  const value = label.fields.get('Label');
  // 1 "is", 2 "may be", 3 "suspected": only the first is the writer's own statement; the others are a platform's judgement.
  const says = value === '1' || value === '2' || value === '3' ? 'generated' : null;
  const facts = FIELDS.filter((f) => label.fields.has(f)).map((f) =>
    fact(`aigc.${f}`, label.fields.get(f)!.slice(0, 4000), {
      strength: value === '1' ? strength : 'S1',
      says: f === 'Label' ? says : null,
      at,
    }),
  );
  facts.push(fact('aigc.conformity', conforming ? 'conforming' : 'nonconforming', { strength, at }));
  for (const code of label.reasons) facts.push(fact('aigc.reason', code, { at }));
  facts.push(fact('aigc.place', label.carrier, { at }));
  if (!label.broken) facts.push(fact('aigc.signature', hasReserved(label) ? 'present-unchecked' : 'none', { at }));
  for (const field of ['ContentProducer', 'ContentPropagator'] as const) {
    const code = checkProducerCode(label.fields.get(field) ?? '');
    if (code.creditCode === null) continue;
    facts.push(
      fact(field === 'ContentProducer' ? 'aigc.producerCreditCode' : 'aigc.propagatorCreditCode', code.creditCode, {
        strength: 'S1',
        at,
      }),
    );
    const product = productOf(code.creditCode);
    if (product && field === 'ContentProducer')
      facts.push(fact('generator.name', product, { strength: 'S1', says, at }));
  }
  return facts;
}

/** All required fields filled and a value of the standard: hard to write by accident. Only "is" is the writer's own statement. */
function isWellFormed(label: AigcLabel): boolean {
  const filled = (['Label', 'ContentProducer', 'ProduceID'] as const).every((f) => (label.fields.get(f) ?? '') !== '');
  return !label.broken && filled && label.fields.get('Label') === '1';
}
