import type { StoredGrouping } from '../../../main/cases/index.ts';
import type { GroupMember } from '../../../main/contract/grouping.ts';
import { personsSchema } from '../../../main/contract/window.ts';
import { groupOfItem, personsOf } from '../../../main/window/persons.ts';
import { Bench, bytesOf, receiveOne } from '../cases/support.ts';

const member = (kind: 'face' | 'voice', n: number, group: number | null, wide: number | null): GroupMember => ({
  kind,
  subject: kind === 'face' ? `face-track:${n}` : `speaker:${n}`,
  group,
  wide,
  reason: group === null ? { code: 'face-blurred', params: {} } : null,
});

function groupingOf(parts: StoredGrouping['parts']): StoredGrouping {
  return { kinds: [], items: parts.length, notRetained: 0, notExamined: 0, atMs: 1, app: 'a', current: true, parts };
}

test('groups with the most appearances come first, with their items by name and what is left open beside each', async () => {
  using bench = new Bench();
  const c = await bench.newCase();
  const items: string[] = [];
  for (const [n, name] of ['one.png', 'two.png', 'three.png'].entries())
    items.push((await receiveOne(c, bench.write(name, bytesOf(50, n + 1)))).item.sha256);
  const [one, two, three] = items as [string, string, string];
  const shown = personsOf(
    c,
    groupingOf([
      { item: one, members: [member('face', 1, 1, 1), member('face', 2, null, null)] },
      { item: two, members: [member('face', 1, 2, 1), member('face', 2, 2, 1), member('voice', 1, 1, 1)] },
      { item: three, members: [member('face', 1, 3, 2)] },
    ]),
  );
  expect(() => personsSchema.parse(shown)).not.toThrow();
  expect(shown.groups.map(({ kind, group, open, appearances }) => [kind, group, open, appearances])).toEqual([
    ['face', 2, [1], 2],
    ['face', 1, [2], 1],
    ['voice', 1, [], 1],
    ['face', 3, [], 1],
  ]);
  expect(shown.groups[0]!.items).toEqual([
    { sha256: two, name: 'two.png', subjects: ['face-track:1', 'face-track:2'] },
  ]);
});

test('an item stands in the group of its first compared face, else of its voice, else in none', () => {
  const groups = groupOfItem(
    groupingOf([
      { item: 'a', members: [member('voice', 1, 4, 4), member('face', 1, null, null), member('face', 2, 3, 3)] },
      { item: 'b', members: [member('voice', 1, 4, 4)] },
      { item: 'c', members: [member('face', 1, null, null)] },
    ]),
  );
  expect([...groups]).toEqual([
    ['a', 'face:3'],
    ['b', 'voice:4'],
  ]);
});

test('what cannot be listed one by one is counted', async () => {
  using bench = new Bench();
  const c = await bench.newCase();
  const { item } = await receiveOne(c, bench.write('many.png', bytesOf(50, 9)));
  const members = Array.from({ length: 305 }, (_, n) => member('face', n + 1, n + 1, n + 1));
  const shown = personsOf(c, groupingOf([{ item: item.sha256, members }]));
  expect([shown.groups.length, shown.moreGroups]).toEqual([300, 5]);
});
