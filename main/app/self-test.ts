/**
 * `--self-test`: vault, database, one picture, one clip and one voice, done with everything that a window uses, and the result
 * written to a file: whether this program starts on this platform is measured, not assumed.
 */
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { toErrorRecord } from '../contract/errors.ts';
import { Refusal } from '../contract/ipc.ts';
import { APP_NAME } from '../jobs/installation.ts';
import type { WindowHost } from '../window/host.ts';
import { WindowSession } from '../window/session.ts';

interface Step {
  readonly step: string;
  readonly ok: boolean;
  readonly ms: number;
  readonly code: string | null;
}

export interface SelfTestResult {
  readonly app: string;
  readonly platform: string;
  /** `node`, and `electron` where it ran under it. */
  readonly versions: Readonly<Record<string, string>>;
  readonly startedAt: string;
  readonly ok: boolean;
  readonly steps: readonly Step[];
}

/** Drawn, generated and synthesised for this: no real person. Base64 by name. */
const MEDIA = path.join(import.meta.dirname, 'self-test-media.json');

/** Between two looks at the work. Milliseconds. */
const LOOK_EVERY_MS = 100;

/** Writes the result to `file` and returns it; never throws for what is under test. */
export async function selfTest(
  file: string,
  processes: Pick<WindowHost, 'startEngine' | 'startViewer'>,
): Promise<SelfTestResult> {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'jianzhen-self-test-'));
  const startedAt = new Date().toISOString();
  const steps: Step[] = [];
  const session = new WindowSession({ ...processes, ...quietHost(folder) });
  const { handlers } = session;
  const items = new Map<string, string>();

  async function step(name: string, run: () => Promise<boolean>): Promise<void> {
    const began = performance.now();
    let ok = false;
    let code: string | null = null;
    try {
      ok = await run();
    } catch (thrown) {
      code = thrown instanceof Refusal ? thrown.code : toErrorRecord(thrown).code;
    }
    steps.push({ step: name, ok, ms: Math.round(performance.now() - began), code });
  }

  try {
    await step('vault', async () => (await handlers['session.state']({})).case !== null);
    await step('scan', () => scanAll(folder, handlers, items));
    const examined = (name: string) => async () => {
      const answer = await handlers['item.answer']({ item: items.get(name)! });
      return answer.examination !== null && answer.examination.fault === null;
    };
    await step('picture', async () => (await examined('picture.png')()) && (await faces(handlers, items)) > 0);
    await step('clip', examined('clip.mp4'));
    await step('voice', examined('voice.opus'));
    await step('viewer', async () => {
      const { width } = await handlers['item.thumbnail']({ item: items.get('clip.mp4')!, maxSide: 64 });
      return width > 0;
    });
    await step('database', async () => (await handlers['case.verify']({})).entries > 0);
  } finally {
    await session[Symbol.asyncDispose]();
    rmSync(folder, { recursive: true, force: true });
  }
  const { node, electron } = process.versions;
  const result: SelfTestResult = {
    app: APP_NAME,
    platform: `${process.platform}-${process.arch}`,
    versions: { node, ...(electron ? { electron } : {}) },
    startedAt,
    ok: steps.every((s) => s.ok),
    steps,
  };
  writeFileSync(file, `${JSON.stringify(result, null, 2)}\n`);
  return result;
}

type Handlers = WindowSession['handlers'];

async function scanAll(folder: string, handlers: Handlers, items: Map<string, string>): Promise<boolean> {
  const media = JSON.parse(readFileSync(MEDIA, 'utf8')) as Record<string, string>;
  const paths = Object.entries(media).map(([name, data]) => {
    const file = path.join(folder, name);
    if (!existsSync(file)) writeFileSync(file, Buffer.from(data, 'base64'));
    return file;
  });
  const source = { from: 'paths' as const, paths };
  await handlers['scan.start']({ source, keep: 'copy', role: 'questioned', depth: 'quick' });
  for (;;) {
    const { work } = await handlers['session.state']({});
    if (work.phase !== 'working') break;
    await new Promise((resolve) => setTimeout(resolve, LOOK_EVERY_MS));
  }
  const page = await handlers['items.page']({
    ...{ offset: 0, limit: 10, sort: 'received', descending: false, filter: {}, group: 'none' },
  });
  for (const row of page.rows) items.set(row.name, row.sha256);
  return items.size === paths.length;
}

async function faces(handlers: Handlers, items: ReadonlyMap<string, string>): Promise<number> {
  const answer = await handlers['item.answer']({ item: items.get('picture.png')! });
  return answer.examination?.crops.length ?? 0;
}

function quietHost(folder: string): Omit<WindowHost, 'startEngine' | 'startViewer'> {
  return {
    kind: 'electron',
    dataRoot: path.join(folder, 'data'),
    cwd: folder,
    capabilities: ['paths'],
    secret: {},
    locate: (source) => ({
      inputs: source.from === 'paths' ? source.paths : [],
      receivedAs: null,
      release: async () => {},
    }),
    emit: () => {},
    save: async () => ({ file: null, download: null, value: null }),
    end: () => {},
  };
}
