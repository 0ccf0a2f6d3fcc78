/** The hostile files: an answer or a refusal from every analyzer within 5 s and 512 MB each, and the next file is read as if nothing had been. */
import { existsSync, readdirSync } from 'node:fs';
import path from 'node:path';
import type { Outcome } from '../../main/contract/outcome.ts';
import { FileSource } from '../../main/media/source.ts';
import { C2paReader, createProvenanceAnalyzers } from '../../main/provenance/index.ts';
import { sharedRoot, testWithShared } from '../shared.ts';
import { outcomesOf } from '../unit/provenance/examine.ts';

const FOLDER = 'data/provenance/hostile';
const folder = path.join(sharedRoot, FOLDER);
const reader = new C2paReader();
const analyzers = createProvenanceAnalyzers({ reader });

afterAll(() => reader[Symbol.dispose]());

testWithShared([FOLDER], 'every hostile file gets an answer in time and in memory', async () => {
  const names = readdirSync(folder);
  expect(names.length).toBeGreaterThanOrEqual(32);
  await reader.warm();
  for (const name of names) {
    const before = process.memoryUsage.rss();
    const started = performance.now();
    const outcomes = await examine(name);
    expect(outcomes.length).toBeGreaterThanOrEqual(5);
    expect(`${name} ${performance.now() - started < 5000}`).toBe(`${name} true`);
    expect(`${name} ${process.memoryUsage.rss() - before < 512 * 1024 * 1024}`).toBe(`${name} true`);
  }
  expect(({} as Record<string, unknown>).polluted).toBeUndefined();
});

testWithShared([FOLDER], 'document types are refused, bombs and depths are told', async () => {
  const problems = async (name: string) =>
    (await examine(name))
      .flatMap((o) => o.facts)
      .filter((f) => f.id === 'metadata.problem' || f.id === 'integrity.problem')
      .map((f) => f.value);
  expect(await problems('h_xmp_billion_laughs.jpg')).toContain('xmp-doctype');
  expect(await problems('h_xmp_xxe.jpg')).toContain('xmp-doctype');
  expect(await problems('h_xmp_deep_9000.jpg')).toContain('xmp-too-deep');
  expect(await problems('h_ztxt_bomb_256MiB.png')).toContain('bomb');
  expect(await problems('h_itxt_xmp_bomb_256MiB.png')).toContain('bomb');
  expect(await problems('nested_moov_1000.mp4')).toContain('limit-depth');
});

async function examine(name: string): Promise<Outcome[]> {
  if (!existsSync(path.join(folder, name))) throw new Error(`${name} is missing`);
  const source = await FileSource.open(path.join(folder, name));
  try {
    return await outcomesOf(analyzers, source);
  } finally {
    await source[Symbol.asyncDispose]();
  }
}
