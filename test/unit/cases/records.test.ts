import {
  addBookmark,
  addNote,
  listAssessments,
  listBookmarks,
  listCustody,
  readItemBytes,
  recordCounts,
  removeBookmark,
  signAssessment,
  verifyCustody,
  writeAssessment,
} from '../../../main/cases/index.ts';
import { intake } from '../../../main/cases/intake.ts';
import { eraseItem } from '../../../main/cases/item-erasure.ts';
import { Bench, bytesOf, plan } from './support.ts';

const opinions = [{ question: 'origin', text: 'seen on the original phone' }];

async function oneItem(bench: Bench, retention: 'copy' | 'reference' = 'copy') {
  const c = await bench.newCase();
  const [entry] = plan(c, [bench.write('a.bin', bytesOf(100_000, 3))], { retention });
  const { item } = await intake(c, entry!);
  return { c, sha256: item.sha256 };
}

test('bookmarks are kept in order, taken off the list, and stay in the log', async () => {
  using bench = new Bench();
  const { c, sha256 } = await oneItem(bench);
  const first = addBookmark(c, sha256, { atS: 1.5, label: 'blink' });
  addBookmark(c, sha256, { atS: null, label: '' });
  removeBookmark(c, sha256, first.id);
  removeBookmark(c, sha256, first.id);
  expect(listBookmarks(c, sha256).map(({ atS, label }) => ({ atS, label }))).toEqual([{ atS: null, label: '' }]);
  expect(listCustody(c).filter((e) => e.act.startsWith('bookmark'))).toHaveLength(3);
});

test('a draft is replaced by the next, a signed assessment is not', async () => {
  using bench = new Bench();
  const { c, sha256 } = await oneItem(bench);
  writeAssessment(c, sha256, { examiner: 'A', opinions });
  const second = writeAssessment(c, sha256, { examiner: 'A', opinions });
  writeAssessment(c, sha256, { examiner: 'B', opinions });
  expect(listAssessments(c, sha256).map((a) => [a.examiner, a.signedAtMs])).toEqual([
    ['A', null],
    ['B', null],
  ]);
  signAssessment(c, sha256, second, 'A');
  writeAssessment(c, sha256, { examiner: 'A', opinions });
  expect(listAssessments(c, sha256).map((a) => [a.examiner, a.signedAtMs !== null])).toEqual([
    ['A', true],
    ['B', false],
    ['A', false],
  ]);
  expect(() => signAssessment(c, sha256, second, 'A')).toThrow('ITEM_NOT_FOUND');
  expect(recordCounts(c).get(sha256)).toEqual({ notes: 0, bookmarks: 0, assessments: 1 });
});

test('nobody signs for another examiner', async () => {
  using bench = new Bench();
  const { c, sha256 } = await oneItem(bench);
  const id = writeAssessment(c, sha256, { examiner: 'A', opinions });
  expect(() => signAssessment(c, sha256, id, 'B')).toThrow('ITEM_NOT_FOUND');
});

test('counts tell notes and bookmarks that stand; erasing the item erases the words and the chain still verifies', async () => {
  using bench = new Bench();
  const { c, sha256 } = await oneItem(bench);
  addNote(c, { item: sha256, text: 'n' });
  const mark = addBookmark(c, sha256, { atS: 0, label: 'x' });
  addBookmark(c, sha256, { atS: 1, label: 'y' });
  removeBookmark(c, sha256, mark.id);
  expect(recordCounts(c).get(sha256)).toEqual({ notes: 1, bookmarks: 1, assessments: 0 });
  await eraseItem(c, sha256);
  expect(recordCounts(c).size).toBe(0);
  expect(listCustody(c).every((e) => e.act !== 'bookmark-added' || e.text === null)).toBe(true);
  expect(verifyCustody(c).entries).toBeGreaterThan(5);
});

test.each(['copy', 'reference'] as const)('bytes of an item kept as %s are those received', async (retention) => {
  using bench = new Bench();
  const { c, sha256 } = await oneItem(bench, retention);
  const whole = bytesOf(100_000, 3);
  expect(Buffer.from(await readItemBytes(c, sha256, { offset: 65_530, length: 20 })).toString('hex')).toBe(
    whole.subarray(65_530, 65_550).toString('hex'),
  );
  expect((await readItemBytes(c, sha256, { offset: 99_999, length: 20 })).length).toBe(1);
  expect((await readItemBytes(c, sha256, { offset: 100_000, length: 20 })).length).toBe(0);
});
