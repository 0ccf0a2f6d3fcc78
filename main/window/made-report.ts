/** The report that was made last, until its files are saved: in the scratch folder of the case, which is swept when a case is opened. */
import { randomUUID } from 'node:crypto';
import { mkdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { OpenCase } from '../cases/index.ts';
import { AppError } from '../contract/errors.ts';
import type { RequestOutput, RequestValue } from '../contract/ipc.ts';
import type { MadeReport, ReportOptions } from '../dossier/make-report.ts';

type Make = (options: Pick<ReportOptions, 'folder' | 'onPages'>) => Promise<MadeReport>;
type Pages = RequestOutput<'report.make'>['pages'];

interface Held {
  readonly id: string;
  readonly folder: string;
  readonly names: ReadonlySet<string>;
}

export class MadeReports implements AsyncDisposable {
  readonly #scratch: string;
  #held: Held | null = null;

  constructor(c: OpenCase) {
    this.#scratch = path.join(path.dirname(c.engineScratch), 'made');
  }

  /** Lets `make` write a report; the one before is gone. */
  async hold(make: Make): Promise<Omit<RequestOutput<'report.make'>, 'head'>> {
    await this[Symbol.asyncDispose]();
    const id = randomUUID();
    const folder = path.join(this.#scratch, id);
    await mkdir(path.join(folder, 'pages'), { recursive: true, mode: 0o700 });
    try {
      const pages: Pages = [];
      const {
        files: paths,
        digest,
        mismatches,
      } = await make({
        folder: path.join(folder, 'report'),
        onPages: async (language, drawn) => {
          for (const [at, svg] of drawn.entries()) await writeFile(pageFile(folder, language, at + 1), svg);
          pages.push({ language, count: drawn.length });
        },
      });
      const files = [];
      for (const file of paths) files.push({ name: path.basename(file), bytes: (await stat(file)).size });
      this.#held = { id, folder, names: new Set(files.map(({ name }) => name)) };
      return { id, files, digest, mismatches, pages };
    } catch (thrown) {
      await rm(folder, { recursive: true, force: true });
      throw thrown;
    }
  }

  /** Throws AppError `FILE_NOT_FOUND` where another report was made since, or it has no such page. */
  async page({ id, language, page }: RequestValue<'report.page'>): Promise<string> {
    const { folder } = this.#known(id);
    return await readFile(pageFile(folder, language, page), 'utf8').catch((cause: unknown) => {
      throw new AppError('FILE_NOT_FOUND', {}, { cause });
    });
  }

  /** Path of a file of the report. Throws AppError `FILE_NOT_FOUND`. */
  file(id: string, name: string): string {
    const { folder, names } = this.#known(id);
    if (!names.has(name)) throw new AppError('FILE_NOT_FOUND');
    return path.join(folder, 'report', name);
  }

  /** What was made is gone. */
  async [Symbol.asyncDispose](): Promise<void> {
    const held = this.#held;
    this.#held = null;
    if (held) await rm(held.folder, { recursive: true, force: true });
  }

  #known(id: string): Held {
    if (this.#held?.id !== id) throw new AppError('FILE_NOT_FOUND');
    return this.#held;
  }
}

function pageFile(folder: string, language: string, page: number): string {
  return path.join(folder, 'pages', `${language}-${page}.svg`);
}
