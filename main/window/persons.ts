/** The grouping of faces and voices as a window shows it: groups with their items, what is left open beside each. */
import { itemName, type OpenCase, type StoredGrouping } from '../cases/index.ts';
import type { GroupMember } from '../contract/grouping.ts';
import type { Persons } from '../contract/ipc.ts';

/** Groups, and items of a group, that are listed one by one. */
const MAX_GROUPS = 300;
const MAX_ITEMS = 60;

interface Placed extends GroupMember {
  readonly item: string;
}

export function personsOf(c: OpenCase, grouping: StoredGrouping): Persons {
  const { atMs, current, kinds, items, notRetained, notExamined, parts } = grouping;
  const compared = parts.flatMap(({ item, members }) =>
    members.filter(({ group }) => group !== null).map((member): Placed => ({ ...member, item })),
  );
  const groups = [...Map.groupBy(compared, ({ kind, group }) => `${kind}:${group}`).values()];
  const byWide = Map.groupBy(groups, ([first]) => `${first!.kind}:${first!.wide}`);
  groups.sort((p, q) => q.length - p.length);
  return {
    atMs,
    current,
    kinds: [...kinds],
    items,
    notRetained,
    notExamined,
    groups: groups.slice(0, MAX_GROUPS).map((members) => {
      const { kind, group, wide } = members[0]!;
      const perItem = [...Map.groupBy(members, ({ item }) => item)];
      return {
        kind,
        group: group!,
        open: byWide.get(`${kind}:${wide}`)!.flatMap(([other]) => (other!.group === group ? [] : [other!.group!])),
        appearances: members.length,
        items: perItem.slice(0, MAX_ITEMS).map(([sha256, own]) => ({
          sha256,
          name: itemName(c, sha256),
          subjects: own.map(({ subject }) => subject),
        })),
        more: Math.max(0, perItem.length - MAX_ITEMS),
      };
    }),
    moreGroups: Math.max(0, groups.length - MAX_GROUPS),
  };
}

/** Digest -> the group of its first face, else of its first voice, as `face:1`: one row of a table stands in one group. */
export function groupOfItem({ parts }: StoredGrouping): ReadonlyMap<string, string> {
  return new Map(
    parts.flatMap(({ item, members }) => {
      const first = (kind: string) => members.find((m) => m.kind === kind && m.group !== null);
      const chosen = first('face') ?? first('voice');
      return chosen ? [[item, `${chosen.kind}:${chosen.group}`] as const] : [];
    }),
  );
}
