/** How far a scan has come, and how long it will take at the pace of this run. Counts only; words are the host's. */
import type { EngineProgress } from '../contract/engine.ts';
import type { ScanEvent } from './scan.ts';

/** A pace measured over less than this says nothing. Seconds. */
const LEAST_ELAPSED_S = 2;

export class ScanMeter {
  total = 0;
  finished = 0;
  /** What the engine last reported of the item in hand. */
  current: EngineProgress | null = null;
  readonly #startedAt = performance.now();
  #before = 0;

  take(event: ScanEvent): void {
    if (event.kind === 'planned') {
      this.total = event.total;
      this.#before = event.done;
    } else if (event.kind === 'progress') {
      this.current = event.progress;
    } else if (event.kind === 'finished') {
      this.finished++;
      this.total = Math.max(this.total, this.finished);
      this.current = null;
    }
  }

  /** Whole seconds, or null while the pace is not known. */
  leftS(): number | null {
    const done = this.finished + (this.current?.fraction ?? 0) - this.#before;
    const elapsedS = (performance.now() - this.#startedAt) / 1000;
    if (done <= 0 || elapsedS < LEAST_ELAPSED_S) return null;
    return Math.round((elapsedS / done) * (this.total - this.#before - done));
  }
}
