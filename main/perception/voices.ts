// Who is heard in this item, and when? Speech found in the decoded sound and parted by voice, in a recording of any length.
import type { ModelAccess } from '../contract/analyzer.ts';
import type { OpenMedia } from '../contract/media.ts';
import type { Voices } from '../contract/perception.ts';
import { SoundSpool, SPOOL_RATE } from './sound-spool.ts';
import { speakersOf } from './speakers.ts';
import { FRAME, LEAD, PASS, segmentsOf, speechProbabilities } from './speech.ts';

export interface FindVoicesOptions {
  readonly models: ModelAccess;
  /** Private folder that exists; the decoded sound is kept there until the result is disposed. */
  readonly scratchFolder: string;
  readonly signal: AbortSignal;
  /** Seconds of sound looked at so far. */
  progress(seconds: number): void;
}

/**
 * Finds speech in the first sound track. Items without one have no speakers. Dispose the result: `read` needs the
 * scratch file until then.
 * @throws AppError of decoding and `MODEL_*`, `NO_SPACE` as the system's ENOSPC; AbortError.
 */
export async function findVoices(media: OpenMedia, options: FindVoicesOptions): Promise<Voices & AsyncDisposable> {
  if (media.info.audio.length === 0) return silence();
  const spool = await SoundSpool.create(options.scratchFolder);
  try {
    return await listen(media, spool, options);
  } catch (thrown) {
    await spool[Symbol.asyncDispose]();
    throw thrown;
  }
}

async function listen(
  media: OpenMedia,
  spool: SoundSpool,
  { models, signal, progress }: FindVoicesOptions,
): Promise<Voices & AsyncDisposable> {
  const passes: Float32Array[] = [];
  let heard = 0;
  const hear = async (to: number) => {
    signal.throwIfAborted();
    passes.push(await speechProbabilities(models, await spool.read(heard - LEAD, to)));
    heard = to;
    progress(heard / SPOOL_RATE);
  };
  for await (const { samples } of media.audio({ signal })) {
    await spool.append(samples);
    while (spool.length - heard >= PASS) await hear(heard + PASS);
  }
  if (spool.length > heard) await hear(spool.length);
  const secondsExamined = spool.length / SPOOL_RATE;
  const speakers = await speakersOf(segmentsOf(joined(passes), secondsExamined), {
    models,
    signal,
    read: (from, to) => spool.read(from, to),
    progress: () => progress(secondsExamined),
  });
  return {
    secondsExamined,
    speakers,
    read: (fromS, toS) => spool.read(Math.round(fromS * SPOOL_RATE), Math.round(toS * SPOOL_RATE)),
    [Symbol.asyncDispose]: () => spool[Symbol.asyncDispose](),
  };
}

/** Every pass but the last covers `PASS / FRAME` whole frames. */
function joined(passes: readonly Float32Array[]): Float32Array {
  const all = new Float32Array(passes.reduce((sum, p) => sum + p.length, 0));
  for (const [n, pass] of passes.entries()) all.set(pass, n * (PASS / FRAME));
  return all;
}

function silence(): Voices & AsyncDisposable {
  return {
    secondsExamined: 0,
    speakers: [],
    read: async (fromS, toS) => new Float32Array(Math.round((toS - fromS) * SPOOL_RATE)),
    [Symbol.asyncDispose]: async () => {},
  };
}
