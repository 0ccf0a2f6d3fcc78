import { createHash } from 'node:crypto';
import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';
import { createCase, eraseAll, listCases, openCase } from '../../../main/cases/index.ts';
import { defaultDataRoot, forgetPlace, moveData } from '../../../main/cases/place.ts';
import { temporaryFolder } from '../../fixtures/media.ts';

const folder = temporaryFolder();
let n = 0;

/** A home with one case, a pack and a file that is not the program's. */
async function filledHome() {
  const home = path.join(folder, String(n++), 'home');
  (await createCase(home, 'mine')).close();
  mkdirSync(path.join(home, 'packs'));
  writeFileSync(path.join(home, 'packs', 'some.onnx'), Buffer.alloc(300_000, 7));
  writeFileSync(path.join(home, 'window.json'), '{}');
  writeFileSync(path.join(home, 'not-ours.txt'), 'left alone');
  return { home, to: path.join(path.dirname(home), 'disk', 'jianzhen') };
}

/** Digests of all files but the locks, which hold nothing. */
function everything(root: string): Record<string, string> {
  const files = readdirSync(root, { recursive: true, withFileTypes: true }).filter(
    (entry) => entry.isFile() && entry.name !== 'lock.db',
  );
  return Object.fromEntries(
    files
      .map((entry) => path.join(entry.parentPath, entry.name))
      .sort()
      .map((file) => [path.relative(root, file), createHash('sha256').update(readFileSync(file)).digest('hex')]),
  );
}

test('everything of the program is moved byte for byte, is found at the next start, and can be moved home again', async () => {
  const { home, to } = await filledHome();
  const { 'not-ours.txt': foreign, ...before } = everything(home);
  const told: number[] = [];
  const moved = await moveData(home, to, { home, onProgress: (bytes) => told.push(bytes) });
  expect(everything(to)).toEqual(before);
  expect(everything(home)).toEqual({ 'not-ours.txt': foreign, 'place.json': expect.any(String) });
  expect(moved).toMatchObject({ from: home, to, files: Object.keys(before).length, bytes: told.at(-1) });
  expect(statSync(path.join(to, 'packs', 'some.onnx')).mode & 0o077).toBe(0);
  expect(defaultDataRoot(home)).toBe(to);
  (await openCase(to, 'mine')).close();

  await moveData(to, home, { home });
  expect(defaultDataRoot(home)).toBe(home);
  expect(Object.keys(everything(home))).toContain('not-ours.txt');
  expect(existsSync(path.join(home, 'place.json'))).toBe(false);
  expect(everything(to)).toEqual({});
  (await openCase(home, 'mine')).close();
});

test('where the place is gone that is said, and nothing is begun anew in silence', async () => {
  const { home, to } = await filledHome();
  await moveData(home, to, { home });
  const away = `${to}-detached`;
  renameSync(to, away);
  expect(() => defaultDataRoot(home)).toThrow(expect.objectContaining({ code: 'PLACE_MISSING', params: { path: to } }));
  renameSync(away, to);
  expect(defaultDataRoot(home)).toBe(to);
});

test.each([
  ['not empty', (home: string) => path.join(home, '..', 'full')],
  ['inside the present place', (home: string) => path.join(home, 'cases', 'deeper')],
  ['around the present place', (home: string) => path.join(home, '..', 'around')],
  ['no complete path', () => 'somewhere'],
])('a folder that is %s is refused, and all stays', async (_, choose) => {
  const { home } = await filledHome();
  const beside = path.join(home, '..');
  mkdirSync(path.join(beside, 'full'));
  writeFileSync(path.join(beside, 'full', 'letter.txt'), 'hello');
  symlinkSync(beside, path.join(beside, 'around'));
  const before = everything(home);
  await expect(moveData(home, choose(home), { home })).rejects.toMatchObject({ code: 'PLACE_UNSUITABLE' });
  expect(everything(home)).toEqual(before);
  expect(defaultDataRoot(home)).toBe(home);
});

test('an open case, a change in between and a cancelled move leave everything where it was', async () => {
  const { home, to } = await filledHome();
  using open = await openCase(home, 'mine');
  await expect(moveData(home, to, { home })).rejects.toMatchObject({ code: 'CASE_LOCKED' });
  open.close();
  const before = everything(home);
  const window = path.join(home, 'window.json');
  const changing = moveData(home, to, { home, onProgress: () => writeFileSync(window, '{"changed":1}') });
  await expect(changing).rejects.toMatchObject({ code: 'FILE_CHANGED_WHILE_READING' });
  writeFileSync(window, '{}');
  const stop = new AbortController();
  const stopped = moveData(home, to, { home, signal: stop.signal, onProgress: () => stop.abort() });
  await expect(stopped).rejects.toMatchObject({ code: 'CANCELLED' });
  expect(everything(home)).toEqual(before);
  expect(everything(to)).toEqual({});
  expect(defaultDataRoot(home)).toBe(home);
  await moveData(home, to, { home });
  expect((await listCases(to)).map(({ name }) => name)).toEqual(['mine']);
});

test('a case can be opened again only when the move has ended', async () => {
  const { home, to } = await filledHome();
  const meanwhile: Promise<unknown>[] = [];
  const open = () => openCase(home, 'mine').catch((thrown: { code?: string }) => thrown.code);
  await moveData(home, to, { home, onProgress: () => meanwhile.push(open()) });
  expect(new Set(await Promise.all(meanwhile))).toEqual(new Set(['CASE_LOCKED']));
  (await openCase(to, 'mine')).close();
});

test('a move that was killed while it copied is made by the same command', async () => {
  const { home, to } = await filledHome();
  const left = path.join(to, '.jianzhen-moving', 'keys');
  mkdirSync(left, { recursive: true });
  writeFileSync(path.join(left, 'half.key'), 'half');
  const before = everything(home);
  await moveData(home, to, { home });
  const { 'not-ours.txt': _, ...moved } = before;
  expect(everything(to)).toEqual(moved);
});

test('what a power cut left at the former place is erased at the next start', async () => {
  const { home, to } = await filledHome();
  await moveData(home, to, { home });
  mkdirSync(path.join(home, 'keys'));
  writeFileSync(path.join(home, 'keys', 'old.key'), 'secret');
  writeFileSync(
    path.join(home, 'place.json'),
    JSON.stringify({ form: 'jianzhen-place-1', dataRoot: to, leaving: home }),
  );
  expect(defaultDataRoot(home)).toBe(to);
  expect(readdirSync(home).sort()).toEqual(['not-ours.txt', 'place.json']);
  expect(JSON.parse(readFileSync(path.join(home, 'place.json'), 'utf8'))).toMatchObject({ leaving: null });
});

test('the place is forgotten with everything in it', async () => {
  const { home, to } = await filledHome();
  await moveData(home, to, { home });
  await eraseAll(to);
  forgetPlace(path.join(to, 'other'), home);
  expect(existsSync(path.join(home, 'place.json'))).toBe(true);
  forgetPlace(to, home);
  expect(defaultDataRoot(home)).toBe(home);
});
