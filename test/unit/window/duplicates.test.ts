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
  type OpenCase,
  recordExamination,
} from '../../../main/cases/index.ts';
import { DEFAULT_SETTINGS } from '../../../main/contract/analyzer.ts';
import { fact } from '../../../main/contract/fact.ts';
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

beforeAll(async () => {
  const files = SCENES.map((_, n) => path.join(folder, `${n}.bin`));
  for (const [n, file] of files.entries()) writeFileSync(file, `picture ${n}`);
  c = await createCase(path.join(folder, 'data'), 'alike');
  const job = createJob(c, {
    fingerprint: 'alike',
    settings: DEFAULT_SETTINGS,
    role: 'questioned',
    retention: 'reference',
    entries: files.map((file) => filePath(file)),
  });
  for (const [n, entry] of listEntries(c, job, { limit: SCENES.length }).entries()) {
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
  return {
    info: {
      mediaType: 'image/png',
      kind: 'image',
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
        facts: [fact('scene.picture', [...SCENES[n]!])],
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
  const index = new ItemIndex(c);
  const page = { offset: 0, limit: 10, sort: 'received', descending: false, filter: {}, group: 'duplicate' } as const;
  const { rows, groups } = await index.page(page);
  expect(rows.map(({ name, group }) => [name, group])).toEqual([
    ['0.bin', '1'],
    ['1.bin', '1'],
    ['2.bin', null],
    ['3.bin', null],
  ]);
  expect(groups).toEqual([
    { id: '1', rows: 2 },
    { id: '', rows: 2 },
  ]);
  // Asked again, filtered and turned round, the groups are the same.
  const again = await index.page({ ...page, descending: true, filter: { text: '.bin' } });
  expect(again.rows.map(({ name }) => name)).toEqual(['1.bin', '0.bin', '3.bin', '2.bin']);
});
