/** What image, video and sound generators wrote about their own work into the file's texts. */
import type { Analyzer } from '../../contract/analyzer.ts';
import { fact, reason } from '../../contract/fact.ts';
import { abstained } from '../../contract/outcome.ts';
import { ANALYZER_VERSIONS } from '../../contract/versions.ts';
import { surveyOf } from '../containers/index.ts';
import { generatorFacts } from '../generators/facts.ts';
import { readGenerators } from '../generators/index.ts';
import { metadataOf, place } from '../metadata.ts';
import { samsungGenerativeEdit } from '../samsung.ts';
import { found } from '../survey.ts';

export const generatorAnalyzer: Analyzer = {
  id: 'provenance-generator',
  version: ANALYZER_VERSIONS['provenance-generator'],
  needs: [],
  models: [],
  timeLimitS: 30,
  appliesTo: () => null,
  async run({ media }, { signal }) {
    const survey = await surveyOf(media.source, signal);
    if (survey.format === 'unknown') return [abstained('file', reason('container-unknown'))];
    const metadata = await metadataOf(survey);
    const records = readGenerators(survey, metadata);
    const facts = records.flatMap((record, i) =>
      generatorFacts(record, !records.slice(0, i).some((r) => r.name === record.name && r.says === record.says)),
    );
    const edit = survey.format === 'jpeg' ? await samsungGenerativeEdit(media.source) : null;
    if (edit)
      facts.push(
        fact('generator.samsungGenAiType', edit.value, {
          strength: 'S1',
          says: edit.value > 0 ? 'edited-with-ai' : null,
          at: place(edit.at),
        }),
      );
    const examined = ['container-texts', 'exif-texts', 'xmp-credit', 'samsung-trailer'];
    return [found(survey, facts, examined)];
  },
};
