import { existsSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { ERROR_CODES } from '../../../main/contract/errors.ts';
import { openMedia } from '../../../main/media/index.ts';
import { allFrames, allSamples, temporaryFolder } from '../../fixtures/media.ts';
import { sharedRoot, testWithShared } from '../../shared.ts';

const CORPUS = 'data/provenance/hostile';
/** Seconds from opening to the last decoded byte. */
const PATIENCE_S = 5;
const scratchFolder = temporaryFolder();

/** Opens and decodes everything; gives `decoded`, or the code of the error. */
async function examine(file: string): Promise<string> {
  try {
    await using media = await openMedia(file, { claimedExtension: path.extname(file), scratchFolder });
    if (media.info.image) await media.picture();
    if (media.info.video.length > 0) await allFrames(media.frames({ fps: 4 }));
    if (media.info.audio.length > 0) await allSamples(media.audio({}));
    return 'decoded';
  } catch (fault) {
    return (fault as { code?: string }).code ?? String(fault);
  }
}

const files = existsSync(path.join(sharedRoot, CORPUS)) ? readdirSync(path.join(sharedRoot, CORPUS)) : ['(all files)'];

describe('hostile files open or give an error with a code, in time', () => {
  for (const name of files) {
    testWithShared([CORPUS], name, async () => {
      const startedAt = performance.now();
      const ended = await examine(path.join(sharedRoot, CORPUS, name));
      expect(['decoded', ...ERROR_CODES]).toContain(ended);
      expect(ended).not.toBe('INTERNAL');
      expect((performance.now() - startedAt) / 1000).toBeLessThan(PATIENCE_S);
    });
  }
});
