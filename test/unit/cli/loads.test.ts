import { spawnSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import path from 'node:path';

const COMMANDS = path.resolve('main/cli/commands');

/** They decode in their own process, or read what the analyzers of provenance have to say. */
const DECODING = ['provenance.ts', 'redact.ts'];

test('a command that decodes nothing loads neither the decoder of pictures nor the runtime of the models', () => {
  const files = readdirSync(COMMANDS).filter((file) => !DECODING.includes(file));
  const script = `
    for (const file of ${JSON.stringify(files)}) await import(${JSON.stringify(`${COMMANDS}/`)} + file);
    process.report.excludeNetwork = true;
    process.stdout.write(JSON.stringify(process.report.getReport().sharedObjects));
  `;
  const { stdout, stderr } = spawnSync(process.execPath, ['--input-type=module', '-e', script], { encoding: 'utf8' });
  expect(stderr).toBe('');
  const loaded = (JSON.parse(stdout) as string[]).map((file) => path.basename(file));
  expect(loaded.length).toBeGreaterThan(0);
  expect(loaded.filter((name) => /sharp|vips|onnxruntime/.test(name))).toEqual([]);
});
