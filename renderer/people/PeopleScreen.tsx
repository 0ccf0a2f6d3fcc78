/** The people of a case and their samples: on which basis, until when, of which quality, and how they are removed with proof. */
import { Button, Code, Group, Loader, Paper, Stack, Table, Text, Title } from '@mantine/core';
import { useState } from 'react';
import type { PersonDetail, RequestOutput } from '../../main/contract/ipc.ts';
import { request } from '../host/bridge.ts';
import { AddReference } from '../parts/AddReference.tsx';
import { ConfirmDialog } from '../parts/ConfirmDialog.tsx';
import { Details } from '../parts/Details.tsx';
import { EmptyState } from '../parts/EmptyState.tsx';
import { FaultNote } from '../parts/Fault.tsx';
import { Scrolled } from '../parts/Scrolled.tsx';
import { useAct, useRequest } from '../state/request.ts';
import { useSession } from '../state/session.ts';
import { useWords } from '../words/words.ts';

export default function PeopleScreen() {
  const { say } = useWords();
  const listed = useRequest('person.list', {});
  const load = useSession((state) => state.load);
  const expire = useAct(async () => {
    await request('person.expire', {});
    await load();
  });
  const people = listed.value?.people ?? [];
  return (
    <Stack gap="lg" maw={860}>
      <div>
        <Title order={1}>{say('ui.people.title')}</Title>
        <Text size="sm" c="dimmed" mt={8} className="measure">
          {say('ui.people.lead')}
        </Text>
      </div>
      {listed.state === 'failed' ? (
        <FaultNote fault={listed.fault} act={{ words: say('ui.again'), run: listed.again }} />
      ) : null}
      {listed.state === 'waiting' && !listed.value ? <Loader type="dots" /> : null}
      {listed.value && people.length === 0 ? <EmptyState words={say('ui.people.none')} /> : null}
      {people.some(({ expired }) => expired) ? (
        <Group>
          <Text size="sm" c="var(--attention)">
            {say('ui.people.expired-some')}
          </Text>
          <Button size="xs" variant="default" loading={expire.busy} onClick={() => void expire.run()}>
            {say('ui.people.expire')}
          </Button>
        </Group>
      ) : null}
      {expire.fault ? <FaultNote fault={expire.fault} /> : null}
      {people.map((person) => (
        <Person key={person.id} person={person} changed={() => void load()} />
      ))}
      <Paper withBorder p="lg" bg="var(--sheet)">
        <AddReference item={null} />
      </Paper>
    </Stack>
  );
}

type Removal = RequestOutput<'person.remove'>;

function Person({ person, changed }: { readonly person: PersonDetail; changed(): void }) {
  const { say, day } = useWords();
  const [asking, setAsking] = useState(false);
  const [removed, setRemoved] = useState<Removal | null>(null);
  const remove = useAct(async () => {
    setRemoved(await request('person.remove', { person: person.id }));
    setAsking(false);
  });
  if (removed)
    return (
      <Paper withBorder p="lg" bg="var(--sheet)" role="status">
        <Text size="sm">{say('ui.people.removed', { samples: removed.samples, items: removed.items.length })}</Text>
        <Text size="xs" c="dimmed" mt={8}>
          {say('ui.people.proof', { seq: removed.proof.seq })} <Code>{removed.proof.hash}</Code>
        </Text>
        <Button mt="sm" size="xs" variant="default" onClick={changed}>
          {say('ui.close')}
        </Button>
      </Paper>
    );
  return (
    <Paper component="section" withBorder p="lg" bg="var(--sheet)" aria-labelledby={`person-${person.id}`}>
      <Stack gap="md">
        <Group justify="space-between" align="flex-start">
          <div>
            <Title order={2} id={`person-${person.id}`}>
              {person.name}
            </Title>
            <Text size="sm" c="dimmed">
              {say('ui.people.line', {
                basis: say(`report.basis.${person.basis}`),
                until: day(Date.parse(person.retainUntil)),
                faces: person.faces,
                voices: person.voices,
              })}
            </Text>
            <Text size="sm">{say('ui.people.purpose', { purpose: person.purpose })}</Text>
            {person.expired ? (
              <Text size="sm" c="var(--attention)">
                {say('ui.people.expired')}
              </Text>
            ) : null}
          </div>
          <Button variant="default" size="xs" onClick={() => setAsking(true)}>
            {say('ui.people.remove')}
          </Button>
        </Group>
        <Details summary={say('ui.people.samples', { count: person.samples.length })}>
          <Samples person={person} />
        </Details>
      </Stack>
      <ConfirmDialog
        opened={asking}
        title={say('ui.people.remove-title', { name: person.name })}
        act={say('ui.people.remove')}
        busy={remove.busy}
        fault={remove.fault}
        confirm={() => void remove.run()}
        close={() => setAsking(false)}
      >
        {say('ui.people.remove-text')}
      </ConfirmDialog>
    </Paper>
  );
}

function Samples({ person }: { readonly person: PersonDetail }) {
  const { say, sayReason, moment, number } = useWords();
  return (
    <Scrolled label={say('ui.people.samples-of', { name: person.name })} style={{ overflowX: 'auto' }}>
      <Table verticalSpacing={8}>
        <Table.Thead>
          <Table.Tr>
            {['kind', 'usable', 'quality', 'added'].map((column) => (
              <Table.Th key={column} scope="col">
                {say(`report.column.${column}`)}
              </Table.Th>
            ))}
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {person.samples.map(({ id, kind, accepted, reason, quality, createdAtMs }) => (
            <Table.Tr key={id}>
              <Table.Td>{say(`report.sample.${kind}`)}</Table.Td>
              <Table.Td>
                {say(`law.answer.${accepted ? 'yes' : 'no'}`)}
                {reason ? ` · ${sayReason(reason)}` : ''}
              </Table.Td>
              <Table.Td>
                {Object.entries(quality)
                  .map(([name, value]) => `${name} ${number(value, Number.isInteger(value) ? 0 : 2)}`)
                  .join(', ')}
              </Table.Td>
              <Table.Td>{moment(createdAtMs)}</Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Scrolled>
  );
}
