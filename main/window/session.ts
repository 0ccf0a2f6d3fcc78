/**
 * What a window can ask of the program, done. The same for every host; how messages travel and where uploads lie is the host's.
 * One case is open at a time, and one piece of work runs at a time.
 */
import path from 'node:path';
import {
  addBookmark,
  addNote,
  addPassphrase,
  addRecoveryCode,
  caseSummary,
  createCase,
  DEFAULT_CASE_NAME,
  eraseAll,
  eraseCase,
  eraseItem,
  expireReferences,
  exportCase,
  finishJob,
  getItem,
  importCase,
  isPlace,
  itemName,
  latestExamination,
  latestGrouping,
  listCases,
  listCustody,
  listItems,
  listPeople,
  listSlots,
  moveData,
  type OpenCase,
  type OpenOptions,
  openCase,
  openJobs,
  openOrCreateCase,
  type PersonWithSamples,
  readItemBytes,
  removeBookmark,
  removePerson,
  removeSlot,
  type StoredExamination,
  type StoredGrouping,
  setItemRole,
  signAssessment,
  verifyCustody,
  writeAssessment,
} from '../cases/index.ts';
import { DEFAULT_SETTINGS, type ScanSettings } from '../contract/analyzer.ts';
import { AppError, type ErrorRecord, toErrorRecord } from '../contract/errors.ts';
import {
  type Handlers,
  type KeptItem,
  type PersonDetail,
  Refusal,
  type RequestOutput,
  type RequestValue,
  type Session,
  type Work,
} from '../contract/ipc.ts';
import { commonScenes, isSameScene, itemScenes, rangeParams, sceneFacts, scenesOf } from '../forensics/index.ts';
import { embeddingNetworks } from '../inference/index.ts';
import { enrolPerson } from '../jobs/enrol.ts';
import { decodingFault, isCutShort } from '../jobs/entry-fault.ts';
import { groupPersonsOf } from '../jobs/group-persons.ts';
import { APP_NAME, MODELS_FOLDER } from '../jobs/installation.ts';
import type { ScanRequest } from '../jobs/scan.ts';
import { provenanceReport } from '../provenance/index.ts';
import { answerOf } from './answer.ts';
import { Desk } from './desk.ts';
import { dossierHandlers } from './dossier.ts';
import type { WindowHost } from './host.ts';
import { MachineDesk } from './machine.ts';
import { personsOf } from './persons.ts';
import { PreferenceFile } from './preferences.ts';
import { base64, pictureOf } from './views.ts';
import { WorkQueue } from './work.ts';

/** Kept items told at once. */
const PAGE = 50;

/** Word that confirms the erasure of everything. */
const ERASE_ALL = 'erase';

/** What is still answered after everything was moved. */
const OF_MOVED: ReadonlySet<string> = new Set(['session.state', 'session.end']);

const NO_WORK: Work = {
  kind: 'none',
  phase: 'idle',
  total: 0,
  done: 0,
  failed: 0,
  waiting: 0,
  current: null,
  leftS: null,
  error: null,
};

type Nothing = Record<string, never>;

export interface Opened {
  readonly desk: Desk;
  readonly work: WorkQueue;
}

export class WindowSession implements AsyncDisposable {
  readonly handlers: Handlers;
  readonly #host: WindowHost;
  readonly #preferences: PreferenceFile;
  readonly #machine: MachineDesk;
  #opened: Promise<Opened> | null = null;
  /** The case was closed by the user: it is not opened again by itself. */
  #closed = false;
  #fetching = false;
  /** From the beginning of a move on: what else this session would do, it would do at the former place. */
  #moved = false;
  /** What holds where nothing is chosen. */
  readonly #ffmpegAtStart = process.env.FFMPEG_PATH;

  constructor(host: WindowHost) {
    this.#host = host;
    this.#preferences = new PreferenceFile(host.dataRoot);
    this.#machine = new MachineDesk(host.dataRoot);
    this.#applyFfmpeg(this.#preferences.read().preferences.ffmpeg);
    this.handlers = this.#unlessMoved({
      'session.state': () => this.#state(),
      'session.reopen': () => {
        this.#closed = false;
        return this.#state();
      },
      'session.end': () => this.#end(),
      'preferences.set': (chosen) => this.#choose(chosen),
      ...this.#caseHandlers(),
      ...this.#workHandlers(),
      ...this.#itemHandlers(),
      ...this.#viewHandlers(),
      ...this.#personHandlers(),
      ...this.#machineHandlers(),
      ...dossierHandlers(
        this.#host,
        () => this.#open(),
        () => this.#examiner(),
      ),
    });
  }

  #unlessMoved(handlers: Handlers): Handlers {
    const guarded = Object.entries(handlers).map(([name, handle]) => {
      const refusing = (input: never) => {
        if (this.#moved) throw new AppError('PLACE_MOVED');
        return (handle as (input: never) => unknown)(input);
      };
      return [name, OF_MOVED.has(name) ? handle : refusing] as const;
    });
    return Object.fromEntries(guarded) as Handlers;
  }

  /** Whether closing would interrupt something. */
  get busy(): boolean {
    return this.#busy;
  }

  #busy = false;

  /** A folder inside the case for files that are handed over; opens the case where it is not. */
  async incomingFolder(): Promise<string> {
    return (await this.#open()).desk.incoming;
  }

  /** Stops what runs at a safe point, keeps what a later run goes on with, gives the case back. */
  async [Symbol.asyncDispose](): Promise<void> {
    this.#closed = true;
    await this.#close();
  }

  #caseHandlers() {
    return {
      'case.list': async () => {
        const open = await this.#opened?.catch(() => null);
        const cases = await listCases(this.#host.dataRoot);
        return {
          cases: cases.map(({ name, createdAtMs, locked, folder }) => {
            const own = open?.desk.case.folder === folder;
            return { name, createdAtMs, locked: locked && !own, open: own };
          }),
        };
      },
      'case.create': ({ name, passphrase }: RequestValue<'case.create'>) =>
        this.#switch(() =>
          createCase(this.#host.dataRoot, name, { app: APP_NAME, ...(passphrase ? { passphrase } : {}) }),
        ),
      'case.open': ({ name, ...secret }: RequestValue<'case.open'>) =>
        this.#switch(() => openCase(this.#host.dataRoot, name, { app: APP_NAME, ...given(secret) })),
      'case.close': async () => {
        await this.#mustBeFree();
        await this.#close();
        this.#closed = true;
        return this.#state();
      },
      'case.detail': async () => {
        const { case: c } = await this.#desk();
        const { id, name, folder, createdAtMs, items, examined, people, bytes, ...rest } = caseSummary(c);
        const { sightings, sealedBytes, custody, slots } = rest;
        return {
          ...{ id, name, folder, createdAtMs, items, examined, people, sightings, bytes, sealedBytes, custody },
          slots: [...slots],
        };
      },
      'case.custody': async (page: RequestValue<'case.custody'>) => ({
        entries: listCustody((await this.#desk()).case, page),
      }),
      'case.verify': async () => verifyCustody((await this.#desk()).case),
      'case.protect': ({ passphrase }: RequestValue<'case.protect'>) => this.#protect(passphrase),
      'case.note': async ({ text }: RequestValue<'case.note'>) => {
        addNote((await this.#desk()).case, { item: null, text });
        return {};
      },
      'case.export': ({ to, passphrase }: RequestValue<'case.export'>) => this.#export(to, passphrase),
      'case.import': (input: RequestValue<'case.import'>) => this.#import(input),
      'case.erase': ({ name, confirm }: RequestValue<'case.erase'>) => this.#eraseCase(name, confirm),
      'erase.all': ({ confirm }: RequestValue<'erase.all'>) => this.#eraseAll(confirm),
    } satisfies Partial<Handlers>;
  }

  #workHandlers() {
    return {
      'scan.start': (input: RequestValue<'scan.start'>) => this.#start(input),
      'scan.pause': () => this.#interrupt('pause'),
      'scan.resume': async () => {
        (await this.#open()).work.resume();
        return {};
      },
      'scan.stop': () => this.#interrupt('stop'),
      'scan.again': async ({ item, ...stated }: RequestValue<'scan.again'>) => {
        const { desk, work } = await this.#open();
        const { retention, role } = getItem(desk.case, item);
        const former = latestExamination(desk.case, item)?.settings;
        const request = this.#scanRequest(role, 'full', stated.language ?? former?.language);
        const settings = { ...request.settings, fps: former?.fps ?? request.settings.fps };
        work.add({
          kind: 'again',
          request: { ...request, settings, inputs: [], items: [item], retention },
          located: null,
        });
        return {};
      },
      'scan.recover': ({ job }: RequestValue<'scan.recover'>) => this.#recover(job),
      'scan.discard': async ({ job }: RequestValue<'scan.discard'>) => {
        finishJob((await this.#desk()).case, job, 'cancelled');
        return {};
      },
      'scan.entries': async ({ after, limit }: RequestValue<'scan.entries'>) => ({
        entries: (await this.#open()).work.entries(after, limit),
      }),
    } satisfies Partial<Handlers>;
  }

  #itemHandlers() {
    return {
      'persons.last': async () => {
        const { case: c } = await this.#desk();
        const last = latestGrouping(c);
        return { persons: last && personsOf(c, last) };
      },
      'persons.group': () => this.#groupPersons(),
      'items.kept': ({ before }: RequestValue<'items.kept'>) => this.#kept(before),
      'items.page': async (input: RequestValue<'items.page'>) => (await this.#desk()).index.page(input),
      'items.scenes': ({ questioned, source }: RequestValue<'items.scenes'>) => this.#scenes(questioned, source),
      'item.answer': async ({ item }: RequestValue<'item.answer'>) => {
        const { case: c, views } = await this.#desk();
        return answerOf(c, item, { examiner: this.#examiner(), revealed: views.isRevealed(item) });
      },
      'item.provenance': ({ item }: RequestValue<'item.provenance'>) => this.#provenance(item),
      'item.bytes': async ({ item, offset, length }: RequestValue<'item.bytes'>) => {
        const bytes = await readItemBytes((await this.#desk()).case, item, { offset, length });
        return { hex: Buffer.from(bytes).toString('hex') };
      },
      'item.note': ({ item, text }: RequestValue<'item.note'>) => this.#with((c) => void addNote(c, { item, text })),
      'item.role': async ({ item, role }: RequestValue<'item.role'>) => {
        const { case: c, index } = await this.#desk();
        setItemRole(c, item, role);
        index.touch(item);
        this.#host.emit('changed', {});
        return {};
      },
      'item.bookmark': async ({ item, atS, label }: RequestValue<'item.bookmark'>) =>
        addBookmark((await this.#desk()).case, item, { atS, label }),
      'item.unbookmark': ({ item, bookmark }: RequestValue<'item.unbookmark'>) =>
        this.#with((c) => removeBookmark(c, item, bookmark)),
      'item.assess': async ({ item, opinions }: RequestValue<'item.assess'>) => ({
        id: writeAssessment((await this.#desk()).case, item, { examiner: this.#namedExaminer(), opinions }),
      }),
      'item.sign': ({ item, assessment }: RequestValue<'item.sign'>) =>
        this.#with((c) => signAssessment(c, item, assessment, this.#namedExaminer())),
      'item.erase': ({ item }: RequestValue<'item.erase'>) => this.#eraseItem(item),
    } satisfies Partial<Handlers>;
  }

  /** One run at a time serves everybody who asks meanwhile. */
  #grouping: Promise<StoredGrouping> | null = null;

  async #groupPersons(): Promise<RequestOutput<'persons.group'>> {
    const { case: c } = await this.#desk();
    this.#grouping ??= groupPersonsOf(c).finally(() => {
      this.#grouping = null;
    });
    const grouping = await this.#grouping;
    this.#host.emit('changed', {});
    return { persons: personsOf(c, grouping) };
  }

  #viewHandlers() {
    const shown = async (item: string) => {
      const { views } = await this.#desk();
      views.mustBeRevealed(item);
      return views;
    };
    return {
      'item.revealed': async ({ item }: RequestValue<'item.revealed'>) => {
        (await this.#desk()).views.reveal(item);
        return {};
      },
      'item.crop': ({ item, crop, blurred }: RequestValue<'item.crop'>) => this.#crop(item, crop, blurred),
      'item.thumbnail': async ({ item, maxSide }: RequestValue<'item.thumbnail'>) =>
        (await this.#desk()).views.thumbnail(item, maxSide),
      'item.picture': async ({ item, maxSide, region }: RequestValue<'item.picture'>) =>
        pictureOf(await (await shown(item)).ask(item, { kind: 'picture', maxSide, region: region ?? null })),
      'item.frame': async ({ item, ...at }: RequestValue<'item.frame'>) =>
        pictureOf(await (await shown(item)).ask(item, { kind: 'frame', ...at })),
      'item.times': async ({ item }: RequestValue<'item.times'>) => ({
        timesS: [...(await (await this.#desk()).views.ask(item, { kind: 'times' }))],
      }),
      'item.peaks': async ({ item, buckets }: RequestValue<'item.peaks'>) => {
        const { durationS, low, high } = await (await this.#desk()).views.ask(item, { kind: 'peaks', buckets });
        return { durationS, low: [...low], high: [...high] };
      },
      'item.spectrogram': async ({ item, ...span }: RequestValue<'item.spectrogram'>) => {
        const { levels, ...rest } = await (await this.#desk()).views.ask(item, { kind: 'spectrogram', ...span });
        return { ...rest, data: base64(levels) };
      },
      'item.sound': async ({ item, ...span }: RequestValue<'item.sound'>) => {
        const { wav, fromS, toS } = await (await shown(item)).ask(item, { kind: 'sound', ...span });
        return { wav: base64(wav), fromS, toS };
      },
    } satisfies Partial<Handlers>;
  }

  #personHandlers() {
    return {
      'person.list': async () => ({ people: listPeople((await this.#desk()).case).map(personOf) }),
      'person.add': (input: RequestValue<'person.add'>) => this.#addPerson(input),
      'person.remove': async ({ person }: RequestValue<'person.remove'>) => {
        const { case: c, index } = await this.#desk();
        const { samples, items, entry } = await removePerson(c, person);
        for (const item of items) index.forget(item);
        this.#host.emit('changed', {});
        return { samples, items: [...items], proof: { seq: entry.seq, hash: entry.hash } };
      },
      'person.expire': async () => {
        const removed = await expireReferences((await this.#desk()).case);
        this.#host.emit('changed', {});
        return { removed: removed.length };
      },
    } satisfies Partial<Handlers>;
  }

  #machineHandlers() {
    return {
      'models.list': async ({ verify }: RequestValue<'models.list'>) => ({
        models: await this.#machine.models(verify),
      }),
      'models.card': async ({ id }: RequestValue<'models.card'>) => ({ text: await this.#machine.card(id) }),
      'models.plan': ({ id }: RequestValue<'models.plan'>) => this.#machine.plan(id),
      'models.fetch': async ({ id, sha256 }: RequestValue<'models.fetch'>) => {
        this.#fetching = true;
        try {
          await this.#machine.fetch(id, sha256, (event) => this.#host.emit('network', event));
        } finally {
          this.#fetching = false;
        }
        return {};
      },
      'models.import': async ({ source }: RequestValue<'models.import'>) => {
        const located = this.#host.locate(source);
        try {
          return { id: await this.#machine.import(path.resolve(this.#host.cwd, located.inputs[0]!)) };
        } finally {
          await located.release();
        }
      },
      'machine.state': () => this.#machine.state(this.#host.kind),
      'place.move': ({ to }: RequestValue<'place.move'>) => this.#move(to),
    } satisfies Partial<Handlers>;
  }

  async #move(to: string): Promise<RequestOutput<'place.move'>> {
    if (!isPlace(this.#host.dataRoot)) throw new AppError('PLACE_UNSUITABLE', { path: to });
    await this.#mustBeFree();
    // Files that wait in the folder of the case would not be found again.
    const opened = await this.#opened?.catch(() => null);
    if (opened && openJobs(opened.desk.case).length > 0) throw new Refusal('WORK_IN_PROGRESS');
    const wasClosed = this.#closed;
    this.#moved = true;
    this.#closed = true;
    try {
      await this.#close();
      const place = path.resolve(this.#host.cwd, to);
      const { files, bytes } = await moveData(this.#host.dataRoot, place);
      return { to: place, files, bytes };
    } catch (thrown) {
      this.#moved = false;
      this.#closed = wasClosed;
      throw thrown;
    }
  }

  async #desk(): Promise<Desk> {
    return (await this.#open()).desk;
  }

  async #with(act: (c: OpenCase) => void): Promise<Nothing> {
    act((await this.#desk()).case);
    return {};
  }

  #open(): Promise<Opened> {
    if (this.#closed) throw new AppError('CASE_NOT_FOUND', { name: '' });
    this.#opened ??= this.#openLast().catch((thrown: unknown) => {
      this.#opened = null;
      throw thrown;
    });
    return this.#opened;
  }

  /** The case of last time, or the default one where that is gone. */
  async #openLast(): Promise<Opened> {
    const { dataRoot, secret } = this.#host;
    const name = this.#preferences.read().lastCase ?? DEFAULT_CASE_NAME;
    try {
      return await this.#sit(await openWith(dataRoot, name, secret));
    } catch (thrown) {
      const gone = thrown instanceof AppError && thrown.code === 'CASE_NOT_FOUND' && name !== DEFAULT_CASE_NAME;
      if (!gone) throw thrown;
      this.#preferences.remember(null);
      return this.#sit(await openWith(dataRoot, DEFAULT_CASE_NAME, secret));
    }
  }

  async #sit(c: OpenCase): Promise<Opened> {
    const desk = await Desk.of(c, this.#host);
    const work = new WorkQueue(desk, {
      emit: (name, event) => {
        this.#busy = work.busy;
        this.#host.emit(name, event);
      },
    });
    this.#preferences.remember(c.name === DEFAULT_CASE_NAME ? null : c.name);
    return { desk, work };
  }

  /** Opens another case; the one before is open again where that fails. */
  async #switch(open: () => Promise<OpenCase>): Promise<Session> {
    await this.#mustBeFree();
    await this.#close();
    const wasClosed = this.#closed;
    try {
      const opened = await this.#sit(await open());
      this.#opened = Promise.resolve(opened);
      this.#closed = false;
    } catch (thrown) {
      this.#closed = wasClosed;
      throw thrown;
    }
    this.#host.emit('changed', {});
    return this.#state();
  }

  async #close(): Promise<void> {
    const opened = await this.#opened?.catch(() => null);
    this.#opened = null;
    await opened?.work.leave();
    await opened?.desk[Symbol.asyncDispose]();
    this.#busy = false;
  }

  async #mustBeFree(): Promise<void> {
    const opened = await this.#opened?.catch(() => null);
    if (opened?.work.busy) throw new Refusal('WORK_IN_PROGRESS');
  }

  async #state(): Promise<Session> {
    const common = {
      app: APP_NAME,
      preferences: this.#preferences.read().preferences,
      capabilities: [...this.#host.capabilities],
      network: this.#fetching ? ('fetching' as const) : ('off' as const),
    };
    const none = { case: null, work: NO_WORK, items: [], people: [], kept: 0, unfinished: [] };
    if (this.#closed) return { ...common, ...none, fault: null };
    let fault: ErrorRecord;
    try {
      const { desk, work } = await this.#open();
      const { case: c } = desk;
      return {
        ...common,
        case: { id: c.id, name: c.name },
        fault: null,
        work: work.state,
        items: work.lines,
        people: listPeople(c).map((person) => {
          const { samples: _, ...line } = personOf(person);
          return line;
        }),
        kept: caseSummary(c).byRole.questioned ?? 0,
        unfinished: work.unfinished(),
      };
    } catch (thrown) {
      const { code, params } = toErrorRecord(thrown);
      fault = { code, params: { name: this.#preferences.read().lastCase ?? DEFAULT_CASE_NAME, ...params } };
    }
    return { ...common, ...none, fault };
  }

  async #end(): Promise<Nothing> {
    this.#closed = true;
    await this.#close();
    this.#host.end();
    return {};
  }

  async #choose(chosen: RequestValue<'preferences.set'>): Promise<Nothing> {
    const former = this.#preferences.read().preferences;
    this.#preferences.choose(chosen);
    if (former.ffmpeg !== chosen.ffmpeg) {
      this.#applyFfmpeg(chosen.ffmpeg);
      (await this.#opened?.catch(() => null))?.desk.renew();
    }
    return {};
  }

  /** `main/media` reads it from the environment, and the processes that decode inherit it. */
  #applyFfmpeg(chosen: string | null): void {
    const used = chosen ? path.resolve(this.#host.cwd, chosen) : this.#ffmpegAtStart;
    if (used === undefined) delete process.env.FFMPEG_PATH;
    else process.env.FFMPEG_PATH = used;
  }

  async #protect(passphrase: string): Promise<RequestOutput<'case.protect'>> {
    const { case: c } = await this.#desk();
    const former = listSlots(c);
    await addPassphrase(c, passphrase);
    const { code } = await addRecoveryCode(c);
    for (const slot of former) await removeSlot(c, slot.id);
    return { recoveryCode: code };
  }

  async #export(to: string | null, passphrase: string | undefined): Promise<RequestOutput<'case.export'>> {
    const { case: c } = await this.#desk();
    const out = to === null ? null : path.resolve(this.#host.cwd, to);
    const { file, download, value } = await this.#host.save(`${c.name}.jzcase`, out, (place) =>
      exportCase(c, { out: place, ...(passphrase ? { passphrase } : {}) }),
    );
    const head = value?.head ?? caseSummary(c).custody;
    return {
      file: download === null ? (value?.file ?? file) : null,
      download,
      bytes: value?.bytes ?? 0,
      sha256: value?.sha256 ?? null,
      head,
    };
  }

  async #import({ source, as }: RequestValue<'case.import'>): Promise<RequestOutput<'case.import'>> {
    const { dataRoot, cwd } = this.#host;
    const located = this.#host.locate(source);
    try {
      const file = path.resolve(cwd, located.inputs[0]!);
      const { name, head } = await importCase(dataRoot, { file, ...(as ? { as } : {}) });
      return { name, head };
    } finally {
      await located.release();
    }
  }

  async #eraseCase(name: string, confirm: string): Promise<RequestOutput<'case.erase'>> {
    if (confirm !== name) throw new Refusal('NOT_CONFIRMED');
    const opened = await this.#opened?.catch(() => null);
    if (opened?.desk.case.name === name) {
      await this.#mustBeFree();
      await this.#close();
      this.#closed = true;
    }
    const report = await eraseCase(this.#host.dataRoot, name);
    if (this.#preferences.read().lastCase === name) this.#preferences.remember(null);
    this.#host.emit('changed', {});
    return mutable(report);
  }

  async #eraseAll(confirm: string): Promise<RequestOutput<'erase.all'>> {
    if (confirm !== ERASE_ALL) throw new Refusal('NOT_CONFIRMED');
    await this.#mustBeFree();
    await this.#close();
    this.#closed = true;
    const report = await eraseAll(this.#host.dataRoot);
    this.#host.emit('changed', {});
    return mutable(report);
  }

  async #start({ source, keep, role, depth, receivedAs, language }: RequestValue<'scan.start'>): Promise<Nothing> {
    if (source.from === 'uploads' && keep === 'reference') throw new Refusal('REQUEST_MALFORMED');
    const { work } = await this.#open();
    const located = this.#host.locate(source);
    const how = [located.receivedAs, receivedAs].filter(Boolean).join(': ');
    const request: ScanRequest = {
      ...this.#scanRequest(role, depth, language),
      inputs: located.inputs,
      ...(how ? { receivedAs: how } : {}),
      retention: keep,
    };
    work.add({ kind: 'scan', request, located });
    return {};
  }

  async #recover(id: string): Promise<Nothing> {
    const { desk, work } = await this.#open();
    const job = openJobs(desk.case).find((open) => open.id === id);
    if (!job || !work.unfinished().some((open) => open.job === id))
      throw new AppError('ITEM_NOT_FOUND', { sha256: '' });
    const settings = job.settings as ScanSettings;
    const request: ScanRequest = {
      ...this.#scanRequest(job.role, settings.depth),
      settings,
      inputs: [],
      job: id,
      retention: job.retention,
    };
    work.add({ kind: 'recovered', request, located: null });
    return {};
  }

  #scanRequest(role: ScanRequest['role'], depth: ScanSettings['depth'], language?: string) {
    return {
      cwd: this.#host.cwd,
      role,
      settings: { ...DEFAULT_SETTINGS, depth, ...(language ? { language } : {}) },
      networks: embeddingNetworks(MODELS_FOLDER),
    };
  }

  async #interrupt(intent: 'pause' | 'stop'): Promise<Nothing> {
    (await this.#open()).work.interrupt(intent);
    return {};
  }

  async #kept(before: number | null): Promise<RequestOutput<'items.kept'>> {
    const { case: c } = await this.#desk();
    const all = listItems(c, { role: 'questioned', limit: Number.MAX_SAFE_INTEGER }).filter(
      (row) => row.parent === null && (before === null || row.ordinal < before),
    );
    const page = all.slice(-PAGE).reverse();
    return {
      items: page.map(
        ({ sha256, receivedAtMs }): KeptItem => ({
          sha256,
          name: itemName(c, sha256),
          receivedAtMs,
          examined: extentOf(latestExamination(c, sha256)),
        }),
      ),
      before: all.length > page.length ? page.at(-1)!.ordinal : null,
    };
  }

  async #scenes(questioned: string, source: string): Promise<RequestOutput<'items.scenes'>> {
    const { case: c } = await this.#desk();
    const [a, b] = [questioned, source].map((item) => {
      const examination = latestExamination(c, getItem(c, item).sha256);
      const facts = examination && sceneFacts(examination.outcomes);
      return facts && itemScenes(examination.info, scenesOf(facts));
    });
    if (!a || !b) return { common: null };
    const { compared, ranges, nearest } = commonScenes(a, b);
    return {
      common: {
        compared,
        ranges: ranges.map((range) => ({ mirrored: range.mirrored, ...rangeParams(range) })),
        nearest: nearest && { ...nearest, same: isSameScene(nearest) },
      },
    };
  }

  async #provenance(item: string): Promise<RequestOutput<'item.provenance'>> {
    const { case: c } = await this.#desk();
    const { bytes } = getItem(c, item);
    const outcomes = latestExamination(c, item)?.outcomes ?? [];
    const read = (offset: number, length: number) => readItemBytes(c, item, { offset, length });
    const branches = await provenanceReport(outcomes, { size: bytes, read });
    return {
      branches: branches.map(({ examined, facts, ...branch }) => ({
        ...branch,
        examined: [...examined],
        facts: [...facts],
      })),
    };
  }

  async #crop(item: string, crop: number, blurred: boolean): Promise<RequestOutput<'item.crop'>> {
    const { case: c, views } = await this.#desk();
    const known = latestExamination(c, item)?.crops.some((stored) => stored.id === crop);
    if (!known) throw new AppError('ITEM_NOT_FOUND', { sha256: item });
    if (!blurred && getItem(c, item).role !== 'reference') views.mustBeRevealed(item);
    return { png: base64(await views.crop(crop, blurred)) };
  }

  async #eraseItem(item: string): Promise<RequestOutput<'item.erase'>> {
    await this.#mustBeFree();
    const { desk, work } = await this.#open();
    const { items, files, entries } = await eraseItem(desk.case, item);
    for (const gone of items) {
      desk.index.forget(gone);
      work.forget(gone);
      await desk.views.forget(gone);
    }
    this.#host.emit('changed', {});
    return { items: [...items], files, proof: entries.map(({ seq, hash }) => ({ seq, hash })) };
  }

  /** Waits for its turn behind the work in hand, and answers when the samples are judged. */
  async #addPerson({ source, ...about }: RequestValue<'person.add'>): Promise<RequestOutput<'person.add'>> {
    const { desk, work } = await this.#open();
    const located = this.#host.locate(source);
    const { inputs, receivedAs } = located;
    const request = { ...about, inputs, cwd: this.#host.cwd, ...(receivedAs ? { receivedAs } : {}) };
    const judged = Promise.withResolvers<RequestOutput<'person.add'>>();
    work.add({
      kind: 'enrol',
      located,
      run: async (signal) => {
        try {
          const person = await enrolPerson(desk.case, desk.engine, request, signal);
          const outliers = new Set(person.outliers.map((o) => o.path));
          judged.resolve({
            samples: person.samples.map((sample) => ({
              name: path.basename(sample.path),
              refusal: sample.kind === 'refused' ? sample.why : null,
              outlier: outliers.has(sample.path),
            })),
          });
        } catch (thrown) {
          judged.reject(thrown);
          throw thrown;
        }
      },
    });
    return judged.promise;
  }

  #examiner(): string {
    return this.#preferences.read().preferences.examiner;
  }

  /** Nobody signs without a name. */
  #namedExaminer(): string {
    const examiner = this.#examiner();
    if (!examiner) throw new Refusal('NOT_CONFIRMED');
    return examiner;
  }
}

/** A case is opened by its key file where it has one, otherwise by the passphrase that the program was started with. */
async function openWith(dataRoot: string, name: string, { passphrase }: WindowHost['secret']): Promise<OpenCase> {
  try {
    return await (name === DEFAULT_CASE_NAME ? openOrCreateCase : openCase)(dataRoot, name, { app: APP_NAME });
  } catch (thrown) {
    const locked = thrown instanceof AppError && thrown.code === 'VAULT_KEY_MISSING';
    if (!locked || !passphrase) throw thrown;
    return openCase(dataRoot, name, { app: APP_NAME, passphrase });
  }
}

function given({ passphrase, recoveryCode }: { passphrase?: string; recoveryCode?: string }): OpenOptions {
  return { ...(passphrase ? { passphrase } : {}), ...(recoveryCode ? { recoveryCode } : {}) };
}

function personOf({ samples, ...person }: PersonWithSamples): PersonDetail {
  const accepted = (kind: 'face' | 'voice') => samples.filter((s) => s.accepted && s.kind === kind).length;
  return {
    ...person,
    faces: accepted('face'),
    voices: accepted('voice'),
    expired: new Date().toISOString().slice(0, 10) > person.retainUntil,
    samples: samples.map(({ id, kind, accepted: usable, reason, quality, source, modelId, createdAtMs }) => ({
      id,
      kind,
      accepted: usable,
      reason,
      quality: { ...quality },
      source,
      model: modelId,
      createdAtMs,
    })),
  };
}

function extentOf(examination: StoredExamination | null): KeptItem['examined'] {
  if (!examination) return 'no';
  return decodingFault(examination) || isCutShort(examination) ? 'partly' : 'whole';
}

function mutable(report: Awaited<ReturnType<typeof eraseCase>>): RequestOutput<'case.erase'> {
  return { removed: [...report.removed], kept: [...report.kept], heads: [...report.heads] };
}
