/** Runs the room's analyzers over bytes or files as the pipeline does, without the pipeline. */
import type { Analyzer, AnalyzerContext } from '../../../main/contract/analyzer.ts';
import { AppError } from '../../../main/contract/errors.ts';
import type { Fact } from '../../../main/contract/fact.ts';
import type { MediaInfo, OpenMedia, RangedSource } from '../../../main/contract/media.ts';
import type { Outcome } from '../../../main/contract/outcome.ts';
import { FileSource } from '../../../main/media/source.ts';
import { memorySource } from '../../../main/provenance/bytes/window.ts';

const noPixels = () => {
  throw new AppError('MEDIA_NO_STREAMS', {});
};

/** Bytes alone: what no analyzer of this room but the explicit label needs more of. */
export function bareMedia(source: RangedSource, kind: MediaInfo['kind'] = 'image'): OpenMedia {
  return {
    info: {
      mediaType: 'application/octet-stream',
      kind,
      bytes: source.size,
      durationS: null,
      image: null,
      video: [],
      audio: [],
      claimedType: null,
    },
    source,
    picture: async () => noPixels(),
    frames: noPixels,
    audio: noPixels,
    [Symbol.asyncDispose]: async () => {},
  };
}

export function context(): AnalyzerContext {
  return {
    signal: new AbortController().signal,
    progress: () => {},
    random: () => 0.5,
    models: { has: () => false, run: async () => ({}) },
    references: [],
    settings: { fps: 4, depth: 'full' },
  } as unknown as AnalyzerContext;
}

export async function outcomesOf(analyzers: readonly Analyzer[], source: RangedSource): Promise<Outcome[]> {
  const media = bareMedia(source);
  const outcomes: Outcome[] = [];
  for (const analyzer of analyzers) {
    // As the runner does; and without models nothing is read from pixels here.
    if (analyzer.appliesTo(media.info) || analyzer.models.length > 0) continue;
    const made = await analyzer.run({ media, sha256: '0'.repeat(64), faces: null, voices: null }, context());
    outcomes.push(...made.map((o) => ({ ...o, analyzer: analyzer.id, version: analyzer.version })));
  }
  return outcomes;
}

export async function factsOfBytes(analyzers: readonly Analyzer[], bytes: Uint8Array): Promise<Fact[]> {
  return (await outcomesOf(analyzers, memorySource(bytes))).flatMap((o) => o.facts);
}

export async function factsOfFile(analyzers: readonly Analyzer[], path: string): Promise<Fact[]> {
  const source = await FileSource.open(path);
  try {
    return (await outcomesOf(analyzers, source)).flatMap((o) => o.facts);
  } finally {
    await source[Symbol.asyncDispose]();
  }
}

export function valuesOf(facts: readonly Fact[], id: string): Fact['value'][] {
  return facts.filter((f) => f.id === id).map((f) => f.value);
}
