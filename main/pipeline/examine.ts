/**
 * The examination of one item from path to findings: open, plan, perceive once, run the analyzers, fuse.
 * What it returns is everything that is stored; it writes nothing itself.
 */
import { type Analyzer, FACE_EMBEDDING_MODEL, VOICE_EMBEDDING_MODEL } from '../contract/analyzer.ts';
import type { Calibrations } from '../contract/calibration.ts';
import type { DerivedCrop, DerivedTemplate, Examination, ExamineRequest } from '../contract/engine.ts';
import type { Faces, Voices } from '../contract/perception.ts';
import { AROUND_VERSIONS } from '../contract/versions.ts';
import { calibrateAll } from '../fusion/calibrate.ts';
import { fuse } from '../fusion/fuse.ts';
import { bestComparable } from '../identity/index.ts';
import { encodePng, findEmbeddedParts } from '../media/index.ts';
import { landmarksOf } from '../perception/index.ts';
import { type LoadedModels, ModelsUsed, vectorModels } from './models-used.ts';
import { openItem } from './open.ts';
import { Meter, PERCEPTION_SILENCE_S, Perception, type PerceptionTools } from './perception.ts';
import { runAnalyzers } from './runner.ts';
import type { Turns } from './turns.ts';

/** Crops kept for the record: one of each of this many spans of a track. */
const KEPT_CROPS_PER_TRACK = 4;

export interface ExamineTools extends PerceptionTools {
  readonly analyzers: readonly Analyzer[];
  readonly models: LoadedModels;
  readonly calibrations: Calibrations;
  /** Shared by all items of the process. */
  readonly turns: Turns;
}

/** Throws AppError where the item cannot be opened at all, or `CANCELLED`. */
export async function examine(request: ExamineRequest, tools: ExamineTools): Promise<Examination> {
  const startedAt = performance.now();
  tools.onStep('probe', PERCEPTION_SILENCE_S);
  const { media: opened, fault } = await openItem(request.path, {
    claimedExtension: request.claimedExtension,
    scratchFolder: tools.scratchFolder,
    signal: tools.signal,
  });
  await using media = opened;
  const probedAt = performance.now();
  const meter = new Meter(media, tools.onProgress);
  using _turn = await tools.turns.take(media.info, () => meter.wait());
  tools.signal.throwIfAborted();
  const models = new ModelsUsed(tools.models);
  const perception = new Perception(request, media, { ...tools, models }, meter);
  try {
    const analyzers = tools.analyzers.filter((a) => request.only.length === 0 || request.only.includes(a.id));
    const { outcomes: measured, timings } = await runAnalyzers(analyzers, {
      media,
      fault,
      sha256: request.sha256,
      models,
      references: request.references,
      settings: request.settings,
      signal: tools.signal,
      knownFailures: request.knownFailures,
      faces: () => perception.faces(),
      voices: () => perception.voices(),
      onStep: tools.onStep,
      onProgress: (step, fraction) =>
        meter.analyzer(
          step,
          analyzers.findIndex((a) => a.id === step),
          fraction,
          analyzers.length,
        ),
    });
    const outcomes = calibrateAll(measured, tools.calibrations, {
      info: media.info,
      language: request.settings.language ?? null,
    });
    const faces = perception.found.faces;
    const voices = perception.found.voices;
    return {
      info: media.info,
      outcomes,
      findings: fuse(outcomes),
      crops: faces ? await cropsOf(faces) : [],
      templates: [
        ...(faces ? faceTemplates(faces, models.digests()) : []),
        ...(voices ? voiceTemplates(voices, models.digests()) : []),
      ],
      parts: await findEmbeddedParts(media.source, media.info),
      timings: { probe: probedAt - startedAt, ...perception.timings, ...timings },
      models: models.digests(),
      around: AROUND_VERSIONS,
    };
  } finally {
    await perception.dispose();
  }
}

async function cropsOf(faces: Faces): Promise<DerivedCrop[]> {
  const crops: DerivedCrop[] = [];
  for (const track of faces.tracks) {
    const step = Math.max(1, Math.ceil(track.observations.length / KEPT_CROPS_PER_TRACK));
    for (const seen of track.observations.filter((_, at) => at % step === 0)) {
      const { timeS, box, score, quality, crop } = seen;
      const png = await encodePng(crop.image);
      crops.push({ subject: track.id, timeS, box, score, quality, landmarks: landmarksOf(seen), png });
    }
  }
  return crops;
}

function faceTemplates({ tracks }: Faces, digests: Readonly<Record<string, string>>): DerivedTemplate[] {
  const models = vectorModels('face', digests);
  return tracks.flatMap(({ id, seenWith, observations, embedding }) =>
    embedding
      ? [
          {
            subject: id,
            kind: 'face' as const,
            modelId: FACE_EMBEDDING_MODEL,
            models,
            quality: { ...bestComparable(observations) },
            seenWith,
            vector: embedding,
          },
        ]
      : [],
  );
}

function voiceTemplates({ speakers }: Voices, digests: Readonly<Record<string, string>>): DerivedTemplate[] {
  const models = vectorModels('voice', digests);
  return speakers.flatMap(({ id, speechS, embedding }) =>
    embedding
      ? [
          {
            subject: id,
            kind: 'voice' as const,
            modelId: VOICE_EMBEDDING_MODEL,
            models,
            quality: { speechS },
            seenWith: [],
            vector: embedding,
          },
        ]
      : [],
  );
}
