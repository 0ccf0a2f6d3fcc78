/** The thread that runs Typst: one document, then it ends. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { parentPort, workerData } from 'node:worker_threads';
import { NodeCompiler } from '@myriaddreamin/typst-ts-node-compiler';
import type { PdfJob, Typeset } from './index.ts';
import { pagePictures } from './page-pictures.ts';

const { page, fonts, attachment, pictures, madeAtS, maxPictures } = workerData as PdfJob;
/** The template reads what lies beside the attachment and nothing else: besides it, what is put there here, under names of ours. */
const WORKSPACE = path.dirname(path.resolve(attachment.file));
// Fonts as bytes: native code cannot read into the archive of an installed program.
const compiler = NodeCompiler.create({
  workspace: WORKSPACE,
  fontArgs: [{ fontBlobs: fonts.map((file) => readFileSync(file)) }],
});
const put = (name: string, bytes: Uint8Array) =>
  compiler.mapShadow(path.join(WORKSPACE, name), Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength));
put('page.json', page);
for (const [name, png] of pictures) put(name, png);
const mainFileContent = readFileSync(path.join(import.meta.dirname, 'template.typ'), 'utf8');
const { result, hasError, takeDiagnostics } = compiled();
if (result === null || hasError) throw new Error(JSON.stringify(takeDiagnostics).slice(0, 4000));
// What was kept in case the document were set again: room for the PDF.
compiler.evictCache(0);
const pdf = compiler.pdf(result, { pdfStandard: 'a-3b', pdfTags: true, creationTimestamp: madeAtS });
const pages = result.numOfPages <= maxPictures ? pagePictures(compiler.svg(result)) : [];
const own = new Uint8Array(pdf);
parentPort!.postMessage({ pdf: own, pages } satisfies Typeset, [own.buffer]);

function compiled() {
  const outcome = compiler.compile({ mainFileContent });
  const fault = outcome.hasError() ? outcome.takeDiagnostics() : null;
  return {
    result: outcome.result,
    hasError: fault !== null,
    takeDiagnostics: fault ? compiler.fetchDiagnostics(fault) : null,
  };
}
