import { existsSync } from 'node:fs';
import path from 'node:path';

/** Root of the material beside the project; many machines do not have it. */
export const sharedRoot = path.resolve(import.meta.dirname, '../../shared');

/**
 * `test` where every named path below ../shared exists, otherwise `test.skip` with the missing path in the title,
 * so that a report never counts an absent fixture as passed.
 */
export function testWithShared(paths: readonly string[], name: string, run: () => Promise<void>): void {
  const missing = paths.find((p) => !existsSync(path.join(sharedRoot, p)));
  if (missing === undefined) test(name, run);
  else test.skip(`${name} (needs ../shared/${missing})`, run);
}
