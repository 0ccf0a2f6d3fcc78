/** What became of the duties of others and of each route, and who recognised an item, as the person states it; what stands can be taken back. */
import { Button, Group, Select, Stack, Text, Textarea, TextInput } from '@mantine/core';
import { type ReactNode, useState } from 'react';
import type { Facts, RequestInput } from '../../main/contract/ipc.ts';
import { ROUTE_EVENTS } from '../../main/contract/route-events.ts';
import { request } from '../host/bridge.ts';
import { Details } from '../parts/Details.tsx';
import { FaultNote } from '../parts/Fault.tsx';
import { useAct } from '../state/request.ts';
import { useWords } from '../words/words.ts';
import classes from './Lines.module.css';

type Statement = RequestInput<'facts.state'>['statements'][number];
type Duty = Extract<Statement, { readonly duty: unknown }>['duty'];
type Route = Extract<Statement, { readonly route: unknown }>['route'];
type Witness = Extract<Statement, { readonly witness: unknown }>['witness'];

interface FormProps {
  readonly facts: Facts;
  changed(facts: Facts): void;
}

/** An item that a statement can be about. */
export interface NamedItem {
  readonly sha256: string;
  readonly name: string;
}

interface StatementFormProps extends FormProps {
  readonly kind: 'duty' | 'route' | 'witness';
  readonly title: string;
  /** In words; empty parts are left out. */
  wordsOf(value: unknown): readonly string[];
  /** Null until what is needed was filled in. */
  readonly statement: Statement | null;
  /** After it was recorded. */
  recorded(): void;
  readonly children: ReactNode;
}

function StatementForm({ facts, changed, kind, title, wordsOf, statement, recorded, children }: StatementFormProps) {
  const { say } = useWords();
  const state = useAct(async (stated: Statement) => {
    changed(await request('facts.state', { statements: [stated] }));
    recorded();
  });
  const withdraw = useAct(async (id: number) => changed(await request('facts.withdraw', { id })));
  const fault = state.fault ?? withdraw.fault;
  const standing = facts.statements.filter((one) => one.kind === kind);
  return (
    <Details summary={`${title} (${standing.length})`}>
      <Stack gap="md" maw={620}>
        <Standing
          lines={standing.map(({ id, value }) => ({
            id,
            words: wordsOf(value)
              .filter((part) => part !== '')
              .join(' · '),
          }))}
          withdraw={(id) => void withdraw.run(id)}
        />
        <form
          onSubmit={(event) => {
            event.preventDefault();
            if (statement) void state.run(statement);
          }}
        >
          <Stack gap="md">
            {children}
            {fault ? <FaultNote fault={fault} /> : null}
            <Button type="submit" variant="default" w="fit-content" loading={state.busy} disabled={statement === null}>
              {say('ui.facts.add')}
            </Button>
          </Stack>
        </form>
      </Stack>
    </Details>
  );
}

const AS_STATED = ['fulfilled', 'not', 'unknown'] as const;

export function DutyForm({ facts, changed }: FormProps) {
  const { say, language } = useWords();
  const [duty, setDuty] = useState<string | null>(null);
  const [actor, setActor] = useState('');
  const [asStated, setAsStated] = useState<Duty['asStated'] | null>(null);
  const [told, setTold] = useState('');
  const textOf = (id: string) => facts.duties.find((one) => one.id === id)?.text[language] ?? id;
  return (
    <StatementForm
      facts={facts}
      changed={changed}
      kind="duty"
      title={say('ui.facts.group.duties')}
      wordsOf={(value) => {
        const { duty: named, actor: whose, asStated: state, facts: why } = value as Duty;
        return [textOf(named), whose, say(`ui.facts.as-stated.${state}`), why];
      }}
      statement={
        duty !== null && asStated !== null && actor.trim() !== ''
          ? { duty: { duty, actor: actor.trim(), asStated, facts: told.trim() } }
          : null
      }
      recorded={() => setTold('')}
    >
      <Select
        label={say('ui.facts.duty')}
        searchable
        value={duty}
        onChange={setDuty}
        data={facts.duties.map(({ id, text }) => ({ value: id, label: text[language] }))}
      />
      <Line label={say('ui.facts.actor')} value={actor} change={setActor} />
      <Select
        label={say('ui.facts.as-stated')}
        value={asStated}
        onChange={(value) => setAsStated(value as Duty['asStated'] | null)}
        data={AS_STATED.map((value) => ({ value, label: say(`ui.facts.as-stated.${value}`) }))}
      />
      <Textarea
        label={say('ui.facts.duty-facts')}
        value={told}
        maxLength={10_000}
        autosize
        minRows={2}
        onChange={(event) => setTold(event.currentTarget.value)}
      />
    </StatementForm>
  );
}

export function RouteForm({ facts, changed }: FormProps) {
  const { say, language } = useWords();
  const [route, setRoute] = useState<string | null>(null);
  const [event, setEvent] = useState<Route['event'] | null>(null);
  const [day, setDay] = useState('');
  const [number, setNumber] = useState('');
  const nameOf = (code: string) => facts.routes.find((one) => one.code === code)?.name[language] ?? code;
  return (
    <StatementForm
      facts={facts}
      changed={changed}
      kind="route"
      title={say('ui.facts.group.routes')}
      wordsOf={(value) => {
        const { route: named, event: what, at, number: known } = value as Route;
        return [nameOf(named), say(`ui.facts.event.${what}`), at, known ?? ''];
      }}
      statement={
        route !== null && event !== null && day !== ''
          ? { route: { route, event, at: day, ...(number.trim() === '' ? {} : { number: number.trim() }) } }
          : null
      }
      recorded={() => setNumber('')}
    >
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
        data={ROUTE_EVENTS.map((value) => ({ value, label: say(`ui.facts.event.${value}`) }))}
      />
      <Group align="flex-end">
        <TextInput
          type="date"
          label={say('ui.facts.event-day')}
          value={day}
          onChange={(changedDay) => setDay(changedDay.currentTarget.value)}
        />
        <Line label={say('ui.facts.event-number')} value={number} change={setNumber} />
      </Group>
    </StatementForm>
  );
}

const RECOGNISED = ['yes', 'no', 'unsure'] as const;
const TOLD = ['no', 'yes', 'unknown'] as const;

/** The witness sheet: who recognised a voice or a face, by what, and what that person had been told before. */
export function WitnessForm({ facts, changed, items }: FormProps & { readonly items: readonly NamedItem[] }) {
  const { say } = useWords();
  const [item, setItem] = useState<string | null>(null);
  const [name, setName] = useState('');
  const [relation, setRelation] = useState('');
  const [day, setDay] = useState('');
  const [recognised, setRecognised] = useState<Witness['recognised'] | null>(null);
  const [by, setBy] = useState('');
  const [told, setTold] = useState<Witness['told'] | null>(null);
  const nameOf = (sha256: string) => items.find((one) => one.sha256 === sha256)?.name ?? sha256.slice(0, 16);
  return (
    <StatementForm
      facts={facts}
      changed={changed}
      kind="witness"
      title={say('ui.facts.group.witnesses')}
      wordsOf={(value) => {
        const { item: of, name: who, relation: how, on, recognised: found, by: why, told: before } = value as Witness;
        return [
          ...[nameOf(of), who, how, on ?? '', say(`ui.facts.recognised.${found}`)],
          ...[why, say(`ui.facts.told.${before}`)],
        ];
      }}
      statement={
        item !== null && name.trim() !== '' && recognised !== null && told !== null
          ? {
              witness: {
                ...{ item, name: name.trim(), relation: relation.trim(), on: day === '' ? null : day },
                ...{ recognised, by: by.trim(), told },
              },
            }
          : null
      }
      recorded={() => {
        setName('');
        setRelation('');
        setBy('');
      }}
    >
      <Text size="sm">{say('ui.facts.witness-lead')}</Text>
      <Select
        label={say('ui.facts.witness-item')}
        searchable
        value={item}
        onChange={setItem}
        data={items.map((one) => ({ value: one.sha256, label: one.name }))}
      />
      <Group align="flex-end">
        <Line label={say('law.witness.name')} value={name} change={setName} />
        <Line label={say('law.witness.relation')} value={relation} change={setRelation} />
        <TextInput
          type="date"
          label={say('law.witness.on')}
          value={day}
          onChange={(changedDay) => setDay(changedDay.currentTarget.value)}
        />
      </Group>
      <Select
        label={say('law.witness.recognised')}
        value={recognised}
        onChange={(value) => setRecognised(value as Witness['recognised'] | null)}
        data={RECOGNISED.map((value) => ({ value, label: say(`ui.facts.recognised.${value}`) }))}
      />
      <Textarea
        label={say('law.witness.by')}
        value={by}
        maxLength={2000}
        autosize
        minRows={2}
        onChange={(event) => setBy(event.currentTarget.value)}
      />
      <Select
        label={say('law.witness.told')}
        value={told}
        onChange={(value) => setTold(value as Witness['told'] | null)}
        data={TOLD.map((value) => ({ value, label: say(`ui.facts.told.${value}`) }))}
      />
    </StatementForm>
  );
}

interface LineProps {
  readonly label: string;
  readonly value: string;
  change(value: string): void;
}

function Line({ label, value, change }: LineProps) {
  return (
    <TextInput
      label={label}
      value={value}
      maxLength={200}
      onChange={(event) => change(event.currentTarget.value)}
      autoComplete="off"
    />
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
