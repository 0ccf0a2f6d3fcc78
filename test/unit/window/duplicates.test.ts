import { createHash } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import {
  createCase,
  createJob,
  filePath,
  finishJob,
  getItem,
  intake,
  listEntries,
  listItems,
  type OpenCase,
  recordExamination,
} from '../../../main/cases/index.ts';
import { DEFAULT_SETTINGS } from '../../../main/contract/analyzer.ts';
import { fact } from '../../../main/contract/fact.ts';
import { reportHead } from '../../../main/dossier/report.ts';
import { ItemIndex } from '../../../main/window/item-index.ts';
import { temporaryFolder } from '../../fixtures/media.ts';

const folder = temporaryFolder();
let c: OpenCase;

/** Hashes of 256 bits: the second differs from the first in one bit, the third in most, the fourth is too plain to match. */
const SCENES = [
  [100, 'f0'.repeat(32), 'aa'.repeat(32)],
  [100, `${'f0'.repeat(31)}f1`, 'ab'.repeat(32)],
  [100, '0f'.repeat(32), '55'.repeat(32)],
  [10, 'f0'.repeat(32), 'aa'.repeat(32)],
] as const;

/** Two clips of the same five scenes, and one of others. */
const CLIPS = [0, 0, 100].map((first) =>
  Array.from({ length: 5 }, (_, n) => [
    90,
    createHash('sha256')
      .update(`${first + n}`)
      .digest('hex'),
    'aa'.repeat(32),
  ]),
);

beforeAll(async () => {
  const files = [...SCENES, ...CLIPS].map((_, n) => path.join(folder, `${n}.bin`));
  for (const [n, file] of files.entries()) writeFileSync(file, `picture ${n}`);
  c = await createCase(path.join(folder, 'data'), 'alike');
  const job = createJob(c, {
    fingerprint: 'alike',
    settings: DEFAULT_SETTINGS,
    role: 'questioned',
    retention: 'reference',
    entries: files.map((file) => filePath(file)),
  });
  for (const [n, entry] of listEntries(c, job, { limit: files.length }).entries()) {
    const { item } = await intake(c, entry);
    await recordExamination(c, {
      entry,
      examination: examined(n, getItem(c, item.sha256).bytes),
      settings: DEFAULT_SETTINGS,
      startedAtMs: 0,
    });
  }
  finishJob(c, job, 'done');
});
afterAll(() => c.close());

function examined(n: number, bytes: number) {
  const clip = CLIPS[n - SCENES.length];
  return {
    info: {
      mediaType: clip ? 'video/mp4' : 'image/png',
      kind: clip ? 'video' : 'image',
      bytes,
      durationS: null,
      image: null,
      video: [],
      audio: [],
      claimedType: null,
    },
    outcomes: [
      {
        analyzer: 'scene-hash',
        version: '1',
        subject: 'file',
        reference: null,
        status: 'evidence',
        reason: null,
        rawScore: null,
        llr: null,
        band: null,
        examined: [],
        facts: clip
          ? clip.map((scene, at) => fact('scene.frame', scene, { at: { from: at / 2, to: at / 2 } }))
          : [fact('scene.picture', [...SCENES[n]!])],
      },
    ],
    findings: [],
    crops: [],
    templates: [],
    parts: [],
    timings: {},
    models: {},
  } as unknown as Parameters<typeof recordExamination>[1]['examination'];
}

test('near duplicates stand together under the number of the first, what has none stands last', async () => {
  const index = new ItemIndex(c, () => ({ analyzers: {}, models: {}, trustLists: {} }));
  const page = { offset: 0, limit: 10, sort: 'received', descending: false, filter: {}, group: 'duplicate' } as const;
  const { rows, groups } = await index.page(page);
  expect(rows.map(({ name, group }) => [name, group])).toEqual([
    ['0.bin', '1'],
    ['1.bin', '1'],
    ['4.bin', '5'],
    ['5.bin', '5'],
    ['2.bin', null],
    ['3.bin', null],
    ['6.bin', null],
  ]);
  expect(groups).toEqual([
    { id: '1', rows: 2 },
    { id: '5', rows: 2 },
    { id: '', rows: 3 },
  ]);
  // Asked again, filtered and turned round, the groups are the same.
  const again = await index.page({ ...page, descending: true, filter: { text: '.bin' } });
  expect(again.rows.map(({ name }) => name)).toEqual(['1.bin', '0.bin', '5.bin', '4.bin', '6.bin', '3.bin', '2.bin']);
});

test('the report counts the groups that the table shows, and can be stopped while it counts', async () => {
  const making = { app: 'test', installed: { analyzers: {}, models: {}, trustLists: {} }, nowMs: 0, madeBy: null };
  const { counts } = await reportHead(c, making);
  // A picture too plain to match has no scene; the two pictures and the two clips that agree are one group each.
  expect(counts).toMatchObject({ files: 7, distinct: 7, nearDuplicateGroups: 5, withoutScenes: 1 });
  const items = listItems(c, { limit: 10 });
  const numbers = counts.groups.map((group) =>
    group.map((id) => items.findIndex(({ sha256 }) => sha256 === id)).sort(),
  );
  expect(numbers).toEqual([
    [0, 1],
    [4, 5],
  ]);
  const stopped = reportHead(c, { ...making, signal: AbortSignal.abort() });
  await expect(stopped).rejects.toMatchObject({ code: 'CANCELLED' });
});

test('a file received again from its place is one file, and the same content elsewhere another', async () => {
  const twin = path.join(folder, 'twin.bin');
  writeFileSync(twin, 'picture 0');
  const own = path.join(folder, '0.bin');
  const receivedAs = 'a group';
  const job = createJob(c, {
    fingerprint: 'again',
    settings: DEFAULT_SETTINGS,
    role: 'questioned',
    retention: 'reference',
    entries: [own, own, twin].map((file) => ({ ...filePath(file), receivedAs })),
  });
  for (const entry of listEntries(c, job, { limit: 3 })) await intake(c, entry);
  finishJob(c, job, 'cancelled');
  const { counts } = await reportHead(c, {
    app: 'test',
    installed: { analyzers: {}, models: {}, trustLists: {} },
    nowMs: 0,
    madeBy: null,
  });
  expect(counts).toMatchObject({ files: 8, distinct: 7, spread: [{ source: receivedAs, files: 2 }] });
});
