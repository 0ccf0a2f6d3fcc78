/** Writes the report of a case into a folder: JSON once, HTML and PDF in each language. All of it or nothing. */
import { createHash } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { rename, rm } from 'node:fs/promises';
import path from 'node:path';
import { Readable, Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { appendCustody, mustBeNew, type OpenCase, outFolder, readCrop, unfinishedFolder } from '../cases/index.ts';
import { AppError } from '../contract/errors.ts';
import { groupPersonsOf } from '../jobs/group-persons.ts';
import type { ReportLog } from '../report/compose/composing.ts';
import { composeReport, MAX_CROPS, MAX_ENTRIES, type ReportParts } from '../report/compose/index.ts';
import type { ReportPicture } from '../report/document.ts';
import { reportHtml } from '../report/html.ts';
import { reportJson } from '../report/json.ts';
import { Overview } from '../report/overview.ts';
import { typeset } from '../report/pdf/index.ts';
import type { Integrity, ItemRecord, ReportHead } from '../report/record.ts';
import type { Language } from '../strings/index.ts';
import { type InstalledPack, installedLaw, packsOfPlaces, type RefusedPack } from './law-packs.ts';
import { checkItems, custodyEntries, itemRecords, type Making, reportHead } from './report.ts';

/** What becomes of the faces as they were examined: covered, shown as they are, or left out. */
export type PictureChoice = 'blurred' | 'shown' | 'none';

export interface ReportOptions extends Making {
  readonly folder: string;
  readonly languages: readonly Language[];
  /** Besides the JSON. */
  readonly documents: readonly ('html' | 'pdf')[];
  readonly pictures: PictureChoice;
  /** Covers a picture; PNG to PNG. */
  blur(png: Uint8Array): Promise<Uint8Array>;
  /** Called when a file is done. */
  onFile?(file: string): void;
  /** Takes the pages of each PDF as SVG images; none where it has more than `MAX_SHOWN_PAGES`. */
  onPages?(language: Language, pages: readonly string[]): Promise<void>;
}

/** Pages that a screen may be given: more are for a reader of PDF. */
const MAX_SHOWN_PAGES = 300;

export interface MadeReport {
  /** Paths of the files, the JSON first. */
  readonly files: readonly string[];
  /** SHA-256 of the JSON, which every document prints. */
  readonly digest: string;
  /** Items whose bytes do not hold. */
  readonly mismatches: number;
}

/** File name of the JSON; documents are `report.zh.pdf`, `report.zh.html`, … */
const JSON_NAME = 'report.json';

/** Throws AppError `ARCHIVE_EXISTS` before anything is made, `NO_SPACE`, `PERMISSION_DENIED`, `CANCELLED`. */
export async function makeReport(c: OpenCase, options: ReportOptions): Promise<MadeReport> {
  const { folder, languages, documents } = options;
  await outFolder(folder);
  const names = [JSON_NAME, ...languages.flatMap((language) => documents.map((form) => `report.${language}.${form}`))];
  for (const name of names) await mustBeNew(path.join(folder, name));
  const integrity = await checkItems(c, options);
  await groupPersonsOf(c, options.signal);
  const head = await reportHead(c, options);
  const staging = await unfinishedFolder(folder);
  try {
    const json = path.join(staging, JSON_NAME);
    const overview = new Overview(head.installed);
    const log = new LogTail();
    const digest = await writeParts(
      json,
      reportJson(head, noted(itemRecords(c, integrity), overview), noted(custodyEntries(c), log)),
    );
    options.onFile?.(JSON_NAME);
    if (documents.length > 0) await writeDocuments(c, staging, { head, overview, log, integrity, digest }, options);
    for (const name of names) await rename(path.join(staging, name), path.join(folder, name));
    const mismatches = [...integrity.values()].filter(({ state }) =>
      ['changed', 'gone', 'unreadable'].includes(state),
    ).length;
    appendCustody(c, {
      act: 'report-exported',
      details: { report: digest, seq: head.custody.seq, languages: languages.join(','), mismatches },
    });
    return { files: names.map((name) => path.join(folder, name)), digest, mismatches };
  } finally {
    await rm(staging, { recursive: true, force: true });
  }
}

/** Lets a second reader see what passes, so that the case is read once. */
function* noted<Value>(values: Iterable<Value>, reader: { add(value: NoInfer<Value>): void }): Generator<Value> {
  for (const value of values) {
    reader.add(value);
    yield value;
  }
}

type Entry = ReportLog['entries'][number];

/** The entries that a document prints: the last of all that were added. */
class LogTail implements ReportLog {
  #added = 0;
  #kept: Entry[] = [];

  add(entry: Entry): void {
    this.#added += 1;
    this.#kept.push(entry);
    if (this.#kept.length >= MAX_ENTRIES * 2) this.#kept = this.entries;
  }

  get entries(): Entry[] {
    return this.#kept.slice(-MAX_ENTRIES);
  }

  get left(): number {
    return this.#added - this.entries.length;
  }
}

interface Read {
  readonly head: ReportHead;
  readonly overview: Overview;
  readonly log: ReportLog;
  readonly integrity: ReadonlyMap<string, Integrity>;
  readonly digest: string;
}

/** Documents are set from the items that they print one by one, however many the case has. */
async function writeDocuments(c: OpenCase, staging: string, read: Read, options: ReportOptions): Promise<void> {
  const { head, overview, log, integrity, digest } = read;
  const printed = overview.printed();
  const items = [...itemRecords(c, integrity, (sha256) => printed.has(sha256))];
  const pictures = await picturesOf(c, items, options);
  const law = installedLaw(c.dataRoot);
  const packs = packsOfPlaces(head.statements, law.packs);
  const parts = { head, overview, items, log };
  for (const language of options.languages)
    await writeDocument(staging, { parts, packs, refused: law.refused, digest, language, pictures }, options);
}

interface OneDocument {
  readonly parts: ReportParts;
  readonly packs: readonly InstalledPack[];
  readonly refused: readonly RefusedPack[];
  readonly digest: string;
  readonly language: Language;
  readonly pictures: ReadonlyMap<string, ReportPicture>;
}

async function writeDocument(staging: string, one: OneDocument, options: ReportOptions): Promise<void> {
  const { parts, digest, language, pictures, packs, refused } = one;
  const document = composeReport(parts, {
    language,
    digest,
    packs: packs.map(({ pack }) => pack),
    imported: new Map(packs.flatMap(({ pack, imported }) => (imported ? [[pack.id, imported]] : []))),
    refused,
    pictures,
  });
  if (options.documents.includes('html')) {
    const html = `report.${language}.html`;
    await writeParts(path.join(staging, html), reportHtml(document));
    options.onFile?.(html);
  }
  if (options.signal?.aborted) throw new AppError('CANCELLED');
  if (!options.documents.includes('pdf')) return;
  const pdf = `report.${language}.pdf`;
  const attachment = { file: path.join(staging, JSON_NAME) };
  const set = await typeset(document, attachment, options.onPages ? MAX_SHOWN_PAGES : 0);
  await writeParts(path.join(staging, pdf), [set.pdf]);
  await options.onPages?.(language, set.pages);
  options.onFile?.(pdf);
}

/** Writes the parts one after the other, safely on the disk at the end; returns their SHA-256. */
async function writeParts(file: string, parts: Iterable<string | Uint8Array>): Promise<string> {
  const hash = createHash('sha256');
  const measure = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      hash.update(chunk);
      done(null, chunk);
    },
  });
  const target = createWriteStream(file, { flags: 'wx', mode: 0o600, flush: true });
  await pipeline(Readable.from(parts, { objectMode: false }), measure, target);
  return hash.digest('hex');
}

async function picturesOf(
  c: OpenCase,
  items: readonly ItemRecord[],
  { pictures: choice, blur }: ReportOptions,
): Promise<ReadonlyMap<string, ReportPicture>> {
  const pictures = new Map<string, ReportPicture>();
  if (choice === 'none') return pictures;
  for (const { examination } of items)
    for (const { id, name } of examination?.crops.slice(0, MAX_CROPS) ?? []) {
      const made = await readCrop(c, id);
      const png = choice === 'shown' ? made : await blur(made);
      pictures.set(name, { png, ...sizeOf(png) });
    }
  return pictures;
}

/** Of a PNG (ISO/IEC 15948, 11.2.2): the first chunk is its header. */
function sizeOf(png: Uint8Array): { width: number; height: number } {
  const view = new DataView(png.buffer, png.byteOffset, png.byteLength);
  return { width: view.getUint32(16), height: view.getUint32(20) };
}
