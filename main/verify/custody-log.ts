/** Whether the custody log of a package is the chain that it says it is: one entry a line, each bound to the one before. */
import { createSHA256 } from 'hash-wasm';
import { canonicalJson } from '../contract/canonical-json.ts';
import { type Deviation, deviation } from './deviation.ts';

export interface LogHead {
  readonly seq: number;
  readonly hash: string;
}

/** Bytes of the longest line: entries hold codes, counts and digests only. */
const MAX_LINE = 1 << 16;

/** Takes the log in portions; `close` tells the first place where it does not hold. */
export class LogCheck {
  readonly #digest: Awaited<ReturnType<typeof createSHA256>>;
  readonly #decoder = new TextDecoder('utf-8', { fatal: true });
  #rest = '';
  #head: LogHead;
  #fault: Deviation | null = null;

  private constructor(digest: Awaited<ReturnType<typeof createSHA256>>, caseId: string) {
    this.#digest = digest;
    this.#head = { seq: 0, hash: this.#sha256(`jianzhen custody ${caseId}`) };
  }

  static async of(caseId: string): Promise<LogCheck> {
    return new LogCheck(await createSHA256(), caseId);
  }

  add(portion: Uint8Array): void {
    if (this.#fault) return;
    try {
      this.#rest += this.#decoder.decode(portion, { stream: true });
    } catch {
      this.#fault = deviation('log-broken', { seq: this.#head.seq + 1 });
      return;
    }
    const lines = this.#rest.split('\n');
    this.#rest = lines.pop()!;
    if (this.#rest.length > MAX_LINE) this.#fault = deviation('log-broken', { seq: this.#head.seq + 1 });
    for (const line of lines) if (!this.#fault) this.#take(line);
  }

  /** `expected` is the head that the package states. */
  close(expected: LogHead | null): { readonly head: LogHead; readonly deviation: Deviation | null } {
    const whole = this.#rest === '' && this.#head.seq === expected?.seq && this.#head.hash === expected?.hash;
    const cut = deviation('log-cut', { seq: this.#head.seq, expected: expected?.seq ?? null });
    return { head: this.#head, deviation: this.#fault ?? (whole ? null : cut) };
  }

  #take(line: string): void {
    const seq = this.#head.seq + 1;
    const entry = parsed(line);
    if (
      !entry ||
      this.#sha256(canonicalJson(entry.body)) !== entry.hash ||
      `${canonicalJson({ ...entry.body, hash: entry.hash })}` !== line
    )
      this.#fault = deviation('log-broken', { seq });
    else if (entry.body.seq !== seq || entry.body.previous !== this.#head.hash)
      // The entry itself is whole, so that it stands in the wrong place.
      this.#fault = deviation('log-order', { seq, found: Number(entry.body.seq) });
    else this.#head = { seq, hash: entry.hash };
  }

  #sha256(text: string): string {
    return this.#digest.init().update(text).digest('hex');
  }
}

function parsed(line: string): { body: Record<string, unknown>; hash: string } | null {
  try {
    const { hash, ...body } = JSON.parse(line) as Record<string, unknown>;
    return typeof hash === 'string' ? { body, hash } : null;
  } catch {
    return null;
  }
}
