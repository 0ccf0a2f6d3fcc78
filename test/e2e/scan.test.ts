import { readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { scanJsonSchema } from '../../main/cli/commands/schema.ts';
import { sentences } from '../../main/strings/index.ts';
import { FOLDER, makeFolder } from '../fixtures/folder.ts';
import { temporaryFolder } from '../fixtures/media.ts';
import { type CliResult, cli, itemNamed, linesOf, outcomesOf, scanLines } from './cli.ts';

const work = temporaryFolder();
const data = path.join(work, 'data');
const media = path.join(work, 'media');
let result: CliResult;
let lines: ReturnType<typeof scanLines>;

beforeAll(async () => {
  await makeFolder(media);
  result = await cli(['scan', '--json', '--data', data, media]);
  lines = scanLines(result.out);
});

test('the published schema is that of the contract', () => {
  const published = readFileSync(path.join(import.meta.dirname, '../../main/contract/scan-line.schema.json'), 'utf8');
  expect(published).toBe(scanJsonSchema());
});

test('begins with the run, ends with the summary, and some failed items make exit code 3', () => {
  expect(lines[0]).toMatchObject({ type: 'run', schema: 1 });
  const items = linesOf(lines, 'item');
  const failed = items.filter((line) => line.error).length;
  expect(lines.at(-1)).toEqual({ type: 'summary', items: items.length, examined: items.length - failed, failed });
  expect(items).toHaveLength(10);
  expect(result.code).toBe(3);
  expect(result.err).toBe('');
});

test('faces and seconds of speech were found', () => {
  const subjects = (name: string, analyzer: string) =>
    outcomesOf(lines, name)
      .filter((o) => o.analyzer === analyzer)
      .map((o) => o.subject);
  expect(subjects(FOLDER.portrait, 'synthetic-face')).toEqual(['face-track:1']);
  expect(subjects(FOLDER.pair, 'synthetic-face')).toEqual(['face-track:1', 'face-track:2']);
  expect(subjects(FOLDER.dialogue, 'synthetic-voice')).toContain('speaker:1');
});

test('the type is that of the content, and a disagreeing name is a fact', () => {
  expect(itemNamed(lines, FOLDER.duplicate).item.mediaType).toBe('image/png');
  const facts = outcomesOf(lines, FOLDER.mislabelled).flatMap((o) => o.facts);
  expect(facts.map((f) => f.id)).toContain('integrity.typeMismatch');
});

test('the same bytes are one item with two sightings, its outcomes told once', () => {
  const first = itemNamed(lines, FOLDER.portrait).item;
  expect(itemNamed(lines, FOLDER.duplicate).item.sha256).toBe(first.sha256);
  const own = linesOf(lines, 'outcome').filter((o) => o.item.sha256 === first.sha256);
  expect(new Set(own.map((o) => `${o.analyzer} ${o.subject} ${o.reference}`)).size).toBe(own.length);
});

test('each bad file has its own error and the others went on', () => {
  const errorOf = (name: string) => itemNamed(lines, name).error?.code ?? null;
  expect(errorOf(FOLDER.empty)).toBe('FILE_EMPTY');
  expect(itemNamed(lines, FOLDER.empty).item.sha256).toBeNull();
  expect(['MEDIA_TRUNCATED', 'MEDIA_CORRUPT']).toContain(errorOf(FOLDER.truncated));
  expect(errorOf(FOLDER.text)).toBe('FORMAT_UNKNOWN');
  expect(errorOf('sub/loop')).toBe('FOLDER_LOOP');
  expect([FOLDER.portrait, FOLDER.pair, FOLDER.dialogue, FOLDER.tone].map(errorOf)).toEqual([null, null, null, null]);
});

test('every place and count that an analyzer says it looked at has words', () => {
  const codes = linesOf(lines, 'outcome').flatMap(({ examined }) => examined.map((one) => one.split(':')[0]!));
  expect(codes.length).toBeGreaterThan(20);
  expect([...new Set(codes)].filter((code) => !sentences.has(`examined.${code}`))).toEqual([]);
});

test('not applicable and not run never look alike: a tone has no speech, a picture no sound', () => {
  const status = (name: string) => outcomesOf(lines, name).find((o) => o.analyzer === 'synthetic-voice')!;
  expect(status(FOLDER.portrait)).toMatchObject({ status: 'notApplicable', reason: { code: 'no-sound' } });
  expect(status(FOLDER.tone)).toMatchObject({ status: 'notApplicable', reason: { code: 'no-speech' } });
  expect(status(FOLDER.truncated)).toMatchObject({ status: 'notRun', reason: { code: 'need-failed' } });
});

test('no finding carries a figure without a calibration, and every question is answered for a portrait', () => {
  const { sha256 } = itemNamed(lines, FOLDER.portrait).item;
  const findings = linesOf(lines, 'finding').filter((f) => f.item.sha256 === sha256);
  expect(new Set(findings.map((f) => f.question))).toEqual(new Set(['origin', 'synthesis', 'likeness']));
  for (const { llr, band } of findings) expect(band === null).toBe(llr === null);
});

test('nothing of the evidence lies readable in the case, and its folder is the owner’s alone', async () => {
  const folder = path.join(data, 'cases/default');
  expect(statSync(folder).mode & 0o777).toBe(0o700);
  const listed = await cli(['case', 'show', '--data', data, '--json']);
  expect(listed.code).toBe(0);
  const database = readFileSync(path.join(folder, 'case.db')).toString('latin1');
  expect(database).not.toContain('portrait.png');
  expect(database).not.toContain('same-as-portrait');
});

test('in words, in both languages, hostile names are shown as escapes', async () => {
  const { writeFileSync } = await import('node:fs');
  const odd = path.join(media, 'a\n\u202egpj.wav');
  writeFileSync(odd, readFileSync(path.join(media, FOLDER.tone)));
  const zh = await cli(['scan', '--lang', 'zh', '--data', data, '--case', 'words', odd]);
  expect(zh.out).toContain('a\\u{a}\\u{202e}gpj.wav');
  expect(zh.out).toContain('从哪里来');
  const en = await cli(['scan', '--lang', 'en', '--data', data, '--case', 'words', odd]);
  expect(en.out).toContain('Where does it come from');
  expect(`${zh.out}${en.out}`).not.toMatch(/\[(reason|error|finding|cli|question|status|band)\./);
});

test('bad usage is exit code 2, and relative paths begin where the user stands', async () => {
  expect((await cli(['scan'])).code).toBe(2);
  const help = await cli(['scan', '--help', '--lang', 'zh']);
  expect(help.out).toContain('用法：');
  expect(help.out).not.toMatch(/Usage|Options:|display help/);
  expect((await cli(['scan', '--vault', 'nowhere', 'x'])).code).toBe(2);
  const relative = await cli(['scan', '--json', '--data', data, '--case', 'relative', FOLDER.tone], {}, media);
  expect(relative.code).toBe(0);
  expect(itemNamed(scanLines(relative.out), FOLDER.tone).item.path).toBe(path.join(media, FOLDER.tone));
});
