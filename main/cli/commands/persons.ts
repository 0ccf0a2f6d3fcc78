/** `case persons`: faces and voices over all questioned items of a case, grouped by likeness, with the number of distinct persons as an interval. */
import type { Command } from 'commander';
import type { Grouped, GroupMember } from '../../contract/grouping.ts';
import { groupPersonsOf } from '../../jobs/group-persons.ts';
import { inARow, saySubject } from '../../strings/index.ts';
import { Context } from '../context.ts';
import { interruptible } from '../interrupt.ts';
import type { Terminal } from '../terminal.ts';

interface Placed extends GroupMember {
  readonly item: string;
}

export async function persons(name: string | undefined, _: unknown, command: Command): Promise<void> {
  const context = new Context(command);
  const { terminal } = context;
  using interrupt = interruptible();
  using openCase = await context.openCase(name);
  const grouping = await groupPersonsOf(openCase, interrupt.signal);
  const { parts, kinds, items, notRetained, notExamined, atMs } = grouping;
  const placed = parts.flatMap(({ item, members }) => members.map((member): Placed => ({ ...member, item })));
  for (const grouped of kinds) sayKind(terminal, grouped, placed);
  for (const kind of ['face', 'voice'] as const)
    if (!kinds.some((one) => one.kind === kind)) terminal.line(terminal.say(`cli.persons.no-limits.${kind}`));
  terminal.value({ type: 'persons', atMs, kinds, items, notRetained, notExamined });
  terminal.line(terminal.say('cli.persons.items', { items, notRetained, notExamined }));
  terminal.line(terminal.say('cli.persons.note'));
}

function sayKind(terminal: Terminal, grouped: Grouped, all: readonly Placed[]): void {
  const { kind, compared, low, high, uncertain, notCompared } = grouped;
  const own = all.filter((member) => member.kind === kind);
  const groups = [...Map.groupBy(own, (member) => member.group)].filter(([group]) => group !== null);
  for (const [group, members] of groups)
    terminal.value({
      type: 'person-group',
      kind,
      group,
      wide: members[0]!.wide,
      appearances: members.map(({ item, subject }) => ({ item, subject })),
    });
  if (compared === 0) terminal.line(terminal.say(`cli.persons.none.${kind}`));
  else {
    const range = low === high ? low : terminal.say('persons.range', { low, high });
    terminal.line(terminal.say(`cli.persons.${kind}`, { compared, range, uncertain }));
  }
  for (const [group, members] of groups.filter(([, members]) => members.length > 1)) {
    terminal.line(`  ${terminal.say(`persons.group.${kind}`, { group })}`);
    for (const { item, subject } of members)
      terminal.line(`    ${item.slice(0, 16)}…  ${saySubject(terminal.language, subject)}`);
  }
  const open = [...Map.groupBy(groups, ([, members]) => members[0]!.wide).values()].filter((wide) => wide.length > 1);
  for (const wide of open) {
    const names = wide.map(([group]) => terminal.say(`persons.group.${kind}`, { group }));
    terminal.line(`  ${terminal.say('cli.persons.open', { groups: inARow(terminal.language, names) })}`);
  }
  for (const { code, appearances } of notCompared)
    terminal.line(
      `  ${terminal.say('cli.persons.left', { count: appearances, reason: terminal.say(`left.${code}`) })}`,
    );
}
