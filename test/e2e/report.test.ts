import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { reportSchema } from '../../main/report/record.ts';
import { HEADS, scene } from '../fixtures/heads.ts';
import { temporaryFolder } from '../fixtures/media.ts';
import { cli } from './cli.ts';

const work = temporaryFolder();
const data = path.join(work, 'data');
const at = (...names: string[]) => path.join(work, ...names);
const sha256 = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex');
const last = (out: string) => JSON.parse(out.trim().split('\n').at(-1)!);

test('a case is reported in both languages: one JSON, whose digest every document prints, and the log remembers', async () => {
  writeFileSync(at('<b>face.png'), await scene(640, 480, [{ who: HEADS[0]!, x: 180, y: 60, size: 300 }]));
  writeFileSync(at('note.txt'), 'not a picture');
  await cli(['scan', at('<b>face.png'), at('note.txt'), '--data', data]);
  const made = await cli(['report', '--data', data, '--lang', 'both', '--out', at('r'), '--json']);
  expect(made.code).toBe(0);
  const { files, sha256: digest, mismatches } = last(made.out);
  expect(mismatches).toBe(0);
  expect(readdirSync(at('r')).sort()).toEqual(
    ['report.en.html', 'report.en.pdf', 'report.json', 'report.zh.html', 'report.zh.pdf'].sort(),
  );
  expect(files.map((file: string) => path.dirname(file))).toEqual(Array(5).fill(at('r')));
  const json = readFileSync(at('r', 'report.json'));
  expect(sha256(json)).toBe(digest);
  const record = reportSchema.parse(JSON.parse(json.toString()));
  expect(record.items.map(({ name, integrity }) => [name, integrity.state])).toEqual([
    ['<b>face.png', 'copy'],
    ['note.txt', 'copy'],
  ]);
  expect(record.log.at(-1)!.hash).toBe(record.custody.hash);
  for (const language of ['zh', 'en']) {
    const html = readFileSync(at('r', `report.${language}.html`), 'utf8');
    expect(html).toContain(digest);
    expect(html).toContain('&lt;b&gt;face.png');
    expect(html).not.toContain('<b>');
  }
  const log = await cli(['case', 'show', '--data', data, '--json']);
  expect(log.out).toContain(record.custody.hash === '' ? 'x' : 'custodyVerified');
  const again = await cli(['report', '--data', data, '--lang', 'both', '--out', at('r')]);
  expect(again.err).toContain('ARCHIVE_EXISTS');
});

test('an original that was kept by path alone and has changed since is the first thing the report says', async () => {
  writeFileSync(at('kept.png'), await scene(320, 240, []));
  await cli(['scan', '--quick', '--vault', 'reference', at('kept.png'), '--data', data, '--case', 'changed']);
  writeFileSync(at('kept.png'), 'something else');
  const made = await cli(['report', 'changed', '--data', data, '--lang', 'en', '--out', at('c'), '--json']);
  expect(last(made.out).mismatches).toBe(1);
  const html = readFileSync(at('c', 'report.en.html'), 'utf8');
  const body = html.slice(html.indexOf('<main>'));
  expect(body.indexOf('Read this first')).toBeGreaterThan(0);
  expect(body.indexOf('Read this first')).toBeLessThan(body.indexOf('Case number'));
  expect(body).toContain('the original has changed');
});
