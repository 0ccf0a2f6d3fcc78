/**
 * `npm run bench`: what the examination costs on this machine, as ratios and rates, beside their targets. Fixtures are drawn
 * and spoken by programs; a run that finds no face or no speech fails, since it would measure nothing.
 */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { createCase, createJob, intake, listEntries } from '../../main/cases/index.ts';
import { DEFAULT_SETTINGS, type ScanSettings } from '../../main/contract/analyzer.ts';
import type { AudioChunk, Frame, OpenMedia, RgbImage } from '../../main/contract/media.ts';
import { ModelStore } from '../../main/inference/index.ts';
import { EngineHost } from '../../main/jobs/engine-host.ts';
import { forkEngine } from '../../main/jobs/fork-engine.ts';
import { scan } from '../../main/jobs/scan.ts';
import { openMedia } from '../../main/media/index.ts';
import { createAnalyzers } from '../../main/pipeline/analyzers.ts';
import { Meter, Perception } from '../../main/pipeline/perception.ts';
import { runAnalyzers } from '../../main/pipeline/runner.ts';
import { clip, HEADS, scene } from '../fixtures/heads.ts';

/** `npm run bench -- provenance` measures the reading of a file's origin alone. */
if (process.argv[2] === 'provenance') {
  await import('./provenance.ts');
  process.exit();
}

const THREADS = 1;

/** The targets are the quick pass's; `full` as the first argument measures the other. */
const SETTINGS: ScanSettings = { ...DEFAULT_SETTINGS, depth: process.argv[2] === 'full' ? 'full' : 'quick' };
const PICTURES = 24;
const CLIP_SECONDS = 20;
const work = mkdtempSync(path.join(os.tmpdir(), 'jianzhen-bench-'));
const models = new ModelStore({
  modelsFolder: path.resolve(import.meta.dirname, '../../models'),
  packsFolder: path.join(work, 'packs'),
  threads: THREADS,
});

interface Measured {
  readonly wholeS: number;
  readonly partsS: { readonly preserve: number; readonly decode: number; readonly infer: number };
  readonly faces: number;
  readonly speakers: number;
  readonly peakEngineMb: number;
}

const rows: { what: string; value: string; target: string; reached: boolean }[] = [];

try {
  const pictures = await makePictures();
  const film = await makeFilm();
  const speech = makeSpeech();

  const ofPictures = await measure('pictures', pictures);
  demand(ofPictures.faces >= PICTURES, `a face in each of ${PICTURES} pictures, found ${ofPictures.faces}`);
  rate('pictures of 1 megapixel with a face, per second', PICTURES / ofPictures.wholeS, 8);
  const ofFilm = await measure('film', [film]);
  demand(ofFilm.faces >= 2, `two faces in the film, found ${ofFilm.faces}`);
  rate('seconds of 1080p video per second, 4 frames/s', CLIP_SECONDS / ofFilm.wholeS, 4);
  const ofSpeech = await measure('speech', [speech.file]);
  demand(ofSpeech.speakers >= 1, 'a speaker in the recording');
  rate('seconds of speech per second', speech.seconds / ofSpeech.wholeS, 60);

  const all = [ofPictures, ofFilm, ofSpeech];
  const whole = sum(all.map((m) => m.wholeS));
  const parts = sum(all.map(({ partsS }) => partsS.preserve + partsS.decode + partsS.infer));
  rows.push({
    what: 'whole scan / (preserving + decoding + inference alone)',
    value: (whole / parts).toFixed(2),
    target: '<= 1.15',
    reached: whole / parts <= 1.15,
  });
  const peak = Math.max(...all.map((m) => m.peakEngineMb));
  rows.push({
    what: 'engine, peak resident memory, MB',
    value: peak.toFixed(0),
    target: '<= 600',
    reached: peak <= 600,
  });
  console.table(rows);
} finally {
  await models.dispose();
  rmSync(work, { recursive: true, force: true });
}

/** The whole scan through the forked engine, and each of its parts alone in this process, over the same files. */
async function measure(name: string, files: readonly string[]): Promise<Measured> {
  await warm(files[0]!);
  using openCase = await createCase(path.join(work, `data-${name}`), name);
  let peakEngineMb = 0;
  let enginePid = 0;
  await using engine = new EngineHost(() => {
    const forked = forkEngine({
      modelsFolder: models.modelsFolder,
      packsFolder: models.packsFolder,
      trustFolder: path.join(work, 'trust'),
      scratchFolder: openCase.engineScratch,
      threads: THREADS,
    });
    enginePid = forked.pid ?? 0;
    return forked;
  });
  // The first item pays for starting the engine and loading the models; a scan of one short file is measured after it.
  await engine.examine(request(files[0]!, 0), { signal: new AbortController().signal, onProgress: () => {} });
  const watch = setInterval(() => {
    peakEngineMb = Math.max(peakEngineMb, residentMb(enginePid));
  }, 100);
  const wholeS = await seconds(() =>
    scan(
      openCase,
      engine,
      {
        inputs: files,
        cwd: work,
        role: 'questioned',
        retention: 'copy',
        settings: SETTINGS,
        networks: { face: {}, voice: {} },
      },
      { signal: new AbortController().signal, onEvent: () => {} },
    ),
  );
  clearInterval(watch);

  const preserve = await preserving(name, files);
  let decode = 0;
  let infer = 0;
  let faces = 0;
  let speakers = 0;
  for (const file of files) {
    const decoded = await decodeAlone(file);
    decode += decoded.seconds;
    const inferred = await inferAlone(decoded.media);
    infer += inferred.seconds;
    faces += inferred.faces;
    speakers += inferred.speakers;
  }
  console.log(
    `${name}: whole ${wholeS.toFixed(2)} s; preserve ${preserve.toFixed(2)}, decode ${decode.toFixed(2)}, infer ${infer.toFixed(2)} s`,
  );
  return { wholeS, partsS: { preserve, decode, infer }, faces, speakers, peakEngineMb };
}

async function preserving(name: string, files: readonly string[]): Promise<number> {
  using openCase = await createCase(path.join(work, `preserve-${name}`), name);
  const jobId = createJob(openCase, {
    fingerprint: 'bench',
    settings: {},
    role: 'questioned',
    retention: 'copy',
    entries: files.map((file) => ({ path: file })),
  });
  return await seconds(async () => {
    for (const entry of listEntries(openCase, jobId, { limit: files.length })) await intake(openCase, entry);
  });
}

/** Everything that the examination decodes, kept in memory, so that inference can be timed without it. */
async function decodeAlone(file: string): Promise<{ media: OpenMedia; seconds: number }> {
  const media = await openMedia(file, { scratchFolder: work });
  let picture: RgbImage | null = null;
  const frames: Frame[] = [];
  const sound: AudioChunk[] = [];
  const taken = await seconds(async () => {
    if (media.info.image) picture = await media.picture();
    if (media.info.video.length > 0)
      for await (const frame of media.frames({ fps: DEFAULT_SETTINGS.fps })) frames.push(frame);
    if (media.info.audio.length > 0) for await (const chunk of media.audio({})) sound.push(chunk);
  });
  const kept: OpenMedia = {
    ...media,
    picture: async () => picture ?? media.picture(),
    frames: async function* () {
      yield* frames;
    },
    audio: async function* () {
      yield* sound;
    },
  };
  return { media: kept, seconds: taken };
}

async function inferAlone(media: OpenMedia): Promise<{ seconds: number; faces: number; speakers: number }> {
  const quiet = {
    models,
    scratchFolder: work,
    signal: new AbortController().signal,
    onStep: () => {},
    onProgress: () => {},
  };
  const asked = { ...request('', 0), kind: 'examine' as const, knownFailures: {} };
  const perception = new Perception(asked, media, quiet, new Meter(media, () => {}));
  const taken = await seconds(async () => {
    await runAnalyzers(createAnalyzers(null), {
      ...quiet,
      ...asked,
      media,
      fault: null,
      faces: () => perception.faces(),
      voices: () => perception.voices(),
    });
  });
  const { faces, voices } = perception.found;
  const found = { seconds: taken, faces: faces?.tracks.length ?? 0, speakers: voices?.speakers.length ?? 0 };
  await perception.dispose();
  await media[Symbol.asyncDispose]();
  return found;
}

/** Loads what loads once. */
async function warm(file: string): Promise<void> {
  const { media } = await decodeAlone(file);
  await inferAlone(media);
}

function request(file: string, id: number) {
  return {
    id,
    path: file,
    claimedExtension: path.extname(file),
    sha256: '0'.repeat(64),
    settings: SETTINGS,
    references: [],
    only: [],
  };
}

async function makePictures(): Promise<string[]> {
  const files: string[] = [];
  for (let n = 0; n < PICTURES; n++) {
    const who = HEADS[n % HEADS.length]!;
    const png = await scene(1152, 864, [{ who, x: 300 + 10 * n, y: 150, size: 480 }], n + 1);
    const file = path.join(work, `picture-${n}.jpg`);
    execFileSync('ffmpeg', ['-v', 'error', '-f', 'png_pipe', '-i', 'pipe:0', '-q:v', '3', file], { input: png });
    files.push(file);
  }
  return files;
}

/** Two drawn heads that move, with grain so that the decoder has real work: 1080p, 30 frames a second. */
async function makeFilm(): Promise<string> {
  const short = path.join(work, 'short.mp4');
  const at = (centre: number) => (t: number) => ({ x: centre + 0.05 * Math.sin(t), y: 0.5 });
  await clip(short, {
    seconds: 4,
    fps: 5,
    width: 1920,
    height: 1080,
    actors: [
      { who: HEADS[0]!, size: 0.5, at: at(0.3) },
      { who: HEADS[1]!, size: 0.5, at: at(0.7) },
    ],
  });
  const film = path.join(work, 'film.mp4');
  const filters = ['-vf', 'fps=30,noise=alls=6:allf=t', '-c:v', 'libx264', '-preset', 'veryfast', '-crf', '23'];
  execFileSync('ffmpeg', ['-v', 'error', '-stream_loop', '4', '-i', short, ...filters, '-t', `${CLIP_SECONDS}`, film]);
  return film;
}

function makeSpeech(): { file: string; seconds: number } {
  const file = path.join(work, 'speech.opus');
  const spoken = path.resolve(import.meta.dirname, '../fixtures/speech/dialogue.opus');
  execFileSync('ffmpeg', ['-v', 'error', '-stream_loop', '8', '-i', spoken, '-c:a', 'copy', '-t', '300', file]);
  return { file, seconds: 300 };
}

async function seconds(work: () => Promise<unknown>): Promise<number> {
  const startedAt = performance.now();
  await work();
  return (performance.now() - startedAt) / 1000;
}

/** Linux only; elsewhere 0, and the row says so by its value. */
function residentMb(pid: number): number {
  try {
    return Number(/VmRSS:\s+(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? 0) / 1024;
  } catch {
    return 0;
  }
}

function rate(what: string, value: number, target: number): void {
  rows.push({ what, value: value.toFixed(1), target: `>= ${target}`, reached: value >= target });
}

function demand(holds: boolean, what: string): void {
  if (!holds) throw new Error(`nothing to measure: expected ${what}`);
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
