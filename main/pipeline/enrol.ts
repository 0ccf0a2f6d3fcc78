/** Can this file stand for a person? Perception only: no detector and no comparison is run on a sample. */
import type { Enrolment, EnrolmentSample, EnrolRequest } from '../contract/engine.ts';
import { AppError } from '../contract/errors.ts';
import { assessFaceSample, assessVoiceSample } from '../identity/index.ts';
import { openMedia } from '../media/index.ts';
import { type LoadedModels, ModelsUsed, vectorModels } from './models-used.ts';
import { Meter, PERCEPTION_SILENCE_S, Perception, type PerceptionTools } from './perception.ts';
import type { Perceived } from './runner.ts';

/**
 * Judges the face of a picture, the voice of a recording, and both of a clip. In a clip a missing face or voice is no
 * refusal as long as the other is there. Throws AppError where the file cannot be opened or perceived, or `CANCELLED`.
 */
export async function enrol(
  request: EnrolRequest,
  tools: PerceptionTools & { readonly models: LoadedModels },
): Promise<Enrolment> {
  const models = new ModelsUsed(tools.models);
  tools.onStep('probe', PERCEPTION_SILENCE_S);
  const { claimedExtension } = request;
  const { scratchFolder, signal } = tools;
  await using media = await openMedia(request.path, { claimedExtension, scratchFolder, signal });
  const perception = new Perception(request, media, { ...tools, models }, new Meter(media, tools.onProgress));
  try {
    const judged: Omit<EnrolmentSample, 'models'>[] = [];
    const { image, video, audio } = media.info;
    if (image || video.length > 0) judged.push(assessFaceSample(required(await perception.faces())));
    if (audio.length > 0) judged.push(assessVoiceSample(required(await perception.voices())));
    const samples = judged.map((sample) => ({ ...sample, models: vectorModels(sample.kind, models.digests()) }));
    if (samples.length === 0) throw new AppError('MEDIA_NO_STREAMS');
    const usable = samples.filter((s) => s.refusal === null);
    return { info: media.info, samples: usable.length > 0 ? usable : samples };
  } finally {
    await perception.dispose();
  }
}

function required<T>(perceived: Perceived<T>): T {
  if ('error' in perceived) throw new AppError(perceived.error.code, perceived.error.params);
  return perceived.value;
}
