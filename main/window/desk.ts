/** One open case with the processes that work on it: the engine that examines and the viewer that shows. */
import { mkdir, rm } from 'node:fs/promises';
import path from 'node:path';
import { expireReferences, type OpenCase, openJobs } from '../cases/index.ts';
import type { Installed } from '../contract/versions.ts';
import { readInstalled } from '../inference/index.ts';
import { EngineHost } from '../jobs/engine-host.ts';
import { engineSettings, MODELS_FOLDER, packsFolder, trustFolder } from '../jobs/installation.ts';
import { trustListVersions } from '../provenance/index.ts';
import type { WindowHost } from './host.ts';
import { ItemIndex } from './item-index.ts';
import { MadeReports } from './made-report.ts';
import { ViewerHost } from './viewer-host.ts';
import { Views } from './views.ts';

/** Files that were handed over and are not sealed yet; kept over a crash while a job needs them. */
const INCOMING = 'incoming';

export class Desk implements AsyncDisposable {
  readonly case: OpenCase;
  readonly engine: EngineHost;
  readonly index: ItemIndex;
  readonly views: Views;
  readonly made: MadeReports;
  readonly #viewer: ViewerHost;

  private constructor(c: OpenCase, host: WindowHost) {
    this.case = c;
    const settings = engineSettings(host.dataRoot, c.engineScratch);
    this.engine = new EngineHost(() => host.startEngine(settings));
    this.#viewer = new ViewerHost(() => host.startViewer(c.engineScratch));
    this.index = new ItemIndex(c, () => this.installed);
    this.views = new Views(c, this.#viewer);
    this.made = new MadeReports(c);
  }

  /** Takes over an open case; who is past the retention date is erased. */
  static async of(c: OpenCase, host: WindowHost): Promise<Desk> {
    await expireReferences(c);
    const incoming = path.join(c.folder, INCOMING);
    if (openJobs(c).length === 0) await rm(incoming, { recursive: true, force: true });
    await mkdir(incoming, { recursive: true, mode: 0o700 });
    return new Desk(c, host);
  }

  /** Read anew each time: a model may have been added since. */
  get installed(): Installed {
    const { dataRoot } = this.case;
    const folders = { modelsFolder: MODELS_FOLDER, packsFolder: packsFolder(dataRoot) };
    return readInstalled(folders, trustListVersions(trustFolder(dataRoot)));
  }

  get incoming(): string {
    return path.join(this.case.folder, INCOMING);
  }

  /** The environment changed: what is asked from now on is answered by fresh processes. */
  renew(): void {
    this.engine.renew();
    this.#viewer.renew();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#viewer[Symbol.dispose]();
    await this.views[Symbol.asyncDispose]();
    await this.made[Symbol.asyncDispose]();
    await this.engine[Symbol.asyncDispose]();
    this.case.close();
  }
}
