/** The report as tagged PDF/A-3b with its JSON attached, set by Typst on a thread of its own: a large case takes seconds. */

import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { Worker } from 'node:worker_threads';
import type { ReportDocument } from '../document.ts';
import { glyphTest } from './font.ts';
import { pageOf } from './page.ts';

export interface Attachment {
  /** Attached under its own name. The typesetter reads it where it lies, so that it stands in memory once. */
  readonly file: string;
}

export interface PdfJob {
  /** JSON of a `Page`. */
  readonly page: Uint8Array;
  readonly fonts: readonly string[];
  readonly attachment: Attachment;
  readonly pictures: readonly (readonly [name: string, png: Uint8Array])[];
  /** Seconds; the same document gives the same bytes. */
  readonly madeAtS: number;
  /** Most pages that are drawn for a screen as well; a longer document gives none. */
  readonly maxPictures: number;
}

export interface Typeset {
  readonly pdf: Uint8Array;
  /** The pages as SVG images, where they were asked for and are not too many. */
  readonly pages: readonly string[];
}

/** Regular and bold: what neither can draw is shown as its number. */
const FONTS = ['400Regular/NotoSansSC_400Regular.ttf', '700Bold/NotoSansSC_700Bold.ttf'].map((file) =>
  createRequire(import.meta.url).resolve(`@expo-google-fonts/noto-sans-sc/${file}`),
);

/** Throws what Typst says of a fault in the template: one of ours, since no text of a case is markup. */
export async function renderPdf(document: ReportDocument, attachment: Attachment): Promise<Uint8Array> {
  return (await typeset(document, attachment, 0)).pdf;
}

/** The document, and its pages as pictures where there are at most `maxPictures`. */
export async function typeset(document: ReportDocument, attachment: Attachment, maxPictures: number): Promise<Typeset> {
  const page = pageBytes(document, path.basename(attachment.file));
  const job: PdfJob = {
    page,
    fonts: FONTS,
    attachment,
    pictures: [...document.pictures].map(([name, { png }]) => [name, png]),
    madeAtS: Math.floor(document.madeAtMs / 1000),
    maxPictures,
  };
  const worker = new Worker(new URL('./typst-worker.ts', import.meta.url), {
    workerData: job,
    transferList: [page.buffer],
  });
  return new Promise((resolve, reject) => {
    worker.once('message', resolve);
    worker.once('error', reject);
    worker.once('exit', (code) => reject(new Error(`the typesetter ended with ${code}`)));
  });
}

/** Handed over and not copied: what the page was made from is free before it is set. */
function pageBytes(document: ReportDocument, attachment: string): Uint8Array<ArrayBuffer> {
  const tests = FONTS.map((file) => glyphTest(readFileSync(file)));
  const page = pageOf(document, attachment, (codePoint) => tests.every((has) => has(codePoint)));
  return new TextEncoder().encode(JSON.stringify(page));
}
