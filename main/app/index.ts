/** Entry of the desktop program. `--data FOLDER` chooses where the cases lie; `--self-test FILE` tests and ends. */
import { existsSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import * as electron from 'electron';
import { defaultDataRoot } from '../cases/index.ts';
import { startEngine, startViewer } from './processes.ts';
import { selfTest } from './self-test.ts';
import { startShell } from './shell.ts';

process.umask(0o077);

const { app } = electron;
const { values } = parseArgs({
  args: process.argv.slice(app.isPackaged ? 1 : 2),
  options: { data: { type: 'string' }, 'self-test': { type: 'string' } },
  strict: false,
});
const cwd = process.env.INIT_CWD ?? process.cwd();
findOwnFfmpeg();

const resultFile = values['self-test'];
// Nothing here waits at the top level: Electron is not ready before this module has been loaded to its end.
if (typeof resultFile === 'string') void app.whenReady().then(() => test(path.resolve(cwd, resultFile)));
else {
  const passphrase = process.env.JIANZHEN_PASSPHRASE;
  void startShell(electron, {
    dataRoot: typeof values.data === 'string' ? path.resolve(cwd, values.data) : defaultDataRoot(),
    cwd,
    secret: passphrase ? { passphrase } : {},
  });
}

async function test(file: string): Promise<void> {
  const { ok } = await selfTest(file, {
    startEngine: (settings) => startEngine(electron, settings),
    startViewer: (folder) => startViewer(electron, folder),
  });
  app.exit(ok ? 0 : 1);
}

/** The build that came with the program, where one did and the user named no other. */
function findOwnFfmpeg(): void {
  const own = path.join(process.resourcesPath, 'ffmpeg');
  const program = path.join(own, process.platform === 'win32' ? 'ffmpeg.exe' : 'ffmpeg');
  if (!process.env.FFMPEG_PATH && existsSync(program)) process.env.FFMPEG_PATH = own;
}
