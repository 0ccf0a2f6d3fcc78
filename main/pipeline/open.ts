import { AppError, type ErrorRecord, OF_THE_CONTENT, toErrorRecord } from '../contract/errors.ts';
import type { MediaInfo, OpenMedia } from '../contract/media.ts';
import { openMedia, openUndecoded } from '../media/index.ts';

export interface OpenOptions {
  readonly claimedExtension: string;
  readonly scratchFolder: string;
  readonly signal: AbortSignal;
}

export interface Opened {
  readonly media: OpenMedia;
  /** Why its picture and sound cannot be had; null where they can. */
  readonly fault: ErrorRecord | null;
}

/** Opens an item, as bytes alone where its content cannot be decoded. Throws AppError where not even that is possible. */
export async function openItem(path: string, options: OpenOptions): Promise<Opened> {
  try {
    const media = await openMedia(path, options);
    return { media, fault: undecodable(media.info) };
  } catch (thrown) {
    const fault = toErrorRecord(thrown);
    if (!(thrown instanceof AppError) || !OF_THE_CONTENT.has(fault.code)) throw thrown;
    return { media: await openUndecoded(path, fault, options), fault };
  }
}

/** A file that is no picture, film or sound: its bytes are examined for origin, and nothing else can be. */
function undecodable({ kind, mediaType }: MediaInfo): ErrorRecord | null {
  if (kind !== 'other') return null;
  return mediaType === 'application/octet-stream'
    ? { code: 'FORMAT_UNKNOWN', params: {} }
    : { code: 'FORMAT_UNSUPPORTED', params: { mediaType } };
}
