// Vectors of faces and voices of people whom the embeddings were never trained on, made by the product's own code, with who they are:
// what clustering over a case is measured on. Kept in a cache, so that a stopped run goes on.
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { appendFileSync, existsSync, mkdirSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import sharp from 'sharp';
import { type ModelAccess, VOICE_EMBEDDING_MODEL } from '../../main/contract/analyzer.ts';
import type { RgbImage } from '../../main/contract/media.ts';
import { whyNotGrouped } from '../../main/identity/index.ts';
import { recodeSound } from '../../main/media/index.ts';
import { embedFaces, toUnit } from '../../main/perception/embedding.ts';
import { cutFace, fitMeshes, qualityOf } from '../../main/perception/face.ts';
import { locateFaces } from '../../main/perception/locate.ts';
import { windowsOf } from '../../main/perception/speakers.ts';
import { EAST_ASIAN, isTestPerson, lfwPerson } from '../training/likeness/people.ts';
import { isTestSpeaker, readClips, type VoiceClip } from './speakers.ts';

/** `lfw`: never seen in training. `dfdc`: many looks at one actor; the adapter saw such crops, without any name. `speakers`: never heard. */
export type VectorSet = 'lfw' | 'dfdc' | 'speakers';

export interface PersonVector {
  readonly set: VectorSet;
  readonly condition: string;
  readonly file: string;
  readonly person: string;
  /** Code of the calibration's population: `general`, `east-asian`, `voices-en`, … */
  readonly population: string;
  readonly vector: Float32Array;
}

type Line = Omit<PersonVector, 'vector'> & { readonly vector: string | null };

/** Looks at one DFDC actor, and actors. */
const LOOKS_AN_ACTOR = 8;
const ACTORS = 120;

interface Tools {
  readonly models: ModelAccess;
  readonly sharedData: string;
  readonly cache: string;
}

/** Everything under one condition; missing vectors are made. What a case would not compare is left out. */
export async function personVectors(set: VectorSet, condition: string, tools: Tools): Promise<PersonVector[]> {
  mkdirSync(tools.cache, { recursive: true });
  const file = path.join(tools.cache, `${set}-${condition}.jsonl`);
  const lines: Line[] = existsSync(file)
    ? readFileSync(file, 'utf8')
        .split('\n')
        .filter(Boolean)
        .map((line) => JSON.parse(line) as Line)
    : [];
  const done = new Set(lines.map((line) => line.file));
  const items = itemsOf(set, tools.sharedData);
  const wanted = new Set(items.map((item) => item.file));
  for (const item of items) {
    if (done.has(item.file)) continue;
    const vector = await item.embed(condition, tools);
    const line: Line = {
      set,
      condition,
      file: item.file,
      person: item.person,
      population: item.population,
      vector: vector && Buffer.from(vector.buffer, vector.byteOffset, vector.byteLength).toString('base64'),
    };
    appendFileSync(file, `${JSON.stringify(line)}\n`);
    lines.push(line);
  }
  return lines.flatMap(({ vector, ...about }) =>
    vector === null || !wanted.has(about.file)
      ? []
      : [{ ...about, vector: new Float32Array(new Uint8Array(Buffer.from(vector, 'base64')).buffer) }],
  );
}

interface Item {
  readonly file: string;
  readonly person: string;
  readonly population: string;
  embed(condition: string, tools: Tools): Promise<Float32Array | null>;
}

function itemsOf(set: VectorSet, sharedData: string): Item[] {
  if (set === 'speakers') return speakerItems(sharedData);
  const picture = (file: string, person: string): Item => ({
    file,
    person,
    population: EAST_ASIAN.has(person) ? 'east-asian' : 'general',
    embed: (condition, { models }) => faceVector(path.join(sharedData, 'faces', file), condition, models),
  });
  if (set === 'lfw')
    return readdirSync(path.join(sharedData, 'faces/real/lfw'))
      .sort()
      .filter((name) => isTestPerson(lfwPerson(name)))
      .map((name) => picture(`real/lfw/${name}`, lfwPerson(name)));
  const rows = readFileSync(path.join(sharedData, 'faces/manifest.csv'), 'utf8')
    .split('\n')
    .filter((line) => line.startsWith('real/dfdc/'))
    .map((line) => line.split(','))
    .map(([file, , , identity]) => ({ file: file!, identity: identity! }));
  const actors = [...Map.groupBy(rows, ({ identity }) => identity)].sort(byDigest).slice(0, ACTORS);
  return actors.flatMap(([identity, looks]) =>
    looks.slice(0, LOOKS_AN_ACTOR).map(({ file }) => picture(file, identity)),
  );
}

function byDigest([a]: readonly [string, unknown], [b]: readonly [string, unknown]): number {
  const digest = (text: string) => createHash('sha256').update(text).digest('hex');
  return digest(a) < digest(b) ? -1 : 1;
}

/** The face nearest the middle of the picture; null where none is found or its quality forbids a comparison. */
async function faceVector(file: string, condition: string, models: ModelAccess): Promise<Float32Array | null> {
  const image = await picture(file, condition);
  const found = await locateFaces(image, { models, smallest: Math.max(24, image.width / 8) });
  const away = ({ x, y, w, h }: { x: number; y: number; w: number; h: number }) =>
    Math.hypot(x + w / 2 - image.width / 2, y + h / 2 - image.height / 2) / Math.max(w, h);
  const [main] = found.sort((p, q) => away(p.box) - away(q.box));
  if (!main) return null;
  const face = cutFace(image, main);
  const [mesh] = await fitMeshes(models, [face]);
  const quality = qualityOf(face, mesh!, Math.min(main.box.w, main.box.h));
  if (whyNotGrouped('face', { ...quality })) return null;
  const [vector] = await embedFaces(models, [{ image: face.image, box: face.box, mesh: mesh! }]);
  return vector!;
}

async function picture(file: string, condition: string): Promise<RgbImage> {
  const upright = sharp(file).rotate().removeAlpha().toColourspace('srgb');
  const seen = condition === 'jpeg70' ? sharp(await upright.jpeg({ quality: 70 }).toBuffer()) : upright;
  const { data, info } = await seen.raw().toBuffer({ resolveWithObject: true });
  return { width: info.width, height: info.height, data: new Uint8Array(data) };
}

/** Longest stretch of one recording that is embedded, and shortest that is told, seconds; clips of a recording. */
const LONGEST_S = 30;
const SHORTEST_S = 3;
const MOST_CLIPS = 24;
const RATE = 16_000;

/** One item a recording: its clips joined, as one speaker of one file. */
function speakerItems(sharedData: string): Item[] {
  const clips = readClips(sharedData);
  const heard = clips.filter((clip) => isTestSpeaker(clip.person, clips));
  return [...Map.groupBy(heard, (clip) => clip.recording)]
    .map(([recording, own]) => ({
      file: recording,
      person: own[0]!.person,
      population: `voices-${own[0]!.language}`,
      embed: (condition: string, { models }: Tools) => voiceVector(own, sharedData, condition, models),
    }))
    .sort((a, b) => (a.file < b.file ? -1 : 1));
}

/** Mean over windows of 3 s every 1.5 s, as the product's; null below three seconds. */
async function voiceVector(
  clips: readonly VoiceClip[],
  sharedData: string,
  condition: string,
  models: ModelAccess,
): Promise<Float32Array | null> {
  const files = clips
    .toSorted((a, b) => a.offsetS - b.offsetS)
    .map(({ file }) => path.join(sharedData, 'voices', file));
  const heard = joined(files.slice(0, MOST_CLIPS));
  if (heard.length < SHORTEST_S * RATE) return null;
  const wave = condition === 'opus-16k' ? (await recodeSound(heard, ['opus-16k'])).get('opus-16k')! : heard;
  const sum = new Float32Array(128);
  for (const { fromS, toS } of windowsOf({ fromS: 0, toS: wave.length / RATE })) {
    const audio = wave.slice(Math.round(fromS * RATE), Math.round(toS * RATE));
    const { embedding } = await models.run(VOICE_EMBEDDING_MODEL, { audio: { data: audio, dims: [1, audio.length] } });
    for (let i = 0; i < sum.length; i++) sum[i] = sum[i]! + embedding!.data[i]!;
  }
  return toUnit(sum);
}

/** The clips one after the other, 16 kHz mono, at most `LONGEST_S`. */
function joined(files: readonly string[]): Float32Array {
  const pads = files.map((_, n) => `[${n}:a]`).join('');
  const raw = execFileSync(
    'ffmpeg',
    [
      ...['-v', 'error', '-nostdin', '-threads', '1', ...files.flatMap((file) => ['-i', file])],
      ...['-filter_complex', `${pads}concat=n=${files.length}:v=0:a=1[out]`, '-map', '[out]', '-t', String(LONGEST_S)],
      ...['-ac', '1', '-ar', String(RATE), '-f', 'f32le', 'pipe:1'],
    ],
    { maxBuffer: 1 << 26 },
  );
  return new Float32Array(new Uint8Array(raw).buffer);
}
