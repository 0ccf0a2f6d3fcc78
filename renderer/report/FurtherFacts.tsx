/** What became of the duties of others and of each route, as the person states it; the list of what stands, to be taken back. */
import { Button, Group, Select, Stack, Text, Textarea, TextInput } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import type { Facts, RequestInput } from '../../main/contract/ipc.ts';
import { request } from '../host/bridge.ts';
import { Details } from '../parts/Details.tsx';
import { FaultNote } from '../parts/Fault.tsx';
import { useAct } from '../state/request.ts';
import { useWords } from '../words/words.ts';
import classes from './Lines.module.css';

type Statement = RequestInput<'facts.state'>['statements'][number];
type Duty = Extract<Statement, { readonly duty: unknown }>['duty'];
type Route = Extract<Statement, { readonly route: unknown }>['route'];

interface FormProps {
  readonly facts: Facts;
  changed(facts: Facts): void;
}

function useStatement(changed: FormProps['changed']) {
  const state = useAct(async (statement: Statement) =>
    changed(await request('facts.state', { statements: [statement] })),
  );
  const withdraw = useAct(async (id: number) => changed(await request('facts.withdraw', { id })));
  return { state, withdraw, fault: state.fault ?? withdraw.fault };
}

export function DutyForm({ facts, changed }: FormProps) {
  const { say, language } = useWords();
  const { state, withdraw, fault } = useStatement(changed);
  const [duty, setDuty] = useState<string | null>(null);
  const [actor, setActor] = useState('');
  const [asStated, setAsStated] = useState<Duty['asStated'] | null>(null);
  const [told, setTold] = useState('');
  const standing = facts.statements.filter(({ kind }) => kind === 'duty');
  const textOf = (id: string) => facts.duties.find((one) => one.id === id)?.text[language] ?? id;
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    if (duty === null || asStated === null) return;
    if (await state.run({ duty: { duty, actor: actor.trim(), asStated, facts: told.trim() } })) setTold('');
  };
  return (
    <Details summary={`${say('ui.facts.group.duties')} (${standing.length})`}>
      <Stack gap="md" maw={620}>
        <Standing
          lines={standing.map(({ id, value }) => {
            const { duty: named, actor: whose, asStated: state_, facts: why } = value as Duty;
            const words = [textOf(named), whose, say(`ui.facts.as-stated.${state_}`), why];
            return { id, words: words.filter((part) => part !== '').join(' · ') };
          })}
          withdraw={(id) => void withdraw.run(id)}
        />
        <form onSubmit={(event) => void submit(event)}>
          <Stack gap="md">
            <Select
              label={say('ui.facts.duty')}
              searchable
              value={duty}
              onChange={setDuty}
              data={facts.duties.map(({ id, text }) => ({ value: id, label: text[language] }))}
            />
            <TextInput
              label={say('ui.facts.actor')}
              value={actor}
              maxLength={200}
              onChange={(event) => setActor(event.currentTarget.value)}
              autoComplete="off"
            />
            <Select
              label={say('ui.facts.as-stated')}
              value={asStated}
              onChange={(value) => setAsStated(value as Duty['asStated'] | null)}
              data={(['fulfilled', 'not', 'unknown'] as const).map((value) => ({
                value,
                label: say(`ui.facts.as-stated.${value}`),
              }))}
            />
            <Textarea
              label={say('ui.facts.duty-facts')}
              value={told}
              maxLength={10_000}
              autosize
              minRows={2}
              onChange={(event) => setTold(event.currentTarget.value)}
            />
            {fault ? <FaultNote fault={fault} /> : null}
            <Button
              type="submit"
              variant="default"
              w="fit-content"
              loading={state.busy}
              disabled={duty === null || asStated === null || actor.trim() === ''}
            >
              {say('ui.facts.add')}
            </Button>
          </Stack>
        </form>
      </Stack>
    </Details>
  );
}

const EVENTS = ['sent', 'received', 'filed', 'decided', 'measure-taken', 'provided', 'answered'] as const;

export function RouteForm({ facts, changed }: FormProps) {
  const { say, language } = useWords();
  const { state, withdraw, fault } = useStatement(changed);
  const [route, setRoute] = useState<string | null>(null);
  const [event, setEvent] = useState<Route['event'] | null>(null);
  const [day, setDay] = useState('');
  const [number, setNumber] = useState('');
  const standing = facts.statements.filter(({ kind }) => kind === 'route');
  const nameOf = (code: string) => facts.routes.find((one) => one.code === code)?.name[language] ?? code;
  const submit = async (submitted: FormEvent) => {
    submitted.preventDefault();
    if (route === null || event === null) return;
    const given = { route, event, at: day, ...(number.trim() === '' ? {} : { number: number.trim() }) };
    if (await state.run({ route: given })) setNumber('');
  };
  return (
    <Details summary={`${say('ui.facts.group.routes')} (${standing.length})`}>
      <Stack gap="md" maw={620}>
        <Standing
          lines={standing.map(({ id, value }) => {
            const { route: named, event: what, at, number: known } = value as Route;
            const words = [nameOf(named), say(`ui.facts.event.${what}`), at, known ?? ''];
            return { id, words: words.filter((part) => part !== '').join(' · ') };
          })}
          withdraw={(id) => void withdraw.run(id)}
        />
        <form onSubmit={(submitted) => void submit(submitted)}>
          <Stack gap="md">
            <Select
              label={say('ui.facts.route')}
              searchable
              value={route}
              onChange={setRoute}
              data={facts.routes.map(({ code, name }) => ({ value: code, label: name[language] }))}
            />
            <Select
              label={say('ui.facts.event')}
              value={event}
              onChange={(value) => setEvent(value as Route['event'] | null)}
              data={EVENTS.map((value) => ({ value, label: say(`ui.facts.event.${value}`) }))}
            />
            <Group align="flex-end">
              <TextInput
                type="date"
                label={say('ui.facts.event-day')}
                value={day}
                onChange={(changedDay) => setDay(changedDay.currentTarget.value)}
              />
              <TextInput
                label={say('ui.facts.event-number')}
                value={number}
                maxLength={200}
                onChange={(changedNumber) => setNumber(changedNumber.currentTarget.value)}
                autoComplete="off"
              />
            </Group>
            {fault ? <FaultNote fault={fault} /> : null}
            <Button
              type="submit"
              variant="default"
              w="fit-content"
              loading={state.busy}
              disabled={route === null || event === null || day === ''}
            >
              {say('ui.facts.add')}
            </Button>
          </Stack>
        </form>
      </Stack>
    </Details>
  );
}

interface StandingProps {
  readonly lines: readonly { readonly id: number; readonly words: string }[];
  withdraw(id: number): void;
}

function Standing({ lines, withdraw }: StandingProps) {
  const { say } = useWords();
  if (lines.length === 0) return null;
  return (
    <ul className={classes.lines}>
      {lines.map(({ id, words }) => (
        <li key={id} className={classes.line}>
          <Text size="sm" className={`${classes.words} ${classes.value}`}>
            {words}
          </Text>
          <Button size="compact-xs" variant="subtle" onClick={() => withdraw(id)}>
            {say('ui.facts.withdraw')}
          </Button>
        </li>
      ))}
    </ul>
  );
}
