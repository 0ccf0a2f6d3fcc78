/** Who appears over the case: faces and voices grouped by likeness, each number as a range, what is left open and what was left out. Pictures stay blurred. */
import { Button, Group, Loader, Stack, Text, Title, UnstyledButton } from '@mantine/core';
import { useState } from 'react';
import type { Persons } from '../../main/contract/ipc.ts';
import { inARow } from '../../main/strings/index.ts';
import { request } from '../host/bridge.ts';
import { Details } from '../parts/Details.tsx';
import { EmptyState } from '../parts/EmptyState.tsx';
import { FaultNote } from '../parts/Fault.tsx';
import { Thumbnail } from '../parts/Thumbnail.tsx';
import { useRoute } from '../shell/route.ts';
import { useAct, useRequest } from '../state/request.ts';
import { useSession } from '../state/session.ts';
import { useWords } from '../words/words.ts';
import classes from './PersonsScreen.module.css';

const KINDS = ['face', 'voice'] as const;

export default function PersonsScreen() {
  const { say, moment } = useWords();
  const go = useRoute((state) => state.go);
  const open = useSession((state) => state.session?.case ?? null);
  const last = useRequest('persons.last', open ? {} : null);
  const group = useAct(async () => {
    await request('persons.group', {});
    last.again();
  });
  const title = <Title order={1}>{say('ui.way.persons')}</Title>;
  if (!open)
    return (
      <Stack gap="lg">
        {title}
        <EmptyState
          words={say('ui.items.no-case')}
          act={{ words: say('ui.way.cases'), run: () => go({ screen: 'cases' }) }}
        />
      </Stack>
    );
  const persons = last.value?.persons ?? null;
  const run = { words: say(persons ? 'ui.persons.again' : 'ui.persons.act'), run: () => void group.run() };
  return (
    <Stack gap="lg" maw={960}>
      <div>
        {title}
        <Text size="sm" c="dimmed" mt={8} className="measure">
          {say('ui.persons.lead')}
        </Text>
      </div>
      {last.state === 'failed' ? (
        <FaultNote fault={last.fault} act={{ words: say('ui.again'), run: last.again }} />
      ) : null}
      {group.fault ? <FaultNote fault={group.fault} /> : null}
      {group.busy ? (
        <Group gap="sm" role="status">
          <Loader size="sm" type="dots" />
          <Text size="sm">{say('ui.persons.busy')}</Text>
        </Group>
      ) : null}
      {last.state === 'waiting' && !last.value ? <Loader type="dots" /> : null}
      {last.value && !persons && !group.busy ? <EmptyState words={say('ui.persons.none')} act={run} /> : null}
      {persons ? (
        <>
          <Group gap="md">
            <Text size="sm" c="dimmed">
              {say('ui.persons.made', { at: moment(persons.atMs) })}
            </Text>
            {persons.current ? null : (
              <Text size="sm" c="var(--attention)">
                {say('ui.persons.changed')}
              </Text>
            )}
            <Button size="xs" variant="default" disabled={group.busy} onClick={run.run}>
              {run.words}
            </Button>
          </Group>
          {KINDS.map((kind) => (
            <Kind key={kind} kind={kind} persons={persons} />
          ))}
          {persons.moreGroups > 0 ? (
            <Text size="sm">{say('ui.persons.more-groups', { count: persons.moreGroups })}</Text>
          ) : null}
          <Text size="sm" className="measure">
            {say('ui.persons.items', {
              items: persons.items,
              notRetained: persons.notRetained,
              notExamined: persons.notExamined,
            })}
          </Text>
        </>
      ) : null}
    </Stack>
  );
}

interface KindProps {
  readonly kind: (typeof KINDS)[number];
  readonly persons: Persons;
}

function Kind({ kind, persons }: KindProps) {
  const { say, number } = useWords();
  const [all, setAll] = useState(false);
  const own = persons.kinds.find((one) => one.kind === kind);
  const groups = persons.groups.filter((one) => one.kind === kind);
  const several = groups.filter(({ appearances, open }) => appearances > 1 || open.length > 0);
  const shown = all ? groups : several;
  return (
    <section aria-labelledby={`persons-${kind}`}>
      <Title order={2} id={`persons-${kind}`}>
        {say(`ui.persons.${kind}`)}
      </Title>
      <Text mt={8} className="measure">
        {own === undefined
          ? say('ui.persons.no-limits')
          : own.compared === 0
            ? say(`ui.persons.${kind}.none`)
            : say('ui.persons.range', {
                range: own.low === own.high ? own.low : say('persons.range', { low: own.low, high: own.high }),
                compared: own.compared,
                uncertain: own.uncertain,
              })}
      </Text>
      {own && own.notCompared.length > 0 ? (
        <ul>
          {own.notCompared.map(({ code, appearances }) => (
            <li key={code}>
              <Text size="sm">{say('ui.persons.left', { count: appearances, reason: say(`left.${code}`) })}</Text>
            </li>
          ))}
        </ul>
      ) : null}
      {shown.length > 0 ? (
        <ul className={classes.groups}>
          {shown.map((one) => (
            <Member key={one.group} one={one} />
          ))}
        </ul>
      ) : null}
      {groups.length > several.length ? (
        <Button size="xs" variant="subtle" mt={8} aria-expanded={all} onClick={() => setAll(!all)}>
          {say(all ? 'ui.persons.fewer' : 'ui.persons.single', { count: number(groups.length - several.length) })}
        </Button>
      ) : null}
      {own ? (
        <Details summary={say('ui.persons.how')}>
          <Text size="sm" className="measure">
            {say('ui.persons.how-text', { together: own.limits.together, apart: own.limits.apart })}
          </Text>
          {Object.entries(own.models).map(([model, sha256]) => (
            <Text key={model} size="xs" ff="monospace" style={{ overflowWrap: 'anywhere' }}>
              {model} {sha256}
            </Text>
          ))}
        </Details>
      ) : null}
    </section>
  );
}

function Member({ one }: { readonly one: Persons['groups'][number] }) {
  const { language, say } = useWords();
  const go = useRoute((state) => state.go);
  const name = (group: number) => say(`ui.items.group.${one.kind}`, { group });
  return (
    <li className={classes.group}>
      <Text fw={600}>{name(one.group)}</Text>
      <Text size="sm" c="dimmed">
        {say('ui.persons.appearances', { count: one.appearances })}
      </Text>
      {one.open.length > 0 ? (
        <Text size="sm">{say('ui.persons.open', { groups: inARow(language, one.open.map(name)) })}</Text>
      ) : null}
      <ul className={classes.items}>
        {one.items.map(({ sha256, name: itemName, subjects }) => (
          <li key={sha256}>
            <UnstyledButton
              className={classes.item}
              aria-label={say('ui.persons.open-item', { name: itemName, count: subjects.length })}
              onClick={() => go({ screen: 'item', item: sha256 })}
            >
              <Thumbnail item={sha256} side={96} />
              <Text component="span" size="xs" className={classes.name}>
                {itemName}
              </Text>
            </UnstyledButton>
          </li>
        ))}
      </ul>
      {one.more > 0 ? <Text size="sm">{say('ui.persons.more', { count: one.more })}</Text> : null}
    </li>
  );
}
