/** Where are the faces of a film, often enough that none is shown between two looks? Nobody is told apart and nothing is judged. */
import type { FacesAt, LocateRequest } from '../contract/engine.ts';
import { AppError } from '../contract/errors.ts';
import { openMedia } from '../media/index.ts';
import { facesIn } from '../perception/index.ts';
import { Meter, PERCEPTION_SILENCE_S, type PerceptionTools } from './perception.ts';

/** Looks a second: in a tenth of a second a face moves by less than the margin that is covered around it. */
const LOOKS_PER_S = 10;
/** Longer side in pixels to which frames are shrunk before they are searched. */
const SIDE = 1920;

/** Throws AppError `MEDIA_NO_STREAMS` where there is no film, what decoding throws, `MODEL_*`, or `CANCELLED`. */
export async function locate(request: LocateRequest, tools: PerceptionTools): Promise<FacesAt[]> {
  const { models, scratchFolder, signal } = tools;
  tools.onStep('probe', PERCEPTION_SILENCE_S);
  await using media = await openMedia(request.path, {
    claimedExtension: request.claimedExtension,
    scratchFolder,
    signal,
  });
  const [stream] = media.info.video;
  if (!stream) throw new AppError('MEDIA_NO_STREAMS');
  tools.onStep('faces', PERCEPTION_SILENCE_S);
  const meter = new Meter(media, tools.onProgress);
  const looks: FacesAt[] = [];
  for await (const { image, timeS } of media.frames({ fps: LOOKS_PER_S, maxSide: SIDE, signal })) {
    const scale = stream.width / image.width;
    const boxes = (await facesIn(image, { models, signal })).map(({ x, y, w, h }) => ({
      x: x * scale,
      y: y * scale,
      w: w * scale,
      h: h * scale,
    }));
    looks.push({ timeS, boxes });
    meter.faces(timeS, boxes.length);
  }
  return looks;
}
