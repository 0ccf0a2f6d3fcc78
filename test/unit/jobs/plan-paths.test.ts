import { chmodSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { planPaths } from '../../../main/jobs/plan-paths.ts';

let root: string;
beforeEach(() => {
  root = mkdtempSync(path.join(tmpdir(), 'plan-'));
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

const plan = async (...inputs: string[]) =>
  (await Array.fromAsync(planPaths(inputs, root, path.join(root, 'own-data')))).map(({ path: p, error }) => [
    path.relative(root, p.text),
    error?.code ?? null,
  ]);

test('a folder is walked recursively in byte order, after what was named before it', async () => {
  mkdirSync(path.join(root, 'in/sub'), { recursive: true });
  for (const name of ['z.jpg', 'in/b.png', 'in/a.wav', 'in/sub/c.mp4', 'in/中.jpg'])
    writeFileSync(path.join(root, name), 'x');
  expect(await plan('z.jpg', 'in')).toEqual([
    ['z.jpg', null],
    ['in/a.wav', null],
    ['in/b.png', null],
    ['in/sub/c.mp4', null],
    ['in/中.jpg', null],
  ]);
});

test('a glob is expanded, and a file whose own name looks like a glob is that file', async () => {
  for (const name of ['a1.jpg', 'a2.jpg', 'a[1].jpg']) writeFileSync(path.join(root, name), 'x');
  expect(await plan('a?.jpg')).toEqual([
    ['a1.jpg', null],
    ['a2.jpg', null],
  ]);
  expect(await plan('a[1].jpg')).toEqual([['a[1].jpg', null]]);
  expect(await plan('*.mp4')).toEqual([['*.mp4', 'FILE_NOT_FOUND']]);
});

test('a glob over folders names each file once, and leaves the data folder of the program out', async () => {
  for (const folder of ['in/sub/deep', 'own-data/cases']) mkdirSync(path.join(root, folder), { recursive: true });
  for (const name of ['in/a.jpg', 'in/sub/b.jpg', 'in/sub/deep/c.jpg', 'own-data/cases/d.jpg'])
    writeFileSync(path.join(root, name), 'x');
  const each = [
    ['in/a.jpg', null],
    ['in/sub/b.jpg', null],
    ['in/sub/deep/c.jpg', null],
  ];
  for (const pattern of ['**', '**/*', 'in/**', '**/*.jpg', '{in,own-data}/**'])
    expect([pattern, await plan(pattern)]).toEqual([pattern, each]);
});

test('a link that leads back to its own folder ends the walk there and is named', async () => {
  mkdirSync(path.join(root, 'in'));
  writeFileSync(path.join(root, 'in/a.jpg'), 'x');
  symlinkSync('..', path.join(root, 'in/up'));
  symlinkSync('loop', path.join(root, 'in/loop'));
  expect(await plan('in')).toEqual([
    ['in/a.jpg', null],
    ['in/loop', 'FOLDER_LOOP'],
    ['in/up/in', 'FOLDER_LOOP'],
  ]);
});

test('names with newlines and right-to-left marks stay as they are; bytes that are not UTF-8 are kept', async () => {
  writeFileSync(path.join(root, 'a\n\u202egpj.exe'), 'x');
  writeFileSync(Buffer.concat([Buffer.from(`${root}/`), Buffer.from([0x62, 0xff, 0xfe])]), 'x');
  const planned = await Array.fromAsync(planPaths(['.'], root, path.join(root, 'own-data')));
  expect(planned.map((p) => path.relative(root, p.path.text))).toEqual(['a\n\u202egpj.exe', 'b\ufffd\ufffd']);
  expect(planned.map((p) => p.path.bytes && Buffer.from(p.path.bytes.slice(-3)))).toEqual([
    null,
    Buffer.from([0x62, 0xff, 0xfe]),
  ]);
});

(process.getuid?.() === 0 ? test.skip : test)(
  'an unreadable folder is named and the others go on (not as root)',
  async () => {
    mkdirSync(path.join(root, 'shut'));
    chmodSync(path.join(root, 'shut'), 0);
    writeFileSync(path.join(root, 'z.jpg'), 'x');
    expect(await plan('.')).toEqual([
      ['shut', 'PERMISSION_DENIED'],
      ['z.jpg', null],
    ]);
    chmodSync(path.join(root, 'shut'), 0o700);
  },
);

test('what does not exist is named', async () => {
  expect(await plan('nowhere.jpg')).toEqual([['nowhere.jpg', 'FILE_NOT_FOUND']]);
});

test('the data folder of the program is left out, by whatever path it is reached', async () => {
  mkdirSync(path.join(root, 'own-data/cases'), { recursive: true });
  writeFileSync(path.join(root, 'own-data/cases/case.db'), 'x');
  symlinkSync('own-data', path.join(root, 'other-name'));
  writeFileSync(path.join(root, 'z.jpg'), 'x');
  expect(await plan('.')).toEqual([['z.jpg', null]]);
});

test('a name that is not UTF-8 is found by what it reads as, alone and through a glob, with its exact bytes', async () => {
  const name = Buffer.concat([Buffer.from(`${root}/odd`), Buffer.of(0xff, 0xfe), Buffer.from('.jpg')]);
  writeFileSync(name, 'x');
  for (const input of ['odd\ufffd\ufffd.jpg', 'odd*.jpg']) {
    const planned = await Array.fromAsync(planPaths([input], root, path.join(root, 'own-data')));
    expect(planned.map(({ path: p, error }) => [p.bytes && Buffer.from(p.bytes), error])).toEqual([[name, null]]);
  }
});
