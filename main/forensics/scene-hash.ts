/**
 * What a picture or clip shows, as hashes that survive compression and scaling: recorded at the scan, so that copies within a case are found
 * later without opening a file again. It says nothing about origin, synthesis or who is shown.
 */
import type { Analyzer } from '../contract/analyzer.ts';
import { type Fact, fact, reason } from '../contract/fact.ts';
import type { RgbImage } from '../contract/media.ts';
import { evidence, type Outcome } from '../contract/outcome.ts';
import { ANALYZER_VERSIONS } from '../contract/versions.ts';
import { SCENE_FPS, type Scene, type SceneHash } from './matching.ts';
import { pdqText, pdqVariants } from './pdq.ts';

/** The reference reduces larger pictures to this before hashing (`pdq/cpp`, DOWNSAMPLE_DIMS). Pixels. */
const HASHED_SIDE = 512;
/** Frames of clips are hashed smaller: the hash has 64 samples a side. Pixels. */
const FRAME_SIDE = 256;
/** Frames recorded of one clip: an hour. */
const MOST_FRAMES = 3600 * SCENE_FPS;

export const sceneHash: Analyzer = {
  id: 'scene-hash',
  version: ANALYZER_VERSIONS['scene-hash'],
  needs: [],
  looksAtPicture: true,
  models: [],
  timeLimitS: 900,
  appliesTo: (info) => (info.image !== null || info.video.length > 0 ? null : reason('scene-no-picture')),
  leftOutOfQuickPass: ({ kind }) => (kind === 'image' ? null : reason('scene-quick-pass')),
  async run({ media }, context) {
    if (media.info.kind === 'image')
      return [
        evidence('picture', {
          facts: [hashFact('scene.picture', await hashScene(await media.picture(context.signal)), null)],
          examined: ['picture-scene'],
        }),
      ];
    const facts: Fact[] = [];
    const durationS = media.info.durationS ?? 0;
    const options = { fps: SCENE_FPS, maxSide: FRAME_SIDE, signal: context.signal };
    for await (const { image, timeS } of media.frames(options)) {
      facts.push(hashFact('scene.frame', await hashScene(image), timeS));
      if (durationS > 0) context.progress(Math.min(1, timeS / durationS));
      if (facts.length >= MOST_FRAMES) break;
    }
    return [evidence('file', { facts, examined: ['frame-scene'] })];
  },
};

/** Quality, hash and mirrored hash of one picture of any size. */
export async function hashScene(image: RgbImage): Promise<SceneHash> {
  // Loaded with the first picture: what only compares or reads hashes back needs no decoder, which is a fifth of a command's start.
  const { resizeRgb } = await import('../media/pixels.ts');
  const scale = Math.min(1, HASHED_SIDE / Math.max(image.width, image.height));
  const small = await resizeRgb(
    image,
    Math.max(1, Math.round(image.width * scale)),
    Math.max(1, Math.round(image.height * scale)),
  );
  const variants = pdqVariants(small);
  const plain = variants.get('original')!;
  return { hash: plain, mirrored: variants.get('flipped-horizontally')!.bytes };
}

/** Value: `[quality, hash, mirrored hash]`, hashes as 64 hexadecimal digits each. */
function hashFact(id: string, { hash, mirrored }: SceneHash, timeS: number | null): Fact {
  return fact(id, [hash.quality, pdqText(hash.bytes), pdqText(mirrored)], {
    at: timeS === null ? null : { from: timeS, to: timeS },
  });
}

/** What `sceneHash` recorded, read back; facts that are not of its form are left out. `timeS` is 0 for a picture. */
export function scenesOf(facts: readonly Fact[]): Scene[] {
  return facts.flatMap(({ id, value, at }) => {
    if ((id !== 'scene.picture' && id !== 'scene.frame') || !Array.isArray(value)) return [];
    const [quality, hash, mirrored] = value;
    if (typeof quality !== 'number' || !isHash(hash) || !isHash(mirrored)) return [];
    const timeS = at !== null && 'from' in at ? at.from : 0;
    return [{ timeS, hash: { quality, bytes: Buffer.from(hash, 'hex') }, mirrored: Buffer.from(mirrored, 'hex') }];
  });
}

/** What an examination recorded of the scenes; null where it looked at none, or another version did, whose hashes have no distance to those of now. */
export function sceneFacts(outcomes: readonly Outcome[]): Fact[] | null {
  const seen = outcomes.filter(
    ({ analyzer, version, status }) =>
      analyzer === sceneHash.id && version === sceneHash.version && status === 'evidence',
  );
  return seen.length > 0 ? seen.flatMap(({ facts }) => facts) : null;
}

function isHash(value: unknown): value is string {
  return typeof value === 'string' && /^[0-9a-f]{64}$/.test(value);
}
