/** What a window asks of statements, reports, letters, hashes, signing and packages. What takes long waits for its turn behind the work in hand. */
import { constants } from 'node:fs';
import { copyFile, readFile, rm, stat } from 'node:fs/promises';
import path from 'node:path';
import {
  caseSummary,
  listStatements,
  type OpenCase,
  sha256OfFile,
  withdrawStatement,
  writeNew,
} from '../cases/index.ts';
import { AppError } from '../contract/errors.ts';
import {
  type Facts,
  type Handlers,
  Refusal,
  type RequestOutput,
  type RequestValue,
  type Saved,
  type Source,
} from '../contract/ipc.ts';
import { stateFacts } from '../dossier/facts.ts';
import { itemHashes } from '../dossier/item-hashes.ts';
import { installedLaw, packsOfPlaces, routesOf } from '../dossier/law-packs.ts';
import { letterRecord } from '../dossier/letters.ts';
import { makePackage } from '../dossier/make-package.ts';
import { makeReport } from '../dossier/make-report.ts';
import { addTimestamp, requestFor, verifyFile } from '../dossier/package-file.ts';
import { copyExtension, exportRedacted } from '../dossier/redaction.ts';
import { verifierPage } from '../dossier/verifier-page.ts';
import { APP_NAME } from '../jobs/installation.ts';
import { questions } from '../law/index.ts';
import { blurPng, coveredCopy, coveredFilm } from '../media/index.ts';
import { hashText } from '../report/hash-sheet.ts';
import { blanksIn, composeLetter, letterDocx, lettersIn } from '../report/letters/index.ts';
import { importSigner, makeSigner, openSigner, signerCard } from '../signing/index.ts';
import { linesOf } from '../verify/words.ts';
import type { Desk } from './desk.ts';
import type { WindowHost } from './host.ts';
import type { Opened } from './seat.ts';

/** The handlers of these requests. `open` gives the case that is open, or opens it; `examiner` the name that the user stated for reports. */
export function dossierHandlers(host: WindowHost, open: () => Promise<Opened>, examiner: () => string) {
  const theCase = async () => (await open()).desk.case;
  return {
    'facts.list': async () => factsOf(await theCase()),
    'facts.state': async ({ statements }: RequestValue<'facts.state'>) => {
      const c = await theCase();
      stateFacts(c, statements);
      return factsOf(c);
    },
    'facts.withdraw': async ({ id }: RequestValue<'facts.withdraw'>) => {
      const c = await theCase();
      withdrawStatement(c, id);
      return factsOf(c);
    },
    'report.make': (input: RequestValue<'report.make'>) => makeOne(open, examiner, input),
    'report.page': async (input: RequestValue<'report.page'>) => ({ svg: await (await open()).desk.made.page(input) }),
    'report.save': async ({ id, file, to }: RequestValue<'report.save'>) => {
      const { desk } = await open();
      return saveBytes(host, `${desk.case.name}.${file}`, to, await readFile(desk.made.file(id, file)));
    },
    'letter.list': async ({ language }: RequestValue<'letter.list'>) => {
      const record = letterRecord(await theCase(), localDay());
      const letters = lettersIn(language).map((kind) => composeLetter(kind, record, language));
      return { letters: letters.map((letter) => ({ kind: letter.kind, blanks: blanksIn(letter) })) };
    },
    'letter.save': (input: RequestValue<'letter.save'>) => saveLetter(host, theCase, input),
    'hashes.text': async ({ item, language }: RequestValue<'hashes.text'>) => ({
      text: hashText(language, [await itemHashes(await theCase(), item)]),
    }),
    'hashes.save': async ({ item, language, to }: RequestValue<'hashes.save'>) => {
      const text = hashText(language, [await itemHashes(await theCase(), item)]);
      return saveBytes(host, `hashes-${item.slice(0, 12)}.txt`, to, Buffer.from(text));
    },
    'redaction.save': (input: RequestValue<'redaction.save'>) => saveRedacted(host, open, input),
    'signer.state': async () => ({ signer: await signerCard(host.dataRoot) }),
    'signer.create': async (input: RequestValue<'signer.create'>) => ({
      signer: await makeSigner(host.dataRoot, { ...input, nowMs: Date.now() }),
    }),
    'signer.import': ({ source, passphrase }: RequestValue<'signer.import'>) =>
      withFile(host, source, async (file) => ({ signer: await importSigner(host.dataRoot, file, passphrase) })),
    'package.save': (input: RequestValue<'package.save'>) => savePackage(host, open, examiner, input),
    'package.verify': ({ source }: RequestValue<'package.verify'>) =>
      withFile(host, source, async (file) => {
        const found = await verifyFile(file);
        return {
          deviations: found.deviations.length + found.more,
          lines: linesOf(found).map(({ id, params }) => ({ id, params: { ...params } })),
        };
      }),
    'package.request': ({ source, to }: RequestValue<'package.request'>) =>
      withFile(host, source, async (file) => saveBytes(host, 'request.tsq', to, await requestFor(file))),
    'package.stamp': ({ source, reply, to }: RequestValue<'package.stamp'>) =>
      withFile(host, source, (file) => withFile(host, reply, (answer) => saveStamped(host, file, answer, to))),
  } satisfies Partial<Handlers>;
}

async function makeOne(
  open: () => Promise<Opened>,
  examiner: () => string,
  { languages, pictures }: RequestValue<'report.make'>,
): Promise<RequestOutput<'report.make'>> {
  const { desk } = await open();
  const { case: c, made } = desk;
  return inTurn(open, async (signal, told) => {
    const options = { ...making(desk, examiner(), signal, told), languages: [...new Set(languages)], pictures };
    const report = await made.hold((place) => makeReport(c, { ...options, ...place, documents: ['html', 'pdf'] }));
    return { ...report, head: headOf(c) };
  });
}

async function saveRedacted(
  host: WindowHost,
  open: () => Promise<Opened>,
  { to, item, cover, places, silences, lowered }: RequestValue<'redaction.save'>,
): Promise<RequestOutput<'redaction.save'>> {
  const { case: c, engine } = (await open()).desk;
  const name = `covered-${item.slice(0, 12)}${copyExtension(c, item)}`;
  const { saved, value } = await saveMade(host, name, to, (out) =>
    inTurn(open, (signal, told) =>
      exportRedacted(c, item, {
        ...{ out, cover, places, silences, lowered, signal, coveredCopy, coveredFilm },
        locate: (film) =>
          engine.locate(film, { signal, onProgress: ({ fraction }) => told(Math.round(fraction * 100), 100) }),
      }),
    ),
  );
  const { faces = null, looks = null, labelled = false } = value ?? {};
  return { ...saved, faces, looks, labelled };
}

async function savePackage(
  host: WindowHost,
  open: () => Promise<Opened>,
  examiner: () => string,
  { to, languages, pictures, originals, ...secrets }: RequestValue<'package.save'>,
): Promise<RequestOutput<'package.save'>> {
  const { originalsPassphrase: passphrase, signerPassphrase } = secrets;
  if ((originals === 'sealed') !== (passphrase !== undefined)) throw new Refusal('REQUEST_MALFORMED');
  const { desk } = await open();
  const c = desk.case;
  const signer = signerPassphrase === undefined ? null : await openSigner(host.dataRoot, signerPassphrase);
  const page = verifierPage();
  const { saved, value } = await saveMade(host, `${c.name}.zip`, to, (out) =>
    inTurn(open, (signal, told) =>
      makePackage(c, {
        ...making(desk, examiner(), signal, told),
        out,
        languages,
        pictures,
        originals: originals === 'sealed' ? { passphrase: passphrase! } : originals,
        signer,
        page,
      }),
    ),
  );
  return {
    ...saved,
    manifest: value?.manifest ?? null,
    head: value?.head ?? headOf(c),
    mismatches: value?.mismatches ?? 0,
    originals: value?.originals ?? 0,
    originalsLeftOut: value?.originalsLeftOut ?? 0,
    signedBy: value ? (signer?.card.fingerprint ?? null) : null,
  };
}

async function saveLetter(
  host: WindowHost,
  theCase: () => Promise<OpenCase>,
  { kind, language, to }: RequestValue<'letter.save'>,
): Promise<RequestOutput<'letter.save'>> {
  if (!lettersIn(language).includes(kind)) throw new Refusal('REQUEST_MALFORMED');
  const letter = composeLetter(kind, letterRecord(await theCase(), localDay()), language);
  const saved = await saveBytes(host, `${kind}.${language}.docx`, to, await letterDocx(letter));
  return { ...saved, blanks: blanksIn(letter) };
}

/** The package that was given stays as it is: the stamped one is another file. */
async function saveStamped(
  host: WindowHost,
  file: string,
  answer: string,
  to: string | null,
): Promise<RequestOutput<'package.stamp'>> {
  const { saved, value } = await saveMade(host, `stamped-${path.basename(file)}`, to, async (place) => {
    await copyFile(file, place, constants.COPYFILE_EXCL).catch((thrown: NodeJS.ErrnoException) => {
      throw thrown.code === 'EEXIST' ? new AppError('ARCHIVE_EXISTS') : thrown;
    });
    try {
      return await addTimestamp(place, await readFile(answer));
    } catch (thrown) {
      await rm(place, { force: true });
      throw thrown;
    }
  });
  return { ...saved, authority: value?.authority ?? null, atMs: value?.atMs ?? null };
}

function factsOf(c: OpenCase): Facts {
  const statements = listStatements(c);
  const packs = packsOfPlaces(statements, installedLaw(c.dataRoot).packs).map(({ pack }) => pack);
  return {
    questions: questions().map(({ id, scope, form, answers }) => ({ id, scope, form, answers: [...answers] })),
    duties: packs.flatMap(({ duties }) => duties.map(({ id, holder, text }) => ({ id, holder, text }))),
    routes: routesOf(packs).map(({ code, name }) => ({ code, name })),
    statements,
  };
}

type Told = (done: number, total: number) => void;

const making = ({ installed }: Desk, madeBy: string, signal: AbortSignal, told: Told) => ({
  app: APP_NAME,
  installed,
  madeBy: madeBy.trim() === '' ? null : madeBy,
  nowMs: Date.now(),
  signal,
  blur: blurPng,
  onChecked: told,
});

/** Runs after what is in hand, so that no report is made of a case that changes under it. */
async function inTurn<Value>(
  open: () => Promise<Opened>,
  run: (signal: AbortSignal, told: Told) => Promise<Value>,
): Promise<Value> {
  const { work } = await open();
  const made = Promise.withResolvers<Value>();
  work.add({
    kind: 'export',
    located: null,
    run: async (signal, told) => {
      try {
        made.resolve(await run(signal, told));
      } catch (thrown) {
        made.reject(thrown);
        throw thrown;
      }
    },
  });
  return made.promise;
}

async function saveMade<Value>(
  host: WindowHost,
  name: string,
  to: string | null,
  write: (place: string) => Promise<Value>,
): Promise<{ readonly saved: Saved; readonly value: Value | null }> {
  const { file, download, value } = await host.save(
    name,
    to === null ? null : path.resolve(host.cwd, to),
    async (place) => {
      const made = await write(place);
      return { made, bytes: (await stat(place)).size, sha256: await sha256OfFile(place) };
    },
  );
  const saved = {
    file: download === null ? file : null,
    download,
    bytes: value?.bytes ?? 0,
    sha256: value?.sha256 ?? null,
  };
  return { saved, value: value?.made ?? null };
}

/** A file that is there already is not written over. Throws AppError `ARCHIVE_EXISTS`. */
async function saveBytes(host: WindowHost, name: string, to: string | null, bytes: Uint8Array): Promise<Saved> {
  const { saved } = await saveMade(host, name, to, (place) => writeNew(place, bytes));
  return saved;
}

/** The first file of a source, for as long as `use` runs. */
async function withFile<Value>(
  host: WindowHost,
  source: Source,
  use: (file: string) => Promise<Value>,
): Promise<Value> {
  const located = host.locate(source);
  try {
    return await use(path.resolve(host.cwd, located.inputs[0]!));
  } finally {
    await located.release();
  }
}

function headOf(c: OpenCase): { seq: number; hash: string } {
  const { seq, hash } = caseSummary(c).custody;
  return { seq, hash };
}

/** The day at the user's place, ISO. */
function localDay(): string {
  const now = new Date();
  const two = (n: number) => String(n).padStart(2, '0');
  return `${now.getFullYear()}-${two(now.getMonth() + 1)}-${two(now.getDate())}`;
}
