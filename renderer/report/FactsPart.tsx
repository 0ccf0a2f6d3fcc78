/** What the person states of the case: questions in groups, all of which can be left out. Answers are quoted, never judged. */
import { Button, Checkbox, Group, Loader, Select, Stack, Text, Textarea, TextInput } from '@mantine/core';
import { type ReactNode, useId, useState } from 'react';
import type { Asked, Facts, RequestInput } from '../../main/contract/ipc.ts';
import { request } from '../host/bridge.ts';
import { Details } from '../parts/Details.tsx';
import { FaultNote } from '../parts/Fault.tsx';
import { useAct, useRequest } from '../state/request.ts';
import { useWords } from '../words/words.ts';
import { DutyForm, type NamedItem, RouteForm, WitnessForm } from './FurtherFacts.tsx';
import { groupOf, QUESTION_GROUPS } from './question-groups.ts';

type Statement = RequestInput<'facts.state'>['statements'][number];
type Value = Extract<Statement, { readonly answer: unknown }>['answer']['value'];

/** An answer that stands. */
interface Standing {
  readonly id: number;
  readonly value: Value;
}

export function FactsPart() {
  const { say } = useWords();
  const asked = useRequest('facts.list', {});
  const rows = useRequest('items.page', { offset: 0, limit: 500, filter: { roles: ['suspected-source'] } });
  const heard = useRequest('items.page', { offset: 0, limit: 500, filter: { roles: ['questioned'] } });
  const [changed, setChanged] = useState<Facts | null>(null);
  const facts = changed ?? asked.value;
  const sources = rows.value?.rows ?? [];
  return (
    <Stack gap="md">
      <Text size="sm" className="measure">
        {say('ui.facts.lead')}
      </Text>
      {asked.state === 'failed' ? (
        <FaultNote fault={asked.fault} act={{ words: say('ui.again'), run: asked.again }} />
      ) : null}
      {!facts && asked.state === 'waiting' ? <Loader type="dots" /> : null}
      {facts ? (
        <>
          {QUESTION_GROUPS.map((group) => (
            <QuestionGroup key={group} group={group} facts={facts} sources={sources} changed={setChanged} />
          ))}
          <DutyForm facts={facts} changed={setChanged} />
          <RouteForm facts={facts} changed={setChanged} />
          <WitnessForm facts={facts} changed={setChanged} items={heard.value?.rows ?? []} />
        </>
      ) : null}
    </Stack>
  );
}

interface QuestionGroupProps {
  readonly group: string;
  readonly facts: Facts;
  readonly sources: readonly NamedItem[];
  changed(facts: Facts): void;
}

function QuestionGroup({ group, facts, sources, changed }: QuestionGroupProps) {
  const { say } = useWords();
  const questions = facts.questions.filter((question) => groupOf(question) === group);
  const slots = questions.flatMap((question): { question: Asked; source: NamedItem | null }[] =>
    question.scope === 'case' ? [{ question, source: null }] : sources.map((source) => ({ question, source })),
  );
  const standingOf = (question: string, item: string | null): Standing | null => {
    const found = facts.statements.find((one) => one.kind === 'answer' && one.key === question && one.item === item);
    return found ? { id: found.id, value: found.value as Value } : null;
  };
  const answered = slots.filter(({ question, source }) => standingOf(question.id, source?.sha256 ?? null)).length;
  return (
    <Details summary={say('ui.facts.answered', { group: say(`ui.facts.group.${group}`), answered, of: slots.length })}>
      <Stack gap="lg" maw={620}>
        {slots.length === 0 ? <Text size="sm">{say('ui.facts.no-sources')}</Text> : null}
        {slots.map(({ question, source }) => {
          const standing = standingOf(question.id, source?.sha256 ?? null);
          const words = say(`law.question.${question.id}`);
          return (
            <Question
              key={`${question.id} ${source?.sha256 ?? ''} ${standing?.id ?? ''}`}
              question={question}
              item={source?.sha256 ?? null}
              label={source ? say('ui.facts.of-item', { question: words, name: source.name }) : words}
              standing={standing}
              changed={changed}
            />
          );
        })}
      </Stack>
    </Details>
  );
}

interface QuestionProps {
  readonly question: Asked;
  readonly item: string | null;
  readonly label: string;
  readonly standing: Standing | null;
  changed(facts: Facts): void;
}

function Question(props: QuestionProps) {
  const { question, item, standing, changed } = props;
  const { say } = useWords();
  const record = useAct(async (value: Value | null) => {
    if (value !== null)
      changed(await request('facts.state', { statements: [{ answer: { question: question.id, item, value } }] }));
    else if (standing) changed(await request('facts.withdraw', { id: standing.id }));
  });
  return (
    <div>
      <Control {...props} record={(value) => void record.run(value)} busy={record.busy} />
      {standing && question.form !== 'choice' ? (
        <Button mt={8} size="compact-xs" variant="subtle" onClick={() => void record.run(null)}>
          {say('ui.facts.withdraw')}
        </Button>
      ) : null}
      {record.fault ? <FaultNote fault={record.fault} /> : null}
    </div>
  );
}

interface ControlProps extends QuestionProps {
  readonly busy: boolean;
  record(value: Value | null): void;
}

function Control(props: ControlProps): ReactNode {
  switch (props.question.form) {
    case 'choice':
      return <OneOf {...props} />;
    case 'choices':
      return <SomeOf {...props} />;
    case 'dates':
      return <Dates {...props} />;
    default:
      return <Written {...props} />;
  }
}

function OneOf({ question, label, standing, record, busy }: ControlProps) {
  const { say } = useWords();
  return (
    <Select
      label={label}
      placeholder={say('ui.facts.not-answered')}
      clearable
      clearButtonProps={{ 'aria-label': say('ui.facts.withdraw') }}
      disabled={busy}
      maw={440}
      value={typeof standing?.value === 'string' ? standing.value : null}
      onChange={record}
      data={question.answers.map((value) => ({ value, label: say(`law.answer.${value}`) }))}
    />
  );
}

function SomeOf({ question, label, standing, record, busy }: ControlProps) {
  const { say } = useWords();
  const stated = Array.isArray(standing?.value) ? standing.value : [];
  return (
    <Checkbox.Group label={label} value={stated} onChange={(chosen) => record(chosen.length === 0 ? null : chosen)}>
      <Stack gap={8} mt={8}>
        {question.answers.map((value) => (
          <Checkbox key={value} value={value} disabled={busy} label={say(`law.answer.${value}`)} />
        ))}
      </Stack>
    </Checkbox.Group>
  );
}

function Dates({ label, standing, record, busy }: ControlProps) {
  const { say } = useWords();
  const id = useId();
  const [known, last] = spanOf(standing?.value);
  const [from, setFrom] = useState(known);
  const [to, setTo] = useState(last);
  return (
    <form
      aria-labelledby={id}
      onSubmit={(event) => {
        event.preventDefault();
        record(to === '' || to === from ? from : { from, to });
      }}
    >
      <Text size="sm" fw={500} id={id}>
        {label}
      </Text>
      <Group align="flex-end" mt={4}>
        <TextInput
          type="date"
          label={say('ui.facts.from')}
          value={from}
          onChange={(event) => setFrom(event.currentTarget.value)}
        />
        <TextInput
          type="date"
          label={say('ui.facts.to')}
          value={to}
          min={from}
          onChange={(event) => setTo(event.currentTarget.value)}
        />
        <Button
          type="submit"
          variant="default"
          loading={busy}
          disabled={from === '' || (from === known && to === last)}
        >
          {say('ui.save')}
        </Button>
      </Group>
    </form>
  );
}

function spanOf(value: Value | undefined): [string, string] {
  if (typeof value === 'string') return [value, ''];
  return value !== undefined && typeof value === 'object' && 'from' in value ? [value.from, value.to] : ['', ''];
}

function Written({ question: { form }, label, standing, record, busy }: ControlProps) {
  const { say } = useWords();
  const known = standing === null ? '' : String(standing.value);
  const [text, setText] = useState(known);
  const value = form === 'number' ? Number(text) : text.trim();
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        record(value);
      }}
    >
      <Group align="flex-end">
        {form === 'number' ? (
          <TextInput
            type="number"
            label={label}
            value={text}
            min={0}
            step={1}
            onChange={(event) => setText(event.currentTarget.value)}
            w={240}
          />
        ) : form === 'date' ? (
          <TextInput
            type="date"
            label={label}
            value={text}
            onChange={(event) => setText(event.currentTarget.value)}
            w={240}
          />
        ) : (
          <Textarea
            label={label}
            value={text}
            maxLength={10_000}
            autosize
            minRows={2}
            maxRows={12}
            flex="1 1 320px"
            onChange={(event) => setText(event.currentTarget.value)}
          />
        )}
        <Button type="submit" variant="default" loading={busy} disabled={text.trim() === '' || text === known}>
          {say('ui.save')}
        </Button>
      </Group>
    </form>
  );
}
