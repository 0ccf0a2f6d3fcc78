/**
 * What a window can ask of the program, done. The same for every host; how messages travel and where uploads lie is the host's.
 * One case is open at a time, and one piece of work runs at a time.
 */
import path from 'node:path';
import {
  caseSummary,
  DEFAULT_CASE_NAME,
  expireReferences,
  isExpired,
  isPlace,
  itemName,
  listPeople,
  moveData,
  type OpenCase,
  openJobs,
  type PersonWithSamples,
  removePerson,
  removeSample,
  samplesApart,
} from '../cases/index.ts';
import { AppError, type ErrorRecord, toErrorRecord } from '../contract/errors.ts';
import {
  type Handlers,
  type PersonDetail,
  type PersonLine,
  Refusal,
  type RequestOutput,
  type RequestValue,
  type Session,
  type Source,
} from '../contract/ipc.ts';
import { addToPerson, type EnrolledPerson, enrolPerson, type SampleFiles } from '../jobs/enrol.ts';
import { APP_NAME } from '../jobs/installation.ts';
import { caseHandlers } from './cases.ts';
import type { Desk } from './desk.ts';
import { dossierHandlers } from './dossier.ts';
import type { WindowHost } from './host.ts';
import { viewHandlers } from './item-views.ts';
import { itemHandlers } from './items.ts';
import { MachineDesk } from './machine.ts';
import { PreferenceFile } from './preferences.ts';
import { scanHandlers } from './scans.ts';
import { forget, Seat } from './seat.ts';
import { IDLE } from './work.ts';

/** What is still answered after everything was moved. */
const OF_MOVED: ReadonlySet<string> = new Set(['session.state', 'session.end']);

export class WindowSession implements AsyncDisposable {
  readonly handlers: Handlers;
  readonly #host: WindowHost;
  readonly #preferences: PreferenceFile;
  readonly #seat: Seat;
  readonly #machine: MachineDesk;
  #fetching = false;
  /** From the beginning of a move on: what else this session would do, it would do at the former place. */
  #moved = false;
  /** What holds where nothing is chosen. */
  readonly #ffmpegAtStart = process.env.FFMPEG_PATH;

  constructor(host: WindowHost) {
    this.#host = host;
    this.#preferences = new PreferenceFile(host.dataRoot);
    this.#seat = new Seat(host, this.#preferences);
    this.#machine = new MachineDesk(host.dataRoot);
    this.#applyFfmpeg(this.#preferences.read().preferences.ffmpeg);
    const examiner = () => this.#preferences.read().preferences.examiner;
    this.handlers = this.#unlessMoved({
      'session.state': () => this.#state(),
      'session.reopen': () => {
        this.#seat.comeBack();
        return this.#state();
      },
      'session.end': async () => {
        await this.#seat.leave();
        host.end();
        return {};
      },
      'preferences.set': (chosen) => this.#choose(chosen),
      ...caseHandlers(host, this.#preferences, this.#seat, () => this.#state()),
      ...scanHandlers(host, this.#seat),
      ...itemHandlers(host, this.#seat, examiner),
      ...viewHandlers(this.#seat),
      ...this.#personHandlers(),
      ...this.#machineHandlers(),
      ...dossierHandlers(host, () => this.#seat.open(), examiner),
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
    return this.#seat.busy;
  }

  /** A folder inside the case for files that are handed over; opens the case where it is not. */
  async incomingFolder(): Promise<string> {
    return (await this.#seat.desk()).incoming;
  }

  /** Stops what runs at a safe point, keeps what a later run goes on with, gives the case back. */
  async [Symbol.asyncDispose](): Promise<void> {
    await this.#seat.leave();
  }

  #personHandlers() {
    return {
      'person.list': async () => {
        const { case: c } = await this.#seat.desk();
        return { people: listPeople(c).map((person) => detailOf(c, person)) };
      },
      'person.add': ({ source, ...about }: RequestValue<'person.add'>) =>
        this.#enrol(source, ({ case: c, engine }, files, signal) =>
          enrolPerson(c, engine, { ...about, ...files }, signal),
        ),
      'person.extend': ({ source, person }: RequestValue<'person.extend'>) =>
        this.#enrol(source, ({ case: c, engine }, files, signal) =>
          addToPerson(c, engine, { person, ...files }, signal),
        ),
      'person.removeSample': async ({ person, sample }: RequestValue<'person.removeSample'>) => {
        // What is being examined is compared with the samples that there were when it began.
        await this.#seat.mustBeFree();
        const opened = await this.#seat.open();
        const { items, entry } = await removeSample(opened.desk.case, person, sample);
        await forget(opened, items);
        this.#host.emit('changed', {});
        return { items: [...items], proof: { seq: entry.seq, hash: entry.hash } };
      },
      'person.remove': async ({ person }: RequestValue<'person.remove'>) => {
        const opened = await this.#seat.open();
        const { samples, items, entry } = await removePerson(opened.desk.case, person);
        await forget(opened, items);
        this.#host.emit('changed', {});
        return { samples, items: [...items], proof: { seq: entry.seq, hash: entry.hash } };
      },
      'person.expire': async () => {
        const removed = await expireReferences((await this.#seat.desk()).case);
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
    await this.#seat.mustBeFree();
    // Files that wait in the folder of the case would not be found again.
    const opened = await this.#seat.opened();
    if (opened && openJobs(opened.desk.case).length > 0) throw new Refusal('WORK_IN_PROGRESS');
    const hadLeft = this.#seat.left;
    this.#moved = true;
    try {
      await this.#seat.leave();
      const place = path.resolve(this.#host.cwd, to);
      const { files, bytes } = await moveData(this.#host.dataRoot, place);
      return { to: place, files, bytes };
    } catch (thrown) {
      this.#moved = false;
      if (!hadLeft) this.#seat.comeBack();
      throw thrown;
    }
  }

  async #state(): Promise<Session> {
    const common = {
      app: APP_NAME,
      preferences: this.#preferences.read().preferences,
      capabilities: [...this.#host.capabilities],
      network: this.#fetching ? ('fetching' as const) : ('off' as const),
    };
    const none = { case: null, work: IDLE, items: [], people: [], kept: 0, unfinished: [] };
    if (this.#seat.left) return { ...common, ...none, fault: null };
    let fault: ErrorRecord;
    try {
      const { desk, work } = await this.#seat.open();
      const { case: c } = desk;
      return {
        ...common,
        case: { id: c.id, name: c.name },
        fault: null,
        work: work.state,
        items: work.lines,
        people: listPeople(c).map(lineOf),
        kept: caseSummary(c).byRole.questioned ?? 0,
        unfinished: work.unfinished(),
      };
    } catch (thrown) {
      const { code, params } = toErrorRecord(thrown);
      fault = { code, params: { name: this.#preferences.read().lastCase ?? DEFAULT_CASE_NAME, ...params } };
    }
    return { ...common, ...none, fault };
  }

  async #choose(chosen: RequestValue<'preferences.set'>): Promise<Record<string, never>> {
    const former = this.#preferences.read().preferences;
    this.#preferences.choose(chosen);
    if (former.ffmpeg !== chosen.ffmpeg) {
      this.#applyFfmpeg(chosen.ffmpeg);
      (await this.#seat.opened())?.desk.renew();
    }
    return {};
  }

  /** `main/media` reads it from the environment, and the processes that decode inherit it. */
  #applyFfmpeg(chosen: string | null): void {
    const used = chosen ? path.resolve(this.#host.cwd, chosen) : this.#ffmpegAtStart;
    if (used === undefined) delete process.env.FFMPEG_PATH;
    else process.env.FFMPEG_PATH = used;
  }

  /** Waits for its turn behind the work in hand, and answers when the samples are judged. */
  async #enrol(
    source: Source,
    enrol: (desk: Desk, files: SampleFiles, signal: AbortSignal) => Promise<EnrolledPerson>,
  ): Promise<RequestOutput<'person.add'>> {
    const { desk, work } = await this.#seat.open();
    const located = this.#host.locate(source);
    const { inputs, receivedAs } = located;
    const files = { inputs, cwd: this.#host.cwd, ...(receivedAs ? { receivedAs } : {}) };
    const judged = Promise.withResolvers<RequestOutput<'person.add'>>();
    work.add({
      kind: 'enrol',
      located,
      run: async (signal) => {
        try {
          const person = await enrol(desk, files, signal);
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
}

function lineOf({ samples, ...person }: PersonWithSamples): PersonLine {
  const accepted = (kind: 'face' | 'voice') => samples.filter((s) => s.accepted && s.kind === kind).length;
  return { ...person, faces: accepted('face'), voices: accepted('voice'), expired: isExpired(person, Date.now()) };
}

function detailOf(c: OpenCase, person: PersonWithSamples): PersonDetail {
  const apart = samplesApart(c, person.id);
  return {
    ...lineOf(person),
    samples: person.samples.map(({ id, kind, accepted, reason, quality, source, modelId, createdAtMs }) => ({
      id,
      kind,
      accepted,
      reason,
      quality: { ...quality },
      source,
      name: source && itemName(c, source),
      apart: apart.get(id) ?? null,
      model: modelId,
      createdAtMs,
    })),
  };
}
