import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { groupedSchema } from '../../main/contract/grouping.ts';
import { HEADS, scene } from '../fixtures/heads.ts';
import { temporaryFolder } from '../fixtures/media.ts';
import { cli } from './cli.ts';

const work = temporaryFolder();
const data = path.join(work, 'data');
const at = (name: string) => path.join(work, name);

beforeAll(async () => {
  const head = (n: number, size: number, yaw = 0) =>
    scene(420, 420, [{ who: HEADS[n]!, x: 20, y: 20, size, pose: { yaw } }], n + 1);
  writeFileSync(at('a1.png'), await head(0, 380));
  writeFileSync(at('a2.png'), await head(0, 370, 2));
  writeFileSync(at('tiny.png'), await scene(420, 420, [{ who: HEADS[0]!, x: 200, y: 200, size: 62 }]));
  writeFileSync(at('not-kept.png'), await head(1, 360));
});

const persons = (...more: string[]) => cli(['case', 'persons', '--data', data, ...more]);
const linesOf = (out: string) =>
  out
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as { type: string } & Record<string, unknown>);

test('faces of a case are grouped from what scans kept, with the number of persons as a range and what was left out', async () => {
  await cli(['scan', '--quick', '--data', data, at('a1.png'), at('a2.png'), at('tiny.png')]);
  await cli(['scan', '--quick', '--no-retain', '--data', data, at('not-kept.png')]);
  const { code, out, err } = await persons('--json');
  expect({ code, err }).toEqual({ code: 0, err: '' });
  const lines = linesOf(out);
  expect(lines.at(-1)).toMatchObject({ type: 'persons', items: 4, notRetained: 1, notExamined: 0 });
  const [face, voice] = (lines.at(-1)!.kinds as unknown[]).map((kind) => groupedSchema.parse(kind));
  expect(face).toMatchObject({ kind: 'face', compared: 2, low: 1, high: 1, uncertain: 0 });
  expect(face!.notCompared.reduce((sum, { appearances }) => sum + appearances, 0)).toBe(1);
  expect(Object.keys(face!.models).sort()).toEqual(['face-features', 'face-likeness', 'face-recognition']);
  expect(voice).toMatchObject({ kind: 'voice', compared: 0 });
  expect(lines.filter(({ type }) => type === 'person-group')).toMatchObject([
    { kind: 'face', group: 1, wide: 1, appearances: [{ subject: 'face-track:1' }, { subject: 'face-track:1' }] },
  ]);

  const words = await persons('--lang', 'en');
  expect(words.out).toContain('Faces: 2 compared; distinct persons, estimated: 1;');
  expect(words.out).toContain('face group 1');
  expect(words.out).toMatch(/^ {4}[0-9a-f]{16}… {2}face 1$/m);
  expect(words.out).toContain('No voice could be compared.');
  expect(words.out).toContain('Questioned items: 4. Not compared: 1 of which no features are kept');
  expect((await persons('--lang', 'zh')).out).toContain('不同的人估计 1 个');
});
