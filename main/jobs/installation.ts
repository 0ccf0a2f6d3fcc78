/** Where this installation keeps its models and packs, and what it calls itself: the same for every host. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { EngineSettings } from '../contract/engine.ts';

/** The checkout or the installed program. */
export const APP_ROOT = path.resolve(import.meta.dirname, '../..');

const { version } = JSON.parse(readFileSync(path.join(APP_ROOT, 'package.json'), 'utf8')) as { version: string };

/** Name and version, as stored beside what the program writes. */
export const APP_NAME = `jianzhen/${version}`;

/**
 * Where Node keeps the compiled form of the sources for the next start, which spares each command and each engine half a second. It lies
 * among the packages, so that nobody writes there who could not change the sources; where nobody may write, nothing is kept.
 */
export const COMPILED_FOLDER = path.join(APP_ROOT, 'node_modules/.cache/jianzhen');

export const MODELS_FOLDER = path.join(APP_ROOT, 'models');

/**
 * Threads of one model session. A second one spins between runs and starves decoding and feature arithmetic: a picture took
 * 0.6 s with two and 0.35 s with one on two cores (2026-11-24).
 */
const MODEL_THREADS = 1;

export function packsFolder(dataRoot: string): string {
  return path.join(dataRoot, 'packs');
}

export function trustFolder(dataRoot: string): string {
  return path.join(packsFolder(dataRoot), 'trust');
}

export function engineSettings(dataRoot: string, scratchFolder: string): EngineSettings {
  return {
    modelsFolder: MODELS_FOLDER,
    packsFolder: packsFolder(dataRoot),
    trustFolder: trustFolder(dataRoot),
    scratchFolder,
    threads: MODEL_THREADS,
  };
}
