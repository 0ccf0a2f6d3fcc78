/**
 * `npm start`: opens the window in Electron. Where its binary is not here and cannot be fetched, one line says so and the same window
 * opens in the browser of this machine.
 */
import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { languageOf, say } from '../main/strings/index.ts';

const root = path.resolve(import.meta.dirname, '..');

/** Fetching takes a minute on a slow line; a network that answers nothing is given up. Milliseconds. */
const FETCH_LIMIT_MS = 180_000;

/** Electron's program in the checkout, after its own installer has had a try; null where it cannot be had. */
export function findElectron(
  folder: string = path.join(root, 'node_modules/electron'),
  install: (folder: string) => void = installElectron,
): string | null {
  const known = installed(folder);
  if (known) return known;
  install(folder);
  return installed(folder);
}

function installed(folder: string): string | null {
  const named = path.join(folder, 'path.txt');
  const override = process.env.ELECTRON_OVERRIDE_DIST_PATH;
  const name = existsSync(named) ? readFileSync(named, 'utf8').trim() : 'electron';
  const program = override ? path.join(override, name) : path.join(folder, 'dist', name);
  return (override || existsSync(named)) && existsSync(program) ? program : null;
}

/** The installer checks the binary against the digests that came in the npm package. */
function installElectron(folder: string): void {
  spawnSync(process.execPath, [path.join(folder, 'install.js')], { stdio: 'ignore', timeout: FETCH_LIMIT_MS });
}

/** `rest`: options of the user, handed on. */
export function start(electron: string | null, rest: readonly string[]): ChildProcess {
  const command = electron
    ? [electron, path.join(root, 'dist/app'), ...rest]
    : [process.execPath, path.join(root, 'main/loopback/index.ts'), ...rest];
  return spawn(command[0]!, command.slice(1), { stdio: 'inherit' });
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const electron = findElectron();
  if (!electron) {
    const language = languageOf(process.env.LC_ALL ?? process.env.LC_MESSAGES ?? process.env.LANG);
    process.stderr.write(`${say(language, 'window.host.no-electron')}\n`);
  }
  const child = start(electron, process.argv.slice(2));
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => child.kill(signal));
  child.once('exit', (code) => process.exit(code ?? 1));
}
