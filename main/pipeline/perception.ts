/**
 * Perception of one opened item, each kind at most once, at the first need; and the meter that turns what is reported
 * into one fraction. A fault is kept as a value, since an item with a broken picture may have a sound voice.
 */
import type { ModelAccess } from '../contract/analyzer.ts';
import type { EngineProgress, Step, WorkRequest } from '../contract/engine.ts';
import type { OpenMedia } from '../contract/media.ts';
import type { Faces, Voices } from '../contract/perception.ts';
import { findFaces } from '../perception/index.ts';
import { findVoices } from '../perception/voices.ts';
import { faultOfItem, type Perceived } from './runner.ts';

/** Longest silence of perception before the host may kill the process: it reports progress far more often. Seconds. */
export const PERCEPTION_SILENCE_S = 120;

/** Share of the whole that each step takes on a typical clip; only the progress bar depends on it. */
const SHARE = { faces: 0.55, voices: 0.15, analyzers: 0.3 } as const;

export interface PerceptionTools {
  readonly models: ModelAccess;
  readonly scratchFolder: string;
  readonly signal: AbortSignal;
  readonly onStep: (step: Step, silenceLimitS: number) => void;
  readonly onProgress: (progress: EngineProgress) => void;
}

export class Perception {
  readonly timings: Record<string, number> = {};
  readonly found: { faces?: Faces; voices?: Voices & AsyncDisposable } = {};
  readonly #request: WorkRequest;
  readonly #media: OpenMedia;
  readonly #tools: PerceptionTools;
  readonly #meter: Meter;
  readonly #kept = new Map<Step, Promise<Perceived<never>>>();

  constructor(request: WorkRequest, media: OpenMedia, tools: PerceptionTools, meter: Meter) {
    this.#request = request;
    this.#media = media;
    this.#tools = tools;
    this.#meter = meter;
  }

  faces(): Promise<Perceived<Faces>> {
    return this.#once('faces', async () => {
      const { models, signal } = this.#tools;
      const faces = await findFaces(this.#media, {
        fps: this.#request.settings.fps,
        closely: this.#request.settings.depth === 'full',
        models,
        signal,
        progress: (seconds, faces) => this.#meter.faces(seconds, faces),
      });
      this.found.faces = faces;
      return faces;
    });
  }

  voices(): Promise<Perceived<Voices>> {
    return this.#once('voices', async () => {
      const { models, signal, scratchFolder } = this.#tools;
      const voices = await findVoices(this.#media, {
        models,
        scratchFolder,
        signal,
        progress: (seconds) => this.#meter.voices(seconds),
      });
      this.found.voices = voices;
      return voices;
    });
  }

  async dispose(): Promise<void> {
    await this.found.voices?.[Symbol.asyncDispose]();
  }

  #once<T>(step: Step, perceive: () => Promise<T>): Promise<Perceived<T>> {
    const kept = this.#kept.get(step) ?? this.#attempt(step, perceive);
    this.#kept.set(step, kept as Promise<Perceived<never>>);
    return kept;
  }

  async #attempt<T>(step: Step, perceive: () => Promise<T>): Promise<Perceived<T>> {
    const known = this.#request.knownFailures[step];
    if (known) return { error: known };
    this.#tools.onStep(step, PERCEPTION_SILENCE_S);
    const startedAt = performance.now();
    try {
      return { value: await perceive() };
    } catch (thrown) {
      this.#tools.signal.throwIfAborted();
      return { error: faultOfItem(thrown) };
    } finally {
      this.timings[step] = performance.now() - startedAt;
    }
  }
}

/** Turns what each step reports into one fraction of the item that never runs backwards. */
export class Meter {
  readonly #durationS: number;
  readonly #report: (progress: EngineProgress) => void;
  #progress: EngineProgress = { step: 'probe', fraction: 0, faces: 0, seconds: 0 };
  readonly #done = { faces: 0, voices: 0, analyzers: 0 };

  constructor(media: OpenMedia, report: (progress: EngineProgress) => void) {
    this.#durationS = media.info.durationS ?? 0;
    this.#report = report;
  }

  /** Nothing has come further: a sign of life. */
  wait(): void {
    this.#report(this.#progress);
  }

  faces(seconds: number, faces: number): void {
    this.#done.faces = this.#share(seconds);
    this.#update({ step: 'faces', faces, seconds });
  }

  voices(seconds: number): void {
    this.#done.voices = this.#share(seconds);
    this.#update({ step: 'voices', seconds });
  }

  analyzer(step: Step, at: number, fraction: number, count: number): void {
    this.#done.analyzers = (at + fraction) / count;
    this.#update({ step });
  }

  #share(seconds: number): number {
    return this.#durationS > 0 ? Math.min(1, seconds / this.#durationS) : 0;
  }

  #update(change: Partial<EngineProgress>): void {
    const { faces, voices, analyzers } = this.#done;
    const fraction = faces * SHARE.faces + voices * SHARE.voices + analyzers * SHARE.analyzers;
    this.#progress = {
      ...this.#progress,
      ...change,
      fraction: Math.max(this.#progress.fraction, Math.min(1, fraction)),
    };
    this.#report(this.#progress);
  }
}
