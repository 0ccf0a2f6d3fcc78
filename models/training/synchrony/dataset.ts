/** Mouths and their sound in the clips of ../shared/data/modern, found and followed by the product itself; kept in the cache. */
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { type LipMovement, mostSeen } from '../../../main/contract/perception.ts';
import { isLongEnough, RUN_S, soundOf, startsOf } from '../../../main/detectors/lip-synchrony.ts';
import type { ModelStore } from '../../../main/inference/index.ts';
import { openMedia, recodeSound } from '../../../main/media/index.ts';
import { findFaces } from '../../../main/perception/index.ts';
import { findVoices } from '../../../main/perception/voices.ts';
import { type Clip, modern } from '../../../test/measure/modern-clips.ts';

/** Of film alone, of sound alone, and as they are. */
export const CONDITIONS = ['clean', 'h264-32', 'half', 'opus-16k', 'noise-15db'] as const;
export type Condition = (typeof CONDITIONS)[number];

/** What ffmpeg makes of the film; the sound is copied. */
const FILM: Partial<Record<Condition, readonly string[]>> = {
  'h264-32': ['-c:v', 'libx264', '-crf', '32'],
  half: ['-vf', 'scale=trunc(iw/4)*2:trunc(ih/4)*2', '-c:v', 'libx264', '-crf', '18'],
};

/** The run of the face seen most that holds most speech. */
export interface Run extends Clip {
  readonly movement: LipMovement;
  readonly samples: Float32Array;
}

interface Kept {
  readonly timesS: readonly number[];
  readonly measures: readonly number[];
  readonly samples: readonly number[];
}

/** The run of a clip under a condition; null where the product would compare nothing. */
export async function runOf(
  clip: Clip,
  condition: Condition,
  { models, cache }: { readonly models: ModelStore; readonly cache: string },
): Promise<Run | null> {
  const film = FILM[condition] ? condition : 'clean';
  const folder = path.join(cache, film);
  mkdirSync(folder, { recursive: true });
  const kept = path.join(folder, `${clip.file.replaceAll('/', '__')}.json`);
  if (!existsSync(kept)) {
    writeFileSync(kept, JSON.stringify(await followed(filmOf(clip, film, folder), models, folder)));
  }
  const found = JSON.parse(readFileSync(kept, 'utf8')) as Kept | null;
  if (!found) return null;
  const movement = { timesS: found.timesS, measures: Float32Array.from(found.measures) };
  const samples = await heard(
    Float32Array.from(found.samples, (v) => v / 32768),
    condition,
  );
  return { ...clip, movement, samples };
}

function filmOf({ file }: Clip, condition: Condition, folder: string): string {
  const source = path.join(modern, file);
  const options = FILM[condition];
  if (!options) return source;
  const made = path.join(folder, `${file.replaceAll('/', '__')}.mkv`);
  execFileSync('ffmpeg', ['-v', 'error', '-y', '-i', source, ...options, '-c:a', 'copy', made]);
  return made;
}

async function followed(file: string, models: ModelStore, scratchFolder: string): Promise<Kept | null> {
  const { signal } = new AbortController();
  await using media = await openMedia(file);
  if (media.info.audio.length === 0) return null;
  const faces = await findFaces(media, { fps: 4, closely: true, models, signal, progress: () => {} });
  await using voices = await findVoices(media, { models, signal, scratchFolder, progress: () => {} });
  const [track] = mostSeen(faces.tracks, 1);
  const [look] = track ? startsOf(track, voices) : [];
  const movement = look && (await faces.lips?.(look, RUN_S));
  if (!movement || !isLongEnough(movement)) return null;
  const samples = await soundOf(movement, voices);
  return {
    timesS: movement.timesS,
    measures: [...movement.measures],
    samples: [...samples].map((v) => Math.round(v * 32768)),
  };
}

async function heard(samples: Float32Array, condition: Condition): Promise<Float32Array> {
  if (condition === 'opus-16k') return (await recodeSound(samples, [condition])).get(condition)!;
  return condition === 'noise-15db' ? noisy(samples, 15) : samples;
}

/** White noise of a fixed seed, so many decibels below the sound as a whole. */
function noisy(samples: Float32Array, below: number): Float32Array {
  const power = samples.reduce((sum, v) => sum + v * v, 0) / samples.length;
  const reach = Math.sqrt(3 * power) * 10 ** (-below / 20);
  let state = 1;
  return samples.map((v) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return v + reach * (state / 2 ** 31 - 1);
  });
}
