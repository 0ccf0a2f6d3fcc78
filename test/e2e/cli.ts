/** Runs the real command line against the real engine, as a user would. */
import { type ChildProcess, spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { type ScanLine, scanLineSchema } from '../../main/contract/scan-lines.ts';

const root = path.resolve(import.meta.dirname, '../..');

export interface CliResult {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

const ENTRY = path.join(root, 'main/cli/index.ts');

export function startCli(
  args: readonly string[],
  env: Record<string, string | undefined> = {},
  cwd = root,
): ChildProcess {
  return spawn(process.execPath, [ENTRY, ...args], {
    cwd,
    env: { ...process.env, INIT_CWD: cwd, LC_ALL: 'C.UTF-8', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
}

export async function cli(
  args: readonly string[],
  env: Record<string, string | undefined> = {},
  cwd = root,
): Promise<CliResult> {
  const child = startCli(args, env, cwd);
  let out = '';
  let err = '';
  child.stdout!.setEncoding('utf8').on('data', (text: string) => {
    out += text;
  });
  child.stderr!.setEncoding('utf8').on('data', (text: string) => {
    err += text;
  });
  const code = await new Promise<number | null>((resolve) => child.once('close', resolve));
  return { code, out, err };
}

const published = new Ajv2020({ strict: false, validateFormats: false }).compile(
  JSON.parse(readFileSync(path.join(root, 'main/contract/scan-line.schema.json'), 'utf8')),
);

/** The lines of a JSON run, each held against the published schema and the contract. */
export function scanLines(out: string): ScanLine[] {
  return out
    .trim()
    .split('\n')
    .map((line) => {
      const value: unknown = JSON.parse(line);
      if (!published(value))
        throw new Error(`not in the published schema: ${line}\n${JSON.stringify(published.errors)}`);
      return scanLineSchema.parse(value);
    });
}

export type LineOf<T extends ScanLine['type']> = Extract<ScanLine, { type: T }>;

export function linesOf<T extends ScanLine['type']>(lines: readonly ScanLine[], type: T): LineOf<T>[] {
  return lines.filter((line): line is LineOf<T> => line.type === type);
}

/** The item line whose path ends so. */
export function itemNamed(lines: readonly ScanLine[], name: string): LineOf<'item'> {
  const found = linesOf(lines, 'item').find((line) => line.item.path.endsWith(name));
  if (!found) throw new Error(`no item line for ${name}`);
  return found;
}

/** Outcomes of the item whose path ends so. */
export function outcomesOf(lines: readonly ScanLine[], name: string): LineOf<'outcome'>[] {
  const { sha256 } = itemNamed(lines, name).item;
  return linesOf(lines, 'outcome').filter((line) => line.item.sha256 === sha256);
}
