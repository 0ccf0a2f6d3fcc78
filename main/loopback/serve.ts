/** What `npm run start:browser` does: serves the window on this machine, opens it or prints its address, and waits to be stopped. */
import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { Command } from 'commander';
import { defaultDataRoot } from '../cases/index.ts';
import { toErrorRecord } from '../contract/errors.ts';
import { Refusal } from '../contract/ipc.ts';
import { APP_ROOT } from '../jobs/installation.ts';
import { languageOf, say } from '../strings/index.ts';
import { startLoopbackHost } from './host.ts';

/** What starts the user's browser, by platform. */
const OPENERS: Readonly<Partial<Record<NodeJS.Platform, readonly string[]>>> = {
  darwin: ['open'],
  win32: ['rundll32', 'url.dll,FileProtocolHandler'],
};

/** So long the page has to get the answer to its wish to end. Milliseconds. */
const END_AFTER_MS = 300;

const language = languageOf(process.env.LC_ALL ?? process.env.LC_MESSAGES ?? process.env.LANG);
process.umask(0o077);

const { open, data, passphraseFile } = new Command('start:browser')
  .description(say(language, 'window.host.about'))
  .option('--no-open', say(language, 'window.host.no-open'))
  .option('--data <folder>', say(language, 'cli.option.data'))
  .option('--passphrase-file <file>', say(language, 'cli.option.passphrase-file'))
  .parse()
  .opts<{ open: boolean; data?: string; passphraseFile?: string }>();

/** npm changes into the project folder; paths resolve from where the user stands. */
const cwd = process.env.INIT_CWD ?? process.cwd();
const passphrase = passphraseFile
  ? readFileSync(path.resolve(cwd, passphraseFile), 'utf8').split(/\r?\n/, 1)[0]
  : process.env.JIANZHEN_PASSPHRASE;

try {
  let stopping = false;
  const stop = () => {
    if (stopping) process.exit(130);
    stopping = true;
    void host[Symbol.asyncDispose]().then(() => process.exit(0));
  };
  const host = await startLoopbackHost({
    dataRoot: data ? path.resolve(cwd, data) : defaultDataRoot(),
    cwd,
    secret: passphrase ? { passphrase } : {},
    rendererFolder: path.join(APP_ROOT, 'dist', 'renderer'),
    onEnd: () => setTimeout(stop, END_AFTER_MS),
  });
  process.stdout.write(`${host.url}\n`);
  if (open) openBrowser(host.url);
  process.stderr.write(`${open ? say(language, 'window.host.opened') : say(language, 'window.host.waiting')}\n`);
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, stop);
} catch (thrown) {
  if (thrown instanceof Refusal) process.stderr.write(`${say(language, 'window.host.not-built')}\n`);
  else {
    const { code, params } = toErrorRecord(thrown);
    process.stderr.write(`${say(language, `error.${code}`, params)} [${code}]\n`);
  }
  process.exitCode = 4;
}

/** The address was printed already: where no browser can be started, it is opened by hand. */
function openBrowser(url: string): void {
  const [command, ...args] = OPENERS[process.platform] ?? ['xdg-open'];
  const child = spawn(command!, [...args, url], { stdio: 'ignore', detached: true });
  child.on('error', () => {});
  child.unref();
}
