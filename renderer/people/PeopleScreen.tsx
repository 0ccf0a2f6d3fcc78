/** The people of a case and their samples: on which basis, until when, of which quality, and how they are removed with proof. */
import { Button, Code, Group, Loader, Paper, Stack, Table, Text, Title } from '@mantine/core';
import { useEffect, useRef, useState } from 'react';
import type { PersonDetail, RequestOutput } from '../../main/contract/ipc.ts';
import { inARow, sayQuality } from '../../main/strings/index.ts';
import { request } from '../host/bridge.ts';
import { AddReference } from '../parts/AddReference.tsx';
import { ConfirmDialog } from '../parts/ConfirmDialog.tsx';
import { Details } from '../parts/Details.tsx';
import { EmptyState } from '../parts/EmptyState.tsx';
import { FaultNote } from '../parts/Fault.tsx';
import { Renewable } from '../parts/Renewable.tsx';
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
        <AddReference item={null} whose="new" />
      </Paper>
      {people.length > 0 ? <Renewable /> : null}
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
        {person.expired ? null : <AddReference item={null} whose={person} />}
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

type Sample = PersonDetail['samples'][number];
type TakenOut = RequestOutput<'person.removeSample'> & { readonly sample: number };

function Samples({ person }: { readonly person: PersonDetail }) {
  const { say } = useWords();
  const [asked, setAsked] = useState<Sample | null>(null);
  const [takenOut, setTakenOut] = useState<TakenOut | null>(null);
  const takeOut = useAct(async (sample: number) => {
    setTakenOut({ sample, ...(await request('person.removeSample', { person: person.id, sample })) });
    setAsked(null);
  });
  const usable = person.samples.filter(({ accepted }) => accepted);
  return (
    <Stack gap="sm">
      {takenOut ? (
        <TakenOutNote taken={takenOut} gone={!person.samples.some(({ id }) => id === takenOut.sample)} />
      ) : null}
      <Scrolled label={say('ui.people.samples-of', { name: person.name })} style={{ overflowX: 'auto' }}>
        <Table verticalSpacing={8}>
          <Table.Thead>
            <Table.Tr>
              <Table.Th scope="col">{say('report.column.entry')}</Table.Th>
              <Table.Th scope="col" miw={140}>
                {say('ui.people.file')}
              </Table.Th>
              {['kind', 'usable', 'quality', 'added'].map((column) => (
                <Table.Th key={column} scope="col" style={{ whiteSpace: 'nowrap' }}>
                  {say(`report.column.${column}`)}
                </Table.Th>
              ))}
              <Table.Td />
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {person.samples.map((sample) => (
              <SampleRow
                key={sample.id}
                sample={sample}
                // One that can be used stays.
                takeOut={usable.length > 1 || !sample.accepted ? () => setAsked(sample) : null}
              />
            ))}
          </Table.Tbody>
        </Table>
      </Scrolled>
      {usable.length === 1 ? (
        <Text size="xs" c="dimmed">
          {say('ui.people.last-sample')}
        </Text>
      ) : null}
      <ConfirmDialog
        opened={asked !== null}
        title={say('ui.people.take-out-title', { name: person.name, sample: asked ? nameOf(asked) : '' })}
        act={say('ui.people.take-out')}
        busy={takeOut.busy}
        fault={takeOut.fault}
        confirm={() => asked && void takeOut.run(asked.id)}
        close={() => setAsked(null)}
      >
        {say('ui.people.take-out-text', { name: person.name })}
      </ConfirmDialog>
    </Stack>
  );
}

/** Number and file: two files may bear one name. */
function nameOf({ id, name }: Sample): string {
  return name === null ? String(id) : `${id} (${name})`;
}

interface TakenOutNoteProps {
  readonly taken: TakenOut;
  /** Whether its row has gone, with the button that was pressed: the focus is not lost with it. */
  readonly gone: boolean;
}

function TakenOutNote({ taken: { sample, proof }, gone }: TakenOutNoteProps) {
  const { say } = useWords();
  const note = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (gone) note.current?.focus();
  }, [gone]);
  return (
    <div role="status" ref={note} tabIndex={-1}>
      <Text size="sm">{say('ui.people.taken-out', { sample })}</Text>
      <Text size="xs" c="dimmed" style={{ overflowWrap: 'anywhere' }}>
        {say('ui.people.proof', { seq: proof.seq })} <Code>{proof.hash}</Code>
      </Text>
    </div>
  );
}

interface SampleRowProps {
  readonly sample: Sample;
  /** Null where it goes only with the person. */
  readonly takeOut: (() => void) | null;
}

function SampleRow({ sample, takeOut }: SampleRowProps) {
  const { say, sayReason, moment, language } = useWords();
  const { id, kind, accepted, reason, quality, name, apart, createdAtMs } = sample;
  return (
    <Table.Tr>
      <Table.Td>{id}</Table.Td>
      <Table.Td style={{ overflowWrap: 'anywhere' }}>{name ?? say('report.source-erased')}</Table.Td>
      <Table.Td style={{ whiteSpace: 'nowrap' }}>{say(`report.sample.${kind}`)}</Table.Td>
      <Table.Td>
        {say(`law.answer.${accepted ? 'yes' : 'no'}`)}
        {reason ? ` · ${sayReason(reason)}` : ''}
        {apart === null ? null : (
          <Text size="xs" c="var(--attention)">
            {say('ui.people.apart')}
          </Text>
        )}
      </Table.Td>
      <Table.Td>{inARow(language, sayQuality(language, quality))}</Table.Td>
      <Table.Td>{moment(createdAtMs)}</Table.Td>
      <Table.Td>
        {takeOut ? (
          <Button
            size="compact-xs"
            variant="default"
            aria-label={say('ui.people.take-out-of', { sample: nameOf(sample) })}
            onClick={takeOut}
          >
            {say('ui.people.take-out')}
          </Button>
        ) : null}
      </Table.Td>
    </Table.Tr>
  );
}
