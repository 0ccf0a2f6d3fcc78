/**
 * The room of provenance: what a file's bytes and pixels say of where it came from. Facts only, under the ids of
 * ../shared/data/provenance/FACTS.md; `says` is one of `SAYS`, and fusion alone makes findings of them.
 */
import type { Analyzer } from '../contract/analyzer.ts';
import { aigcLabelAnalyzer } from './analyzers/aigc-label.ts';
import { type C2paOptions, c2paAnalyzer, rememberReadings } from './analyzers/c2pa.ts';
import { consistencyAnalyzer } from './analyzers/consistency.ts';
import { containerAnalyzer } from './analyzers/container.ts';
import { exifAnalyzer } from './analyzers/exif.ts';
import { explicitLabelAnalyzer } from './analyzers/explicit-label.ts';
import { generatorAnalyzer } from './analyzers/generator.ts';
import { hiddenMarksAnalyzer } from './analyzers/hidden-marks.ts';
import { C2paReader } from './c2pa/reader.ts';

export { C2paReader } from './c2pa/reader.ts';
export {
  importTrustFile,
  installedTrustLists,
  removeTrustList,
  TRUST_FILES,
  type TrustFile,
  type TrustList,
  type TrustListId,
  trustListVersions,
} from './c2pa/trust-lists.ts';
export { formatProvenance, provenanceReport, type ReportBranch, type ReportFact } from './report.ts';
export { SAYS, type Says } from './says.ts';

export type ProvenanceOptions = Partial<C2paOptions>;

/** The analyzers in the order of the report. Without options: no trust list, certificates judged at the present time. */
export function createProvenanceAnalyzers(options: ProvenanceOptions = {}): readonly Analyzer[] {
  const readings = rememberReadings({
    reader: options.reader ?? new C2paReader(),
    trustFolder: options.trustFolder ?? null,
    now: options.now ?? (() => new Date()),
  });
  return [
    c2paAnalyzer(readings),
    aigcLabelAnalyzer,
    explicitLabelAnalyzer,
    generatorAnalyzer,
    hiddenMarksAnalyzer,
    exifAnalyzer,
    containerAnalyzer,
    consistencyAnalyzer(readings),
  ];
}

export const provenanceAnalyzers: readonly Analyzer[] = createProvenanceAnalyzers();
