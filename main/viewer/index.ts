/**
 * The viewing process: decodes suspect media for a person to look at. It answers the questions of `contract/viewer.ts` one after
 * the other and ends with its parent.
 */
import { flushCompileCache } from 'node:module';
import { toErrorRecord } from '../contract/errors.ts';
import type { OpenMedia, RgbImage } from '../contract/media.ts';
import type { ViewAnswer, ViewKind, ViewMessage, ViewQuestion, ViewRequest, Views } from '../contract/viewer.ts';
import { openMedia } from '../media/index.ts';
import { decodeExactRgba } from '../media/rgba.ts';
import { blurred, frame, picture, thumbnail, times } from './pictures.ts';
import { peaks, sound, spectrogram } from './sounds.ts';

const scratchFolder = process.argv[2] ?? '';

/** A face that was cut out is blurred at its own size. Pixels. */
const LARGEST_CROP = 512;

/**
 * The file looked at last. It stays open until another is asked for or the host lets go of it: most questions are of one file, and
 * reading the packets of a long recording takes seconds.
 */
let held: { readonly path: string; readonly media: OpenMedia } | null = null;

let last: Promise<void> = Promise.resolve();

process.on('disconnect', () => process.exit(0));
process.on('message', (message: ViewMessage) => {
  last = last.then(() => (message.kind === 'release' ? release() : answer(message)));
});
// As the engine's: it is mostly killed.
flushCompileCache();

async function answer(request: ViewRequest): Promise<void> {
  const { id } = request;
  try {
    send({ id, ok: true, value: await view(request) });
  } catch (thrown) {
    send({ id, ok: false, error: toErrorRecord(thrown) });
  }
}

async function view(request: ViewRequest): Promise<Views[ViewKind]> {
  if (request.kind === 'blur') return blurred(await opaque(request.png), LARGEST_CROP);
  return await look(await opened(request.path, request.claimedExtension), request);
}

async function opened(path: string, claimedExtension: string): Promise<OpenMedia> {
  if (held?.path === path) return held.media;
  await release();
  const media = await openMedia(path, { claimedExtension, scratchFolder });
  held = { path, media };
  return media;
}

async function release(): Promise<void> {
  const former = held;
  held = null;
  await former?.media[Symbol.asyncDispose]();
}

/** Our own PNG, which has no alpha. */
async function opaque(png: Uint8Array): Promise<RgbImage> {
  const { width, height, data: rgba } = await decodeExactRgba(png);
  const data = new Uint8Array(width * height * 3);
  for (let pixel = 0; pixel < width * height; pixel++) data.set(rgba.subarray(pixel * 4, pixel * 4 + 3), pixel * 3);
  return { width, height, data };
}

function look(media: OpenMedia, question: ViewQuestion): Promise<Views[ViewKind]> {
  switch (question.kind) {
    case 'picture':
      return picture(media, question);
    case 'thumbnail':
      return thumbnail(media, question.maxSide);
    case 'frame':
      return frame(media, question);
    case 'times':
      return times(media);
    case 'peaks':
      return peaks(media, question);
    case 'spectrogram':
      return spectrogram(media, question);
    case 'sound':
      return sound(media, question);
  }
}

function send(message: ViewAnswer): void {
  if (process.connected) process.send?.(message);
}
