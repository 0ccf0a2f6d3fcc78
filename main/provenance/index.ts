/**
 * The room of provenance: what a file's bytes and pixels say of where it came from. Facts only, under the ids of
 * ../shared/data/provenance/FACTS.md; `says` is one of `SAYS`, and fusion alone makes findings of them.
 */
import type { Analyzer } from '../contract/analyzer.ts';
import { aigcLabelAnalyzer } from './analyzers/aigc-label.ts';
import { containerAnalyzer } from './analyzers/container.ts';
import { exifAnalyzer } from './analyzers/exif.ts';
import { generatorAnalyzer } from './analyzers/generator.ts';

export { SAYS, type Says } from './says.ts';

export const provenanceAnalyzers: readonly Analyzer[] = [
  containerAnalyzer,
  exifAnalyzer,
  generatorAnalyzer,
  aigcLabelAnalyzer,
];
