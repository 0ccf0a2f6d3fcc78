import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { HEADS, scene } from '../fixtures/heads.ts';
import { temporaryFolder } from '../fixtures/media.ts';
import { cli, linesOf, scanLines } from './cli.ts';

const work = temporaryFolder();
const data = path.join(work, 'data');
const at = (name: string) => path.join(work, name);
const speech = path.resolve(import.meta.dirname, '../fixtures/speech');
const terms = ['--basis', 'consent', '--purpose', 'test', '--retain-until', '2099-01-01', '--data', data];

beforeAll(async () => {
  const head = (n: number, size: number, yaw = 0) =>
    scene(420, 420, [{ who: HEADS[n]!, x: 20, y: 20, size, pose: { yaw } }], n + 1);
  writeFileSync(at('a1.png'), await head(0, 380));
  writeFileSync(at('a2.png'), await head(0, 340, 8));
  writeFileSync(at('a3.png'), await head(0, 360, -8));
  writeFileSync(at('tiny.png'), await scene(420, 420, [{ who: HEADS[0]!, x: 200, y: 200, size: 60 }]));
  writeFileSync(
    at('questioned.png'),
    await scene(900, 480, [
      { who: HEADS[0]!, x: 40, y: 60, size: 360, pose: { yaw: 4 } },
      { who: HEADS[3]!, x: 480, y: 60, size: 360 },
    ]),
  );
});

/** What a case keeps: a sample that was refused is no part of it. */
async function itemsOfCase(name = 'default'): Promise<number> {
  const { out } = await cli(['case', 'show', name, '--json', '--data', data]);
  return out.split('\n').filter((line) => line.startsWith('{"type":"item"')).length;
}

test('a person is made of photos and recordings; what cannot serve is told with its reason', async () => {
  const added = await cli([
    'reference',
    'add',
    '--name',
    '甲',
    ...terms,
    '--json',
    at('a1.png'),
    at('a2.png'),
    at('a3.png'),
    at('tiny.png'),
    path.join(speech, 'zh-low.opus'),
  ]);
  expect(added.err).toBe('');
  expect(added.code).toBe(0);
  const samples = added.out
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Record<string, unknown>);
  expect(
    samples.map((s) => [path.basename(String(s.path)), s.accepted, s.kind ?? (s.reason as { code: string }).code]),
  ).toEqual([
    ['a1.png', true, 'face'],
    ['a2.png', true, 'face'],
    ['a3.png', true, 'face'],
    ['tiny.png', false, 'face-too-small'],
    ['zh-low.opus', true, 'voice'],
  ]);
  const listed = await cli(['reference', 'list', '--json', '--data', data]);
  expect(JSON.parse(listed.out)).toMatchObject({ name: '甲', basis: 'consent', faces: 3, voices: 1 });
  expect(await itemsOfCase()).toBe(4);
  const shown = await cli(['case', 'show', '--lang', 'en', '--data', data]);
  expect(shown.out.match(/not examined, so not determined/g)).toHaveLength(4);
});

test('a scan compares every face and voice with the person, and says how often strangers are as alike', async () => {
  const { out } = await cli([
    'scan',
    '--json',
    '--data',
    data,
    at('questioned.png'),
    path.join(speech, 'zh-low.opus'),
    path.join(speech, 'en-high.opus'),
  ]);
  const lines = scanLines(out);
  const faces = linesOf(lines, 'outcome').filter((o) => o.analyzer === 'face-likeness' && o.status === 'evidence');
  expect(faces.map((o) => [o.subject, o.reference])).toEqual([
    ['face-track:1', '甲'],
    ['face-track:2', '甲'],
  ]);
  expect(faces[0]!.rawScore!).toBeGreaterThan(faces[1]!.rawScore!);
  const ids = faces[0]!.facts.map((f) => f.id);
  expect(ids).toEqual(
    expect.arrayContaining(['likeness.similarity', 'likeness.falseMatchRate', 'likeness.population']),
  );
  const voices = linesOf(lines, 'outcome').filter((o) => o.analyzer === 'voice-likeness' && o.status === 'evidence');
  expect(voices.map((o) => o.reference)).toEqual(['甲', '甲']);
  expect(voices[0]!.rawScore!).toBeGreaterThan(voices[1]!.rawScore!);
  const likeness = linesOf(lines, 'finding').filter((f) => f.question === 'likeness' && f.reference !== null);
  expect(likeness.length).toBeGreaterThanOrEqual(4);
  for (const finding of likeness) {
    expect(finding.llr).toBeNull();
    expect(finding.against.map((r) => r.code)).toContain('likeness.imitation-resembles');
  }
});

test('nobody is made without one usable sample, nor twice', async () => {
  const none = await cli(['reference', 'add', '--name', '乙', ...terms, '--case', 'refused', at('tiny.png')]);
  expect(none.code).toBe(3);
  expect(none.err).toContain('REFERENCE_NO_USABLE_SAMPLE');
  expect(none.out).toMatch(/tiny\.png.+64/);
  expect(await itemsOfCase('refused')).toBe(0);
  const twice = await cli(['reference', 'add', '--name', '甲', ...terms, at('a1.png')]);
  expect(twice.err).toContain('REFERENCE_EXISTS');
  const undated = await cli([
    'reference',
    'add',
    '--name',
    '丙',
    '--basis',
    'own',
    '--purpose',
    'x',
    '--retain-until',
    '2099-02-30',
    '--data',
    data,
    at('a1.png'),
  ]);
  expect(undated.code).toBe(2);
});

test('an enrolled person gets further samples on the terms that were stated, and no others', async () => {
  const own = ['--data', data, '--case', 'further', '--lang', 'en'];
  const add = (...words: string[]) => cli(['reference', 'add', ...words, ...own]);
  const stated = ['--basis', 'consent', '--purpose', 'test', '--retain-until', '2099-01-01'];
  expect((await add('--to', '甲', at('a1.png'))).err).toContain('CASE_NOT_FOUND');
  await add('--name', '甲', ...stated, at('a1.png'), at('a2.png'));
  const again = await add('--name', '甲', ...stated, at('a3.png'));
  expect(again).toMatchObject({ code: 2, err: expect.stringContaining('reference add --to') });
  expect((await add('--to', '乙', at('a3.png'))).err).toContain('REFERENCE_NOT_FOUND');
  for (const [option, value] of [
    ['--retain-until', '2099-12-31'],
    ['--basis', 'own'],
    ['--purpose', 'another'],
    ['--role', 'face-donor'],
  ] as const) {
    const { code, out, err } = await add('--to', '甲', option, value, at('a3.png'));
    expect({ code, out }).toEqual({ code: 2, out: '' });
    expect(err).toMatch(
      new RegExp(`${option} (2099-01-01|consent|test|named) was stated.+\\[REFERENCE_STATED_OTHERWISE\\]`),
    );
  }
  const added = await add('--to', '甲', ...stated, at('a3.png'), at('a1.png'));
  expect(added).toMatchObject({ code: 0, err: '' });
  expect(added.out.trim().split('\n')).toEqual([
    'usable: a3.png',
    'not used: a1.png: this person has this sample already',
    'Added to “甲”: face samples 1, voice samples 0. Still retained until 2099-01-01.',
  ]);
  expect(await itemsOfCase('further')).toBe(3);
});

test('samples are listed with number, file and quality, and one of them is taken out by either', async () => {
  const own = ['--data', data, '--case', 'further', '--lang', 'en'];
  const remove = (sample: string) => cli(['reference', 'remove', '甲', '--sample', sample, ...own]);
  const list = async () => (await cli(['reference', 'list', ...own])).out.trim().split('\n');
  const listed = await list();
  expect(listed.slice(1).map((line) => line.trim().split('  ').slice(0, 3))).toEqual([
    ['1', 'face', 'a1.png'],
    ['2', 'face', 'a2.png'],
    ['3', 'face', 'a3.png'],
  ]);
  expect(listed[1]).toMatch(/shorter side of the face \d+ px, sharpness \d/);
  const { samples } = JSON.parse((await cli(['reference', 'list', '--json', ...own])).out);
  expect(samples[1]).toMatchObject({ id: 2, kind: 'face', file: 'a2.png', accepted: true, apart: null });
  expect(samples[1].quality.sizePx).toBeGreaterThan(100);
  expect(await remove('9')).toMatchObject({ code: 2, err: expect.stringContaining('REFERENCE_SAMPLE_NOT_FOUND') });
  expect((await remove('2')).out).toMatch(
    /^Removed sample 2 \(a2\.png\) of “甲”; it is erased \(custody entry \d+\)\.\n$/,
  );
  expect(await remove('2')).toMatchObject({ code: 2, out: '' });
  expect(await remove(at('a3.png'))).toMatchObject({ code: 0, err: '' });
  expect(await remove('a1.png')).toMatchObject({ code: 2, err: expect.stringContaining('REFERENCE_LAST_SAMPLE') });
  expect((await list())[0]).toContain('face samples 1');
  expect(await itemsOfCase('further')).toBe(1);
});

test('an answer from before the samples changed says so, until the item is examined with those of now', async () => {
  const own = ['--data', data, '--case', 'further'];
  const compared = async (...words: string[]) => {
    const lines = scanLines((await cli([...words, '--json', ...own])).out);
    return linesOf(lines, 'outcome').flatMap(({ analyzer, examined }) =>
      analyzer === 'face-likeness' ? examined : [],
    );
  };
  const told = async () => {
    const { out } = await cli(['case', 'show', '--json', ...own, '--lang', 'en']);
    return out.split('likeness.samples-changed').length - 1;
  };
  expect(await compared('scan', '--quick', at('questioned.png'))).toContain('samples:1');
  expect(await told()).toBe(0);
  const added = await cli(['reference', 'add', '--to', '甲', '--lang', 'en', ...own, at('a2.png')]);
  expect(added.out).toMatch(
    /Items examined before that hold a face or a voice to compare: 1\. .+ run: renew further\n$/,
  );
  expect(await told()).toBe(2);
  expect(await compared('renew')).toContain('samples:2');
  expect(await told()).toBe(0);
  const spoken = await cli([
    'reference',
    'add',
    '--to',
    '甲',
    '--lang',
    'en',
    ...own,
    path.join(speech, 'zh-low.opus'),
  ]);
  expect(spoken.out).toMatch(/Added to “甲”: face samples 0, voice samples 1\. .+2099-01-01\.\n$/);
  expect(await told()).toBe(0);
});

test('past the retention date samples are not compared; a removed person is gone', async () => {
  const past = ['--basis', 'own', '--purpose', 'test', '--retain-until', '2020-01-01', '--data', data, '--case', 'old'];
  await cli(['reference', 'add', '--name', '甲', ...past, at('a1.png')]);
  const lines = scanLines((await cli(['scan', '--json', '--data', data, '--case', 'old', at('questioned.png')])).out);
  const outcomes = linesOf(lines, 'outcome').filter((o) => o.analyzer === 'face-likeness');
  expect(outcomes).toMatchObject([{ status: 'notApplicable', reason: { code: 'no-reference' } }]);
  expect((await cli(['reference', 'remove', '甲', '--data', data])).code).toBe(0);
  expect((await cli(['reference', 'list', '--lang', 'en', '--data', data])).out).toContain('No person is enrolled');
});
