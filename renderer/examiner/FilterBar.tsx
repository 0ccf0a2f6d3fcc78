/** What narrows the table: a search, filters that stand as chips while they hold, grouping, and the choice of columns. */
import { Button, Checkbox, CloseButton, Group, Pill, Popover, Select, Stack, Text, TextInput } from '@mantine/core';
import { useDebouncedCallback } from '@mantine/hooks';
import { memo, useState } from 'react';
import type { Question } from '../../main/contract/finding.ts';
import type { Cell, ItemFilter } from '../../main/contract/ipc.ts';
import { usePreferences, useSession } from '../state/session.ts';
import { useWords } from '../words/words.ts';
import { COLUMNS, chosenColumns } from './columns.tsx';
import { type Grouping, useDesk } from './desk.ts';

/** Pause in typing after which the host is asked. Milliseconds. */
const TYPED_MS = 200;

interface Choice {
  readonly id: string;
  holds(filter: ItemFilter): boolean;
  turn(filter: ItemFilter, on: boolean): ItemFilter;
}

const listed = <Key extends 'kinds' | 'states' | 'roles'>(
  key: Key,
  value: NonNullable<ItemFilter[Key]>[number],
): Choice => ({
  id: `${key}.${value}`,
  holds: (filter) => ((filter[key] ?? []) as readonly string[]).includes(value),
  turn: (filter, on) => {
    const others = ((filter[key] ?? []) as string[]).filter((other) => other !== value);
    return { ...filter, [key]: on ? [...others, value] : others };
  },
});

const flag = (key: 'marked' | 'otherVersions' | 'samplesChanged'): Choice => ({
  id: key,
  holds: (filter) => filter[key] === true,
  turn: (filter, on) => ({ ...filter, [key]: on || undefined }),
});

const cell = (question: Question, state: Cell['state']): Choice => ({
  id: `${question}.${state}`,
  holds: (filter) => filter.cells?.some((c) => c.question === question && c.states.includes(state)) ?? false,
  turn: (filter, on) => {
    const before = filter.cells ?? [];
    const states = (before.find((c) => c.question === question)?.states ?? []).filter((other) => other !== state);
    const now = on ? [...states, state] : states;
    const others = before.filter((c) => c.question !== question);
    return { ...filter, cells: now.length > 0 ? [...others, { question, states: now }] : others };
  },
});

const STATES_OF: Readonly<Record<Question, readonly Cell['state'][]>> = {
  origin: ['found', 'nothing', 'noOpinion', 'failed'],
  synthesis: ['found', 'noOpinion', 'notApplicable', 'failed', 'notRun'],
  likeness: ['found', 'noOpinion', 'notApplicable', 'failed', 'notRun'],
};

const CHOICES: readonly { readonly title: string; readonly choices: readonly Choice[] }[] = [
  {
    title: 'ui.items.filter.kind',
    choices: (['image', 'video', 'audio', 'other'] as const).map((kind) => listed('kinds', kind)),
  },
  {
    title: 'ui.items.filter.state',
    choices: [
      ...(['examined', 'preserved', 'failed'] as const).map((state) => listed('states', state)),
      flag('otherVersions'),
      flag('samplesChanged'),
    ],
  },
  {
    title: 'ui.items.filter.role',
    choices: (['questioned', 'reference', 'suspected-source', 'context'] as const).map((role) => listed('roles', role)),
  },
  ...(['origin', 'synthesis', 'likeness'] as const).map((question) => ({
    title: `question.${question}`,
    choices: STATES_OF[question].map((state) => cell(question, state)),
  })),
  {
    title: 'ui.items.filter.records',
    choices: [flag('marked')],
  },
];

/** Rows come and go below it while somebody scrolls: it is drawn anew only for its own state. */
export const FilterBar = memo(function FilterBar() {
  const { say } = useWords();
  const { query, ask, filter: narrow } = useDesk();
  const [text, setText] = useState(query.filter.text ?? '');
  const search = useDebouncedCallback((typed: string) => narrow({ text: typed }), TYPED_MS);
  const held = CHOICES.flatMap(({ title, choices }) =>
    choices.filter(({ holds }) => holds(query.filter)).map((choice) => ({ title, choice })),
  );
  const type = (typed: string) => {
    setText(typed);
    search(typed);
  };
  return (
    <Stack gap={8}>
      <Group gap={8}>
        <TextInput
          size="xs"
          w={240}
          aria-label={say('ui.items.search')}
          placeholder={say('ui.items.search')}
          value={text}
          onChange={(event) => type(event.currentTarget.value)}
          rightSection={
            text ? <CloseButton size="sm" aria-label={say('ui.items.search.clear')} onClick={() => type('')} /> : null
          }
        />
        <Filters />
        <Grouped group={query.group} choose={(group) => ask({ group })} />
        <Columns />
      </Group>
      {held.length > 0 ? (
        <Group gap={8} role="group" aria-label={say('ui.items.filter.held')}>
          {held.map(({ title, choice }) => (
            <Pill
              key={choice.id}
              withRemoveButton
              removeButtonProps={{ 'aria-label': say('ui.items.filter.remove'), tabIndex: 0, 'aria-hidden': false }}
              onRemove={() => narrow(choice.turn(query.filter, false))}
            >
              {say(title)}: {say(`ui.items.filter.${choice.id}`)}
            </Pill>
          ))}
          <Button size="compact-xs" variant="subtle" onClick={() => ask({ filter: text ? { text } : {} })}>
            {say('ui.items.filter.none')}
          </Button>
        </Group>
      ) : null}
    </Stack>
  );
});

function Filters() {
  const { say } = useWords();
  const { query, filter: narrow } = useDesk();
  return (
    <Popover position="bottom-start" trapFocus returnFocus shadow="sm">
      <Popover.Target>
        <Button size="xs" variant="default">
          {say('ui.items.filter')}
        </Button>
      </Popover.Target>
      <Popover.Dropdown mah={420} style={{ overflowY: 'auto' }}>
        <Stack gap="md" w={260}>
          {CHOICES.map(({ title, choices }) => (
            <Checkbox.Group
              key={title}
              label={say(title)}
              size="sm"
              value={choices.filter(({ holds }) => holds(query.filter)).map(({ id }) => id)}
            >
              <Stack gap={4} mt={4}>
                {choices.map((choice) => (
                  <Checkbox
                    key={choice.id}
                    size="xs"
                    value={choice.id}
                    label={say(`ui.items.filter.${choice.id}`)}
                    onChange={(event) => narrow(choice.turn(query.filter, event.currentTarget.checked))}
                  />
                ))}
              </Stack>
            </Checkbox.Group>
          ))}
        </Stack>
      </Popover.Dropdown>
    </Popover>
  );
}

function Grouped({ group, choose }: { readonly group: Grouping; choose(group: Grouping): void }) {
  const { say } = useWords();
  const capabilities = useSession((state) => state.session?.capabilities) ?? [];
  const groups: readonly Grouping[] = [
    'none',
    'finding',
    ...(capabilities.includes('persons') ? (['person'] as const) : []),
    ...(capabilities.includes('groups') ? (['duplicate'] as const) : []),
  ];
  return (
    <Select
      size="xs"
      w={200}
      aria-label={say('ui.items.group')}
      allowDeselect={false}
      comboboxProps={{ shadow: 'sm' }}
      value={group}
      onChange={(chosen) => choose(chosen as Grouping)}
      data={groups.map((value) => ({ value, label: say(`ui.items.group.by.${value}`) }))}
    />
  );
}

function Columns() {
  const { say } = useWords();
  const prefer = useSession((state) => state.prefer);
  const chosen = chosenColumns(usePreferences().columns).map(({ id }) => id);
  return (
    <Popover position="bottom-end" trapFocus returnFocus shadow="sm">
      <Popover.Target>
        <Button size="xs" variant="default">
          {say('ui.items.columns')}
        </Button>
      </Popover.Target>
      <Popover.Dropdown mah={420} style={{ overflowY: 'auto' }}>
        <Stack gap={4} w={220}>
          <Text size="xs" c="dimmed">
            {say('ui.items.columns.kept')}
          </Text>
          {COLUMNS.map(({ id }) => (
            <Checkbox
              key={id}
              size="xs"
              label={say(`ui.items.column.${id}`)}
              checked={chosen.includes(id)}
              disabled={chosen.length === 1 && chosen[0] === id}
              onChange={(event) => {
                const on = event.currentTarget.checked;
                const wanted = COLUMNS.map((c) => c.id).filter((c) => (c === id ? on : chosen.includes(c)));
                void prefer({ columns: wanted });
              }}
            />
          ))}
        </Stack>
      </Popover.Dropdown>
    </Popover>
  );
}
