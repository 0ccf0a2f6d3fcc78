/** Statements of one file that exclude one another, over all its signals. Runs last: it reads what the others have read. */
import type { Analyzer, AnalyzerContext } from '../../contract/analyzer.ts';
import type { Fact } from '../../contract/fact.ts';
import type { RangedSource } from '../../contract/media.ts';
import { evidence } from '../../contract/outcome.ts';
import { ANALYZER_VERSIONS } from '../../contract/versions.ts';
import { readLabels } from '../aigc/label.ts';
import { NS } from '../bytes/xmp.ts';
import { surveyOf } from '../containers/index.ts';
import { contradiction, exifTime } from '../exif-consistency.ts';
import { readGenerators } from '../generators/index.ts';
import { exifEntry, exifText, type Metadata, metadataOf, xmpValues } from '../metadata.ts';
import { sourceTypeSays } from '../source-type.ts';
import type { C2paReading } from './c2pa.ts';

export function consistencyAnalyzer(
  readings: (source: RangedSource, context: AnalyzerContext) => Promise<C2paReading>,
): Analyzer {
  return {
    id: 'provenance-consistency',
    version: ANALYZER_VERSIONS['provenance-consistency'],
    needs: [],
    models: [],
    timeLimitS: 120,
    appliesTo: () => null,
    async run({ media }, context) {
      const survey = await surveyOf(media.source, context.signal);
      const metadata = await metadataOf(survey);
      const { report } = await readings(media.source, context);
      const camera = cameraStatement(metadata);
      const generator = readGenerators(survey, metadata).find((g) => g.says === 'generated' && g.strength !== 'S0');
      const label = readLabels(survey, metadata).find((l) => l.fields.get('Label') === '1');
      const xmpSays = xmpValues(metadata, NS.iptcExt, 'DigitalSourceType').map((v) => ({
        at: v.at,
        says: sourceTypeSays(v.value),
      }));
      const signed = new Set(
        (report?.manifests ?? [])
          .filter((m) => m.active || m.relationship === 'parentOf')
          .flatMap((m) => m.sourceTypes.map((t) => sourceTypeSays(t))),
      );
      const facts: Fact[] = [];
      if (camera && generator) facts.push(contradiction('camera-and-generator', 'tampered', generator.at));
      if (camera && label) facts.push(contradiction('camera-and-label', 'tampered', label.at));
      if (camera && signed.has('generated'))
        facts.push(contradiction('camera-and-signed-generation', 'tampered', camera));
      if (signed.has('captured') && label) facts.push(contradiction('signed-capture-and-label', 'tampered', label.at));
      if (signed.has('captured') && generator)
        facts.push(contradiction('signed-capture-and-generator', 'tampered', generator.at));
      const claimedCapture = xmpSays.find((x) => x.says === 'captured');
      if (claimedCapture && (generator || label || signed.has('generated')))
        facts.push(contradiction('claimed-capture-and-generation', 'tampered', claimedCapture.at));
      const early = signedBeforeCapture(report?.manifests.find((m) => m.active)?.signedAt ?? null, metadata);
      if (early) facts.push(contradiction('signed-before-captured', 'edited', early));
      return [evidence('file', { facts, examined: ['c2pa-manifest', 'aigc-label', 'generator-texts', 'exif', 'xmp'] })];
    },
  };
}

/** A camera's own statement: maker and moment, with the maker's private note. A make alone is typed too easily to contradict anything. */
function cameraStatement(metadata: Metadata): { offset: number; length: number } | null {
  const make = exifText(metadata, 0x010f, 'IFD0');
  const moment = exifText(metadata, 0x9003, 'Exif');
  const note = exifEntry(metadata, 0x927c, 'Exif');
  return make && moment && note && !make.value.includes('{') ? make.at : null;
}

/** EXIF times have no zone: a day is allowed for. */
const SLACK_MS = 26 * 3600 * 1000;

function signedBeforeCapture(signedAt: string | null, metadata: Metadata): { offset: number; length: number } | null {
  const moment = exifText(metadata, 0x9003, 'Exif');
  const [signed, taken] = [signedAt === null ? Number.NaN : Date.parse(signedAt), exifTime(moment?.value)];
  return moment && taken !== null && signed < taken - SLACK_MS ? moment.at : null;
}
