import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';

/** The browser without a window of its own where it is installed: a page takes half of the processor's time that the whole one takes. */
export const CHROMIUM =
  process.env.CHROMIUM ??
  ['/usr/bin/chromium-headless-shell', '/usr/bin/chromium'].find((program) => existsSync(program)) ??
  '/usr/bin/chromium';

/** `test` where every named program is on this machine, otherwise `test.skip` with the missing one in the title. */
export function testWithTools(tools: readonly string[], name: string, run: () => Promise<void>): void {
  const missing = tools.find((tool) => spawnSync(tool, ['--version']).error);
  if (missing === undefined) test(name, run);
  else test.skip(`${name} (needs ${missing})`, run);
}

/** Runs a program to its end; what it prints is joined. */
export function runTool(
  tool: string,
  args: readonly string[],
): { readonly code: number | null; readonly text: string } {
  const { status, stdout, stderr } = spawnSync(tool, args, { encoding: 'utf8' });
  return { code: status, text: `${stdout}${stderr}` };
}
