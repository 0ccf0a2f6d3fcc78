/** The hashed scenes of something named on the command line: a file is examined for them, an item of the case has them on record. */
import { existsSync } from 'node:fs';
import path from 'node:path';
import { latestOutcomesBy, type OpenCase } from '../cases/index.ts';
import { DEFAULT_SETTINGS } from '../contract/analyzer.ts';
import type { Fact } from '../contract/fact.ts';
import type { MediaInfo } from '../contract/media.ts';
import { sceneFacts, sceneHash } from '../forensics/index.ts';
import { EngineHost } from '../jobs/engine-host.ts';
import { forkEngine } from '../jobs/fork-engine.ts';
import type { Context } from './context.ts';
import { interruptible } from './interrupt.ts';
import { withScratchFolder } from './scratch.ts';

export interface HashedScenes {
  readonly info: MediaInfo;
  /** Null where the pictures could not be looked at. */
  readonly facts: readonly Fact[] | null;
}

/** Whether it can only be the beginning of an item's digest: no file has that name. */
export function namesItem(given: string, cwd: string): boolean {
  return /^[0-9a-f]{6,64}$/.test(given) && !existsSync(path.resolve(cwd, given));
}

/** Throws what the engine throws, and `CANCELLED`. */
export async function hashScenes(file: string, sha256: string, context: Context): Promise<HashedScenes> {
  using interrupt = interruptible();
  return await withScratchFolder(async (scratch) => {
    await using engine = new EngineHost(() => forkEngine(context.engineSettings(scratch)));
    const request = {
      id: 1,
      path: file,
      claimedExtension: path.extname(file).toLowerCase(),
      sha256,
      settings: DEFAULT_SETTINGS,
      references: [],
      only: [sceneHash.id],
    };
    const { info, outcomes } = await engine.examine(request, { signal: interrupt.signal, onProgress: () => {} });
    return { info, facts: sceneFacts(outcomes) };
  });
}

/** Null where the item was not examined. */
export function recordedScenes(openCase: OpenCase, sha256: string): HashedScenes | null {
  const examination = latestOutcomesBy(openCase, sha256, sceneHash.id);
  return examination && { info: examination.info, facts: sceneFacts(examination.outcomes) };
}
