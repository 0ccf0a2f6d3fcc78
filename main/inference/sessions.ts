// Sessions of networks: made on first use, kept, and released together.
import type { ModelSession } from './session.ts';

export class Sessions {
  readonly #threads: number;
  readonly #sessions = new Map<string, Promise<ModelSession>>();

  constructor(threads: number) {
    this.#threads = threads;
  }

  /**
   * The session of a network; the same one for every caller. A failure is not remembered: the next call reads again.
   * @throws what `read` throws; AppError MODEL_INVALID.
   */
  of(id: string, read: () => Promise<Uint8Array>): Promise<ModelSession> {
    const known = this.#sessions.get(id);
    if (known) return known;
    const session = this.#load(id, read);
    this.#sessions.set(id, session);
    session.catch(() => this.#sessions.delete(id));
    return session;
  }

  /** onnxruntime is loaded with the first network: what only asks which models there are needs none of it. */
  async #load(id: string, read: () => Promise<Uint8Array>): Promise<ModelSession> {
    const bytes = await read();
    const { createSession } = await import('./session.ts');
    return createSession(id, bytes, this.#threads);
  }

  /** Releases every session. */
  async dispose(): Promise<void> {
    const sessions = [...this.#sessions.values()];
    this.#sessions.clear();
    for (const session of await Promise.allSettled(sessions)) {
      if (session.status === 'fulfilled') await session.value.dispose();
    }
  }
}
