import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { type CreateOptions, createCase } from '../../../main/cases/case.ts';
import { filePath } from '../../../main/cases/file-path.ts';
import { intake } from '../../../main/cases/intake.ts';
import type { ItemRow } from '../../../main/cases/items.ts';
import { createJob, type Entry, type JobRequest, listEntries } from '../../../main/cases/job-store.ts';
import type { OpenCase } from '../../../main/cases/open-case.ts';
import { DEFAULT_SETTINGS } from '../../../main/contract/analyzer.ts';
import type { Examination } from '../../../main/contract/engine.ts';
import { fact } from '../../../main/contract/fact.ts';

/** A folder that disappears with the test, holding a data root and a place for originals. */
export class Bench implements Disposable {
  readonly folder = mkdtempSync(path.join(os.tmpdir(), 'jianzhen-cases-'));
  readonly dataRoot = path.join(this.folder, 'data');
  readonly #cases: OpenCase[] = [];

  async newCase(name = 'a', options: CreateOptions = {}): Promise<OpenCase> {
    return this.keep(await createCase(this.dataRoot, name, options));
  }

  keep(c: OpenCase): OpenCase {
    this.#cases.push(c);
    return c;
  }

  write(name: string | Buffer, bytes: Uint8Array | string): string | Buffer {
    const file =
      typeof name === 'string' ? path.join(this.folder, name) : Buffer.concat([Buffer.from(`${this.folder}/`), name]);
    writeFileSync(file, bytes);
    return file;
  }

  [Symbol.dispose](): void {
    for (const c of this.#cases) c.close();
    rmSync(this.folder, { recursive: true, force: true });
  }
}

/** Bytes that repeat for a seed and differ between seeds. */
export function bytesOf(length: number, seed: number): Buffer {
  const bytes = Buffer.alloc(length);
  let state = seed >>> 0 || 1;
  for (let at = 0; at < length; at += 1) {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    bytes[at] = state >>> 24;
  }
  return bytes;
}

export function plan(c: OpenCase, files: readonly (string | Buffer)[], request: Partial<JobRequest> = {}): Entry[] {
  const job = createJob(c, {
    fingerprint: 'test',
    settings: DEFAULT_SETTINGS,
    role: 'questioned',
    retention: 'copy',
    entries: files.map((file) => filePath(file)),
    ...request,
  });
  return listEntries(c, job);
}

export async function receiveOne(
  c: OpenCase,
  file: string | Buffer,
  request: Partial<JobRequest> = {},
): Promise<{ entry: Entry; item: ItemRow }> {
  const [entry] = plan(c, [file], request);
  return { entry: entry!, item: (await intake(c, entry!)).item };
}

/** An examination with one of everything that is stored. */
export function examinationOf(item: ItemRow, rest: Partial<Examination> = {}): Examination {
  return {
    info: {
      mediaType: 'image/png',
      kind: 'image',
      bytes: item.bytes,
      durationS: null,
      image: { width: 8, height: 6, orientation: 1, frames: 1, hasAlpha: false, bitDepth: 8 },
      video: [],
      audio: [],
      claimedType: null,
    },
    outcomes: [
      {
        analyzer: 'provenance-exif',
        version: '1.0.0',
        subject: 'file',
        reference: null,
        status: 'evidence',
        reason: null,
        rawScore: null,
        llr: null,
        band: null,
        examined: ['exif'],
        facts: [fact('exif.make', 'CANARY-MAKE', { at: { offset: 12, length: 4 } })],
      },
      {
        analyzer: 'synthetic-face',
        version: '1.0.0',
        subject: 'face-track:1',
        reference: null,
        status: 'abstained',
        reason: { code: 'face-too-small', params: { px: 20 } },
        rawScore: null,
        llr: null,
        band: null,
        examined: [],
        facts: [],
      },
    ],
    findings: [
      {
        question: 'likeness',
        subject: 'face-track:1',
        reference: 'CANARY-NAME',
        propositions: [{ code: 'same' }, { code: 'other' }],
        band: null,
        llr: null,
        for: [],
        against: [],
        notExamined: [],
      },
    ],
    crops: [1, 2].map((n) => ({
      subject: `face-track:${n}`,
      timeS: 0,
      box: { x: n, y: 2, w: 3, h: 4 },
      score: 0.5,
      quality: { sizePx: 60, sharpness: 30, luma: 120, yaw: 0, pitch: 0, roll: 0 },
      landmarks: [n, 2.5, n + 1, 3.5],
      png: bytesOf(1000 * n, n),
    })),
    templates: [
      {
        subject: 'face-track:1',
        kind: 'face',
        modelId: 'face-features',
        models: { 'face-features': 'a'.repeat(64) },
        quality: { sizePx: 60 },
        seenWith: ['face-track:2'],
        vector: Float32Array.of(0.25, -0.5, 1),
      },
    ],
    parts: [],
    timings: { probe: 3 },
    models: { 'face-features': 'a'.repeat(64) },
    around: { perception: '1', fusion: '1' },
    ...rest,
  };
}
