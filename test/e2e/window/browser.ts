/**
 * The built window in a real Chromium against the real host and engine. Any error of the page, and any request to another host,
 * fails the test that caused it. Screenshots stay under dist/screenshots as a build artefact.
 */
import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { type Browser, chromium, type Page } from 'playwright-core';
import type { RequestInput, RequestName, RequestOutput, Response } from '../../../main/contract/ipc.ts';
import { temporaryFolder } from '../../fixtures/media.ts';
import { CHROMIUM } from '../../tools.ts';

const root = path.resolve(import.meta.dirname, '../../..');
const SCREENSHOTS = path.join(root, 'dist/screenshots');
/** Pixels of a picture for one of the page: 2 for print. */
const SCALE = Number(process.env.SCREENSHOT_SCALE ?? 1);
const RENDERER = path.join(root, 'dist/renderer');

/** The longest wait for anything on the page: its engine works beside other tests. */
const SLOWEST_MS = 300_000;

/** Without these Chromium looks up hosts of its own at every start. */
const FLAGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/** Tests that need a browser, skipped by name where there is none. */
export function testInBrowser(name: string, run: () => Promise<void>): void {
  if (existsSync(CHROMIUM)) test(name, run);
  else test.skip(`${name} (needs ${CHROMIUM})`, run);
}

/** Builds the renderer once a run: the test that comes first does it, the others wait for nothing. */
export function buildRenderer(): void {
  const built = path.join(RENDERER, 'index.html');
  if (
    existsSync(built) &&
    statSync(built).mtimeMs > newest(path.join(root, 'renderer')) &&
    statSync(built).mtimeMs > newest(path.join(root, 'main/strings'))
  )
    return;
  execFileSync(
    process.execPath,
    [
      path.join(root, 'node_modules/vite/bin/vite.js'),
      'build',
      '--config',
      'renderer/vite.config.ts',
      '--logLevel',
      'error',
    ],
    // Under jest's own NODE_ENV the page would be built with React as for its developers.
    { cwd: root, env: { ...process.env, NODE_ENV: 'production' } },
  );
}

function newest(folder: string): number {
  const files = execFileSync('find', [folder, '-type', 'f', '-printf', '%T@\n'], { encoding: 'utf8' });
  return 1000 * Math.max(...files.trim().split('\n').map(Number));
}

/** Ended whatever becomes of a test: a host left behind keeps the run from ending. */
const running = new Set<Host>();

export async function endHosts(): Promise<void> {
  await Promise.all([...running].map((host) => host.end()));
}

/** A host in a process of its own, so that it can be killed as a machine would be switched off. */
export class Host {
  readonly child: ChildProcess;
  readonly url: string;

  private constructor(child: ChildProcess, url: string) {
    this.child = child;
    this.url = url;
  }

  /** With its data in the folder given, or, under `home`, where a user's would lie. */
  static async start(place: string | { readonly home: string }): Promise<Host> {
    const data = typeof place === 'string' ? ['--data', place] : [];
    const env = typeof place === 'string' ? process.env : { ...process.env, XDG_DATA_HOME: place.home };
    const child = spawn(process.execPath, [path.join(root, 'main/loopback/index.ts'), '--no-open', ...data], {
      stdio: ['ignore', 'pipe', 'ignore'],
      env,
    });
    const url = await new Promise<string>((resolve, reject) => {
      child.stdout!.setEncoding('utf8').once('data', (text: string) => resolve(text.trim()));
      child.once('exit', (code) => reject(new Error(`the host ended with ${code}`)));
    });
    const host = new Host(child, url);
    running.add(host);
    return host;
  }

  async end(signal: NodeJS.Signals = 'SIGTERM'): Promise<void> {
    running.delete(this);
    if (this.child.exitCode !== null || this.child.signalCode !== null) return;
    const gone = new Promise((resolve) => this.child.once('exit', resolve));
    this.child.kill(signal);
    await gone;
  }
}

let browser: Browser | null = null;

export async function closeBrowser(): Promise<void> {
  await browser?.close();
  browser = null;
}

export interface WindowOptions {
  readonly language?: 'zh' | 'en';
  readonly scheme?: 'light' | 'dark';
  readonly reducedMotion?: boolean;
}

/** One page on one host. `faults` collects what must not happen. */
export class OpenWindow {
  readonly page: Page;
  readonly host: Host;
  readonly faults: string[] = [];

  private constructor(page: Page, host: Host) {
    this.page = page;
    this.host = host;
    page.on('pageerror', (error) => this.faults.push(`page error: ${error.message}`));
    page.on('console', (message) => {
      if (message.type() === 'error') this.faults.push(`console: ${message.text()}`);
    });
    page.on('request', (request) => {
      const { protocol, hostname } = new URL(request.url());
      if (protocol !== 'data:' && protocol !== 'blob:' && hostname !== '127.0.0.1')
        this.faults.push(`request to ${request.url()}`);
    });
  }

  static async open(
    host: Host,
    { language = 'zh', scheme = 'light', reducedMotion = true }: WindowOptions = {},
  ): Promise<OpenWindow> {
    browser ??= await chromium.launch({ executablePath: CHROMIUM, args: FLAGS });
    const context = await browser.newContext({
      viewport: { width: 1280, height: 800 },
      deviceScaleFactor: SCALE,
      locale: language === 'zh' ? 'zh-CN' : 'en-GB',
      colorScheme: scheme,
      reducedMotion: reducedMotion ? 'reduce' : 'no-preference',
    });
    context.setDefaultTimeout(SLOWEST_MS);
    const opened = new OpenWindow(await context.newPage(), host);
    await opened.page.goto(host.url);
    await opened.page.waitForSelector('h1');
    return opened;
  }

  button(name: string | RegExp) {
    return this.page.getByRole('button', { name, exact: typeof name === 'string' });
  }

  /** What the page's host answers to a request of the contract. */
  answer<N extends RequestName>(name: N, input: RequestInput<N>): Promise<Response> {
    return this.page.evaluate(
      async ([asked, body]) =>
        (
          await fetch(`/request/${asked}`, {
            method: 'POST',
            headers: { 'content-type': 'application/json' },
            body: JSON.stringify(body),
          })
        ).json(),
      [name, input] as const,
    );
  }

  async ask<N extends RequestName>(name: N, input: RequestInput<N>): Promise<RequestOutput<N>> {
    const given = await this.answer(name, input);
    if (!given.ok) throw new Error(given.fault.code);
    return given.value as RequestOutput<N>;
  }

  /** Waits until the work in hand is in one of the phases. */
  async until(...phases: string[]): Promise<RequestOutput<'session.state'>> {
    for (;;) {
      const state = await this.ask('session.state', {});
      if (phases.includes(state.work.phase)) return state;
      await new Promise((resolve) => setTimeout(resolve, 150));
    }
  }

  /** The way to a screen, in words. */
  async go(way: string): Promise<void> {
    const menu = this.page.locator('header button[aria-expanded="false"]');
    if (await menu.isVisible()) await menu.click();
    await this.page.getByRole('navigation').getByRole('button', { name: way, exact: true }).click();
  }

  async screenshot(name: string): Promise<void> {
    mkdirSync(SCREENSHOTS, { recursive: true });
    await this.page.screenshot({ path: path.join(SCREENSHOTS, `${name}.png`) });
  }

  /** What axe-core finds, as rule and element. Put in through the debugger: the page's policy would refuse a script. */
  async accessibilityFaults(): Promise<string[]> {
    if (!(await this.page.evaluate(() => 'axe' in window))) await this.page.evaluate(AXE);
    return this.page.evaluate(async () => {
      const { axe } = window as unknown as {
        axe: { run(options: object): Promise<{ violations: { id: string; nodes: { html: string }[] }[] }> };
      };
      const { violations } = await axe.run({ resultTypes: ['violations'] });
      return violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html.slice(0, 160)}`));
    });
  }

  async close(): Promise<void> {
    await this.page.context().close();
  }
}

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** A data folder of its own for one test. */
export function dataFolder(name: string): string {
  const folder = path.join(WORK, name);
  rmSync(folder, { recursive: true, force: true });
  return folder;
}

const WORK = temporaryFolder();
