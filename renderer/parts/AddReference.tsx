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

interface AddReferenceProps {
  /** Compared again once a sample can be used; null where no item waits. */
  readonly item: string | null;
  /** `choice`: one of the people of the case or somebody new. */
  readonly whose: PersonLine | typeof NEW | 'choice';
}

export function AddReference({ item, whose }: AddReferenceProps) {
  const { say, sayReason, day } = useWords();
  const people = useSession((state) => state.session?.people ?? []);
  const current = people.filter(({ expired }) => !expired);
  const [chosen, setChosen] = useState<string | null>(null);
  const first = chosen ?? current[0]?.id;
  const choice = whose === 'choice' ? (current.find(({ id }) => id === first) ?? null) : null;
  const person = typeof whose === 'object' ? whose : choice;
  const [files, setFiles] = useState<readonly File[]>([]);
  const [name, setName] = useState('');
  const [basis, setBasis] = useState<'own' | 'consent'>('own');
  const [days, setDays] = useState(USUAL_DAYS);
  const [judged, setJudged] = useState<Judged | null>(null);
  const add = useAct(async () => {
    const source = await handOver(files);
    const { samples } = person
      ? await request('person.extend', { source, person: person.id })
      : await request('person.add', {
          source,
          name: name.trim(),
          basis,
          purpose: say('ui.reference.purpose-words'),
          retainUntil: new Date(Date.now() + days * DAY_MS).toISOString().slice(0, 10),
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
          <>
            <TextInput
              label={say('ui.reference.name')}
              value={name}
              maxLength={200}
              onChange={(event) => setName(event.currentTarget.value)}
              autoComplete="off"
            />
            <Radio.Group
              label={say('ui.reference.basis')}
              value={basis}
              onChange={(chosen) => setBasis(chosen as 'own' | 'consent')}
            >
              <Stack gap={8} mt={8}>
                <Radio value="own" label={say('ui.reference.basis.own')} />
                <Radio value="consent" label={say('ui.reference.basis.consent')} />
              </Stack>
            </Radio.Group>
            <TextInput
              type="number"
              label={say('ui.reference.days')}
              value={String(days)}
              min={1}
              max={MOST_DAYS}
              step={1}
              onChange={(event) =>
                setDays(Math.min(MOST_DAYS, Math.max(1, Math.round(Number(event.currentTarget.value)) || USUAL_DAYS)))
              }
              w={240}
            />
          </>
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
          disabled={files.length === 0 || (person === null && name.trim() === '')}
          onClick={() => void add.run()}
        >
          {say(item === null ? 'ui.reference.act-only' : 'ui.reference.act')}
        </Button>
        {judged ? (
          <div role="status">
            {judged.map(({ name: file, refusal, outlier }, at) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: a film gives a face and a voice under one name.
              <Text key={at} size="sm">
                {refusal
                  ? say('ui.reference.refused', { name: file, why: sayReason(refusal) })
                  : say(outlier ? 'ui.reference.outlier' : 'ui.reference.taken', { name: file })}
              </Text>
            ))}
          </div>
        ) : null}
      </Stack>
    </Details>
  );
}
