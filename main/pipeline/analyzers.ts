import type { Analyzer } from '../contract/analyzer.ts';
import type { ImportedDetector } from '../contract/detector.ts';
import { faceTemporal } from '../detectors/face-temporal.ts';
import { importedAnalyzer } from '../detectors/imported.ts';
import { lipSynchrony } from '../detectors/lip-synchrony.ts';
import { syntheticFace } from '../detectors/synthetic-face.ts';
import { syntheticImage } from '../detectors/synthetic-image.ts';
import { syntheticVoice } from '../detectors/synthetic-voice.ts';
import { filmRecoding, sceneHash } from '../forensics/index.ts';
import { faceLikeness } from '../identity/face-likeness.ts';
import { voiceLikeness } from '../identity/voice-likeness.ts';
import { createProvenanceAnalyzers } from '../provenance/index.ts';

/**
 * Every analyzer in the order of the report: origin first, then synthesis, then likeness, so that a similarity is never
 * read before what the detectors say of the same face or voice.
 */
export function createAnalyzers(trustFolder: string | null): readonly Analyzer[] {
  return [
    ...createProvenanceAnalyzers({ trustFolder }),
    sceneHash,
    filmRecoding,
    syntheticFace,
    syntheticImage,
    syntheticVoice,
    faceTemporal,
    lipSynchrony,
    faceLikeness,
    voiceLikeness,
  ];
}

/** The detectors that the user brought, beside the embedded ones of their role. */
export function createImported(detectors: readonly ImportedDetector[]): readonly Analyzer[] {
  return detectors.map(importedAnalyzer);
}
