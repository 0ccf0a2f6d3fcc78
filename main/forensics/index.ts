// The door of the room, as far as matching goes: hashes of pictures and frames, and what they have in common.

export {
  type CommonRange,
  type CommonScenes,
  commonScenes,
  type ItemScenes,
  isSameScene,
  itemScenes,
  rangeParams,
} from './common-scenes.ts';
export { filmRecoding } from './film-recoding.ts';
export {
  type HashedClip,
  type HashedFrame,
  type HashedPicture,
  hashFrames,
  type MatchedRange,
  matchClips,
  matchScenes,
  nearDuplicateClips,
  nearDuplicates,
  pictureDistance,
  SCENE_FPS,
  type Scene,
  type SceneHash,
} from './matching.ts';
export { groupNearDuplicates, type ShownItem } from './near-duplicates.ts';
export {
  LEAST_QUALITY,
  MATCH_DISTANCE,
  type PdqHash,
  pdqDistance,
  pdqHash,
  pdqText,
  pdqVariants,
  VARIANTS,
  type Variant,
} from './pdq.ts';
export { hashScene, sceneFacts, sceneHash, scenesOf } from './scene-hash.ts';
