/** Reads a CSV table with a header line (RFC 4180 quoting) as records. */
import { readFile } from 'node:fs/promises';

export async function readTable(file: string): Promise<Record<string, string>[]> {
  const rows = parse((await readFile(file, 'utf8')).replace(/\r\n/g, '\n'));
  const [head, ...body] = rows;
  return body.filter((r) => r.length === head!.length).map((r) => Object.fromEntries(head!.map((h, i) => [h, r[i]!])));
}

function parse(text: string): string[][] {
  const rows: string[][] = [];
  let row: string[] = [];
  for (const [, quoted, plain, end] of text.matchAll(/(?:"((?:[^"]|"")*)"|([^",\n]*))(,|\n|$)/g)) {
    row.push(quoted === undefined ? plain! : quoted.replaceAll('""', '"'));
    if (end === ',') continue;
    rows.push(row);
    row = [];
  }
  return rows;
}
