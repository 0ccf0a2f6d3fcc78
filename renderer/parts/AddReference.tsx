/** Photos or recordings of a person, added where they are needed; of somebody new with consent, purpose and an end in plain words. */
import { Button, Group, Radio, Stack, Text, TextInput } from '@mantine/core';
import { useState } from 'react';
import type { PersonLine, RequestOutput } from '../../main/contract/ipc.ts';
import { request } from '../host/bridge.ts';
import { handOver } from '../host/files.ts';
import { useAct } from '../state/request.ts';
import { useSession } from '../state/session.ts';
import { useWords } from '../words/words.ts';
import { ChooseFiles } from './ChooseFile.tsx';
import { Details } from './Details.tsx';
import { FaultNote } from './Fault.tsx';

type Judged = RequestOutput<'person.add'>['samples'];

/** Days that samples are kept unless something else is chosen. */
const USUAL_DAYS = 90;
const MOST_DAYS = 3650;
const DAY_MS = 86_400_000;

/** Stands for somebody who is not enrolled yet. */
const NEW = 'new';

/** What is stated of somebody who is enrolled. */
interface Terms {
  readonly name: string;
  readonly basis: 'own' | 'consent';
  readonly days: number;
}

interface AddReferenceProps {
  /** Compared again once a sample can be used; null where no item waits. */
  readonly item: string | null;
  /** `choice`: one of the people of the case or somebody new. */
  readonly whose: PersonLine | typeof NEW | 'choice';
}

export function AddReference({ item, whose }: AddReferenceProps) {
  const { say, day } = useWords();
  const people = useSession((state) => state.session?.people ?? []);
  const current = people.filter(({ expired }) => !expired);
  const [chosen, setChosen] = useState<string | null>(null);
  const first = chosen ?? current[0]?.id;
  const choice = whose === 'choice' ? (current.find(({ id }) => id === first) ?? null) : null;
  const person = typeof whose === 'object' ? whose : choice;
  const [files, setFiles] = useState<readonly File[]>([]);
  const [terms, setTerms] = useState<Terms>({ name: '', basis: 'own', days: USUAL_DAYS });
  const [judged, setJudged] = useState<Judged | null>(null);
  const add = useAct(async () => {
    const source = await handOver(files);
    const { samples } = person
      ? await request('person.extend', { source, person: person.id })
      : await request('person.add', {
          source,
          name: terms.name.trim(),
          basis: terms.basis,
          purpose: say('ui.reference.purpose-words'),
          retainUntil: new Date(Date.now() + terms.days * DAY_MS).toISOString().slice(0, 10),
        });
    setJudged(samples);
    setFiles([]);
    if (item !== null && samples.some(({ refusal }) => refusal === null)) await request('scan.again', { item });
  });
  const further = whose === NEW ? 'ui.reference.add-person' : 'ui.reference.add-another';
  const summary =
    typeof whose === 'object'
      ? say('ui.reference.add-to', { name: whose.name })
      : say(people.length === 0 ? 'ui.reference.add' : further);
  return (
    <Details summary={summary}>
      <Stack gap="md" maw={560}>
        <Text size="sm" className="measure">
          {say('ui.reference.why')}
        </Text>
        {whose === 'choice' && current.length > 0 ? (
          <Radio.Group label={say('ui.reference.whom')} value={person?.id ?? NEW} onChange={setChosen}>
            <Stack gap={8} mt={8}>
              {current.map((known) => (
                <Radio key={known.id} value={known.id} label={known.name} />
              ))}
              <Radio value={NEW} label={say('ui.reference.somebody-new')} />
            </Stack>
          </Radio.Group>
        ) : null}
        {person ? (
          <Text size="sm">{say('ui.reference.same-terms', { until: day(Date.parse(person.retainUntil)) })}</Text>
        ) : (
          <TermsOfNew terms={terms} change={setTerms} />
        )}
        <Group>
          <ChooseFiles accept="image/*,audio/*,video/*" chosen={setFiles}>
            {(props) => (
              <Button {...props} variant="default">
                {say('ui.reference.choose')}
              </Button>
            )}
          </ChooseFiles>
          <Text size="sm" c="dimmed">
            {say('ui.reference.chosen', { count: files.length })}
          </Text>
        </Group>
        {add.fault ? <FaultNote fault={add.fault} /> : null}
        <Button
          w="fit-content"
          loading={add.busy}
          disabled={files.length === 0 || (person === null && terms.name.trim() === '')}
          onClick={() => void add.run()}
        >
          {say(item === null ? 'ui.reference.act-only' : 'ui.reference.act')}
        </Button>
        {judged ? <JudgedSamples samples={judged} /> : null}
      </Stack>
    </Details>
  );
}

interface TermsOfNewProps {
  readonly terms: Terms;
  change(terms: Terms): void;
}

function TermsOfNew({ terms, change }: TermsOfNewProps) {
  const { say } = useWords();
  return (
    <>
      <TextInput
        label={say('ui.reference.name')}
        value={terms.name}
        maxLength={200}
        onChange={(event) => change({ ...terms, name: event.currentTarget.value })}
        autoComplete="off"
      />
      <Radio.Group
        label={say('ui.reference.basis')}
        value={terms.basis}
        onChange={(basis) => change({ ...terms, basis: basis as Terms['basis'] })}
      >
        <Stack gap={8} mt={8}>
          <Radio value="own" label={say('ui.reference.basis.own')} />
          <Radio value="consent" label={say('ui.reference.basis.consent')} />
        </Stack>
      </Radio.Group>
      <TextInput
        type="number"
        label={say('ui.reference.days')}
        value={String(terms.days)}
        min={1}
        max={MOST_DAYS}
        step={1}
        onChange={(event) => {
          const typed = Math.round(Number(event.currentTarget.value)) || USUAL_DAYS;
          change({ ...terms, days: Math.min(MOST_DAYS, Math.max(1, typed)) });
        }}
        w={240}
      />
    </>
  );
}

/** Which samples can be used, and why others cannot. */
function JudgedSamples({ samples }: { readonly samples: Judged }) {
  const { say, sayReason } = useWords();
  return (
    <div role="status">
      {samples.map(({ name, refusal, outlier }, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a film gives a face and a voice under one name.
        <Text key={at} size="sm">
          {refusal
            ? say('ui.reference.refused', { name, why: sayReason(refusal) })
            : say(outlier ? 'ui.reference.outlier' : 'ui.reference.taken', { name })}
        </Text>
      ))}
    </div>
  );
}
