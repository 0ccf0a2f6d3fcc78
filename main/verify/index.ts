/** Whether a package is what was packed and signed, and everything in which it is not. Runs under Node and in a page alike. */
import { createSHA256 } from 'hash-wasm';
import type { Params } from '../contract/errors.ts';
import { checkSignature, checkTimestamp, type SignatureFinding, type TimestampFinding } from './cms.ts';
import { LogCheck, type LogHead } from './custody-log.ts';
import { type Deviation, deviation } from './deviation.ts';
import { type Digests, FILES, INFO, parseDigests, parseInfo } from './layout.ts';
import type { ByteSource } from './source.ts';
import { contentOf, readZip, wholeOf, type Zip } from './zip.ts';

export type { SignatureFinding, TimestampFinding } from './cms.ts';
export { checkSignature, checkTimestamp } from './cms.ts';
export type { Deviation, DeviationCode } from './deviation.ts';
export * from './layout.ts';
export type { ByteSource } from './source.ts';
export { contentOf, readZip, wholeOf } from './zip.ts';

export interface Verification {
  /** Empty: intact. At most `MAX_NAMED`. */
  readonly deviations: readonly Deviation[];
  /** Further ones, counted only. */
  readonly more: number;
  /** Files whose digest is the listed one, of how many listed. */
  readonly intact: number;
  readonly listed: number;
  readonly bytes: number;
  /** Identifier of the case. */
  readonly caseId: string | null;
  readonly log: LogHead | null;
  /** Null: not signed. */
  readonly signature: SignatureFinding | null;
  /** Null: not time-stamped. */
  readonly timestamp: TimestampFinding | null;
}

export interface VerifyOptions {
  readonly signal?: AbortSignal;
  /** Bytes looked at so far, of how many. */
  onProgress?(done: number, total: number): void;
}

/** Deviations that are named one by one. */
const MAX_NAMED = 1000;
/** Bytes of the lists, of which a line takes about 150. */
const MAX_LIST = 128 << 20;
/** Bytes of other small files that are read whole. */
const MAX_SMALL = 1 << 20;

/** Never throws for what is wrong with the package; throws what reading the source throws, and the reason of `signal`. */
export async function verifyPackage(source: ByteSource, options: VerifyOptions = {}): Promise<Verification> {
  const zip = await readZip(source);
  return new PackageCheck(source, zip, options).run();
}

/** Files that cannot stand in the signed list. */
const isSealed = (name: string) => name === FILES.tagManifest || name === FILES.signature || name === FILES.timestamp;

/** What no package lacks, whether its lists say so or not. */
const NEEDED = [
  FILES.tagManifest,
  FILES.manifest,
  FILES.info,
  FILES.bagit,
  FILES.readme,
  FILES.page,
  FILES.log,
] as const;

class PackageCheck {
  readonly #source: ByteSource;
  readonly #zip: Zip;
  readonly #options: VerifyOptions;
  readonly #deviations: Deviation[];
  /** As found; empty for a file that does not unpack. */
  readonly #digests = new Map<string, string>();
  /** What the lists say; an empty digest where they leave out what every package has. */
  readonly #expected = new Map<string, string>();
  #done = 0;
  #log: LogHead | null = null;

  constructor(source: ByteSource, zip: Zip, options: VerifyOptions) {
    this.#source = source;
    this.#zip = zip;
    this.#options = options;
    this.#deviations = [...zip.deviations];
  }

  async run(): Promise<Verification> {
    if (this.#zip.entries.size === 0) return this.#result(null, null, null);
    const sealed = await this.#list(FILES.seal);
    const tags = await this.#list(FILES.tagManifest);
    const payload = await this.#list(FILES.manifest);
    const info = parseInfo(await this.#text(FILES.info));
    const caseId = info.get(INFO.caseId) ?? null;
    if (caseId === null && this.#zip.entries.has(FILES.info))
      this.#add('case-missing', { file: FILES.info, field: INFO.caseId });
    const isTag = (name: string) => !name.startsWith('data/') && !isSealed(name) && name !== FILES.seal;
    this.#expect(FILES.seal, sealed, isSealed);
    this.#expect(FILES.tagManifest, tags, isTag);
    this.#expect(FILES.manifest, payload, (name) => name.startsWith('data/'));
    for (const needed of NEEDED) if (!this.#expected.has(needed)) this.#expected.set(needed, '');
    await this.#digestAll(caseId, headIn(info));
    this.#compare(info);
    const signature = await this.#signature(info);
    return this.#result(caseId, signature, await this.#timestamp());
  }

  /** What a list says, of the names that it may speak of. */
  #expect(list: string, digests: Digests, mayName: (name: string) => boolean): void {
    for (const [name, sha256] of digests) {
      if (mayName(name)) this.#expected.set(name, sha256);
      else this.#add('unreadable', { file: list });
    }
  }

  async #digestAll(caseId: string | null, head: LogHead | null): Promise<void> {
    const entries = [...this.#zip.entries.values()];
    const total = entries.reduce((sum, { size }) => sum + size, 0);
    const hash = await createSHA256();
    const log = caseId === null ? null : await LogCheck.of(caseId);
    for (const entry of entries) {
      // What nobody listed is named and not read.
      if (!this.#expected.has(entry.name) && entry.name !== FILES.seal) continue;
      hash.init();
      try {
        for await (const portion of contentOf(this.#source, entry)) {
          this.#options.signal?.throwIfAborted();
          hash.update(portion);
          if (entry.name === FILES.log) log?.add(portion);
          this.#done += portion.length;
          this.#options.onProgress?.(this.#done, total);
        }
        this.#digests.set(entry.name, hash.digest('hex'));
      } catch (thrown) {
        if (!(thrown instanceof RangeError)) throw thrown;
        this.#add('packed-broken', { file: entry.name });
        this.#digests.set(entry.name, '');
      }
    }
    if (!this.#zip.entries.has(FILES.log) || !log) return;
    const { head: found, deviation: fault } = log.close(head);
    this.#log = found;
    if (fault) this.#deviations.push(fault);
  }

  #compare(info: ReadonlyMap<string, string>): void {
    const byDigest = new Map([...this.#expected].map(([name, sha256]) => [sha256, name]));
    for (const [name, sha256] of this.#expected) {
      const found = this.#digests.get(name);
      if (found === undefined && !this.#zip.entries.has(name)) this.#add('missing', { file: name });
      else if (found !== undefined && found !== '' && found !== sha256) {
        const other = byDigest.get(found);
        if (isSealed(name)) this.#add('seal-differs', { file: name, seal: FILES.seal });
        else if (other) this.#add('swapped', { file: name, other });
        else this.#add('changed', { file: name });
      }
    }
    if (!this.#zip.entries.has(FILES.seal)) this.#add('missing', { file: FILES.seal });
    for (const name of this.#zip.entries.keys())
      if (!this.#expected.has(name) && name !== FILES.seal) this.#add('added', { file: name });
    const payload = [...this.#zip.entries.values()].filter(({ name }) => name.startsWith('data/'));
    const bytes = payload.reduce((sum, { size }) => sum + size, 0);
    const stated = info.get(INFO.oxum) ?? null;
    if (stated !== `${bytes}.${payload.length}`)
      this.#add('count-differs', { file: FILES.info, bytes, files: payload.length, stated });
  }

  async #signature(info: ReadonlyMap<string, string>): Promise<SignatureFinding | null> {
    const stated = info.get(INFO.signedBy) ?? null;
    const der = await this.#small(FILES.signature);
    if (!der) {
      if (stated !== 'none') this.#add('signature-missing', { fingerprint: stated });
      return null;
    }
    const finding = await checkSignature(der, (await this.#small(FILES.tagManifest, MAX_LIST)) ?? new Uint8Array());
    if (finding.state === 'unreadable') this.#add('signature-unreadable', { file: FILES.signature });
    if (finding.state === 'mismatch') this.#add('signature-mismatch', { file: FILES.signature });
    if (finding.fingerprint !== null && finding.fingerprint !== stated)
      this.#add('signer-differs', { found: finding.fingerprint, stated });
    return finding;
  }

  async #timestamp(): Promise<TimestampFinding | null> {
    const reply = await this.#small(FILES.timestamp);
    if (!reply) return null;
    const stamped = this.#zip.entries.has(FILES.signature) ? FILES.signature : FILES.tagManifest;
    const finding = await checkTimestamp(reply, (await this.#small(stamped, MAX_LIST)) ?? new Uint8Array());
    if (finding.state === 'unreadable') this.#add('timestamp-unreadable', { file: FILES.timestamp });
    if (finding.state === 'mismatch') this.#add('timestamp-mismatch', { file: FILES.timestamp });
    return finding;
  }

  /** An unreadable list lists nothing, so that all it should list is named as added. */
  async #list(name: string): Promise<Digests> {
    if (!this.#zip.entries.has(name)) return new Map();
    const digests = parseDigests(await this.#text(name));
    if (!digests) this.#add('unreadable', { file: name });
    return digests ?? new Map();
  }

  async #text(name: string): Promise<string> {
    return new TextDecoder().decode((await this.#small(name, MAX_LIST)) ?? new Uint8Array());
  }

  async #small(name: string, most = MAX_SMALL): Promise<Uint8Array | null> {
    const entry = this.#zip.entries.get(name);
    if (!entry) return null;
    try {
      return (await wholeOf(this.#source, entry, most)) ?? new Uint8Array();
    } catch (thrown) {
      if (thrown instanceof RangeError) return new Uint8Array();
      throw thrown;
    }
  }

  #add(code: Deviation['code'], params: Params): void {
    this.#deviations.push(deviation(code, params));
  }

  #result(caseId: string | null, signature: SignatureFinding | null, timestamp: TimestampFinding | null): Verification {
    const intact = [...this.#expected].filter(([name, sha256]) => this.#digests.get(name) === sha256).length;
    return {
      deviations: this.#deviations.slice(0, MAX_NAMED),
      more: Math.max(0, this.#deviations.length - MAX_NAMED),
      intact,
      listed: this.#expected.size,
      bytes: this.#done,
      caseId,
      log: this.#log,
      signature,
      timestamp,
    };
  }
}

function headIn(info: ReadonlyMap<string, string>): LogHead | null {
  const [, seq, hash] = /^(\d{1,15}) ([0-9a-f]{64})$/.exec(info.get(INFO.head) ?? '') ?? [];
  return seq && hash ? { seq: Number(seq), hash } : null;
}
