/**
 * The examiner's own words and band on each question. Signed they stand above the machine's on the record; another examiner sees
 * them only after signing their own.
 */
import { Button, Fieldset, Group, Select, Stack, Text, Textarea, TextInput, Title } from '@mantine/core';
import { useState } from 'react';
import type { Question } from '../../../main/contract/finding.ts';
import type { Answer, Assessment, Opinion } from '../../../main/contract/ipc.ts';
import type { Band } from '../../../main/contract/outcome.ts';
import { request } from '../../host/bridge.ts';
import { ConfirmDialog } from '../../parts/ConfirmDialog.tsx';
import { FaultNote } from '../../parts/Fault.tsx';
import { StrengthMark } from '../../parts/StrengthMark.tsx';
import { useAct } from '../../state/request.ts';
import { usePreferences, useSession } from '../../state/session.ts';
import { useWords } from '../../words/words.ts';
import classes from './Inspector.module.css';

const BANDS: readonly Band[] = ['neither', 'limited', 'moderate', 'moderately-strong', 'strong'];

/** The stated pair of each question: the first is what bars from the left support. */
const PAIRS: Readonly<Record<Question, readonly [string, string]>> = {
  origin: ['origin.generated-or-edited-with-ai', 'origin.captured'],
  synthesis: ['synthesis.swapped-or-generated', 'synthesis.ordinary-recording'],
  likeness: ['likeness.this-person', 'likeness.another-person'],
};

const QUESTIONS = Object.keys(PAIRS) as Question[];

type Drafts = Readonly<Record<Question, Omit<Opinion, 'question'>>>;

const EMPTY: Omit<Opinion, 'question'> = { towards: null, band: null, text: '' };

interface AssessmentsProps {
  readonly answer: Answer;
  again(): void;
}

export function Assessments({ answer, again }: AssessmentsProps) {
  const { say } = useWords();
  const examiner = usePreferences().examiner.trim();
  const draft = answer.assessments.find((one) => one.examiner === examiner && one.signedAtMs === null) ?? null;
  const others = answer.assessments.filter((one) => one !== draft);
  return (
    <section className={classes.section}>
      <Title order={2} size="h4">
        {say('ui.assessment')}
      </Title>
      <Text size="xs" c="dimmed">
        {say('ui.assessment.about')}
      </Text>
      {others.map((one) => (
        <Written key={one.id} assessment={one} />
      ))}
      {examiner === '' ? <Examiner /> : <Draft key={draft?.id ?? 'new'} answer={answer} draft={draft} again={again} />}
    </section>
  );
}

function Examiner() {
  const { say } = useWords();
  const prefer = useSession((state) => state.prefer);
  const [name, setName] = useState('');
  return (
    <Group gap={8} mt={8} align="flex-end">
      <TextInput
        flex={1}
        size="xs"
        label={say('ui.assessment.examiner')}
        value={name}
        onChange={(event) => setName(event.currentTarget.value)}
      />
      <Button
        size="xs"
        variant="default"
        disabled={name.trim() === ''}
        onClick={() => void prefer({ examiner: name.trim() })}
      >
        {say('ui.save')}
      </Button>
    </Group>
  );
}

function Written({ assessment: { examiner, signedAtMs, writtenAtMs, opinions } }: { readonly assessment: Assessment }) {
  const { say, moment } = useWords();
  return (
    <div className={classes.entry}>
      <Text size="xs" fw={600}>
        {examiner}
      </Text>
      <Text size="xs" c="dimmed">
        {signedAtMs === null
          ? say('ui.assessment.draft', { at: moment(writtenAtMs) })
          : say('ui.assessment.signed', { at: moment(signedAtMs) })}
      </Text>
      {opinions === null ? <Text size="xs">{say('ui.assessment.blind')}</Text> : null}
      {opinions?.map(({ question, towards, band, text }) => (
        <div key={question}>
          <Text size="xs" mt={8} c="dimmed">
            {say(`question.${question}`)}
          </Text>
          <StrengthMark
            state={towards === null ? 'noOpinion' : 'found'}
            band={band}
            towards={towards === 1 ? 'second' : 'first'}
          />
          {towards === null ? null : <Text size="xs">{say(`proposition.${PAIRS[question][towards]}`)}</Text>}
          <Text size="xs">{text}</Text>
        </div>
      ))}
    </div>
  );
}

interface DraftProps extends AssessmentsProps {
  readonly draft: Assessment | null;
}

function Draft({ answer, draft, again }: DraftProps) {
  const { say } = useWords();
  const item = answer.item.sha256;
  const [drafts, setDrafts] = useState<Drafts>(() => draftsOf(draft));
  const [signing, setSigning] = useState(false);
  const opinions = QUESTIONS.filter((question) => drafts[question].text.trim() !== '').map((question) => ({
    question,
    ...drafts[question],
  }));
  const complete = opinions.length > 0 && opinions.every(({ towards, band }) => (towards === null) === (band === null));
  const write = useAct(async () => {
    await request('item.assess', { item, opinions });
    again();
  });
  const sign = useAct(async () => {
    const { id } = await request('item.assess', { item, opinions });
    await request('item.sign', { item, assessment: id });
    setSigning(false);
    setDrafts(draftsOf(null));
    again();
  });
  const change = (question: Question, part: Partial<Drafts[Question]>) =>
    setDrafts({ ...drafts, [question]: { ...drafts[question], ...part } });
  return (
    <Stack gap="sm" mt={8}>
      {QUESTIONS.map((question) => {
        const { towards, band, text } = drafts[question];
        return (
          <Fieldset key={question} legend={say(`question.${question}`)} p="sm">
            <Stack gap={8}>
              <Select
                size="xs"
                label={say('ui.assessment.towards')}
                allowDeselect={false}
                value={towards === null ? 'none' : String(towards)}
                onChange={(chosen) =>
                  change(
                    question,
                    chosen === 'none' ? { towards: null, band: null } : { towards: chosen === '0' ? 0 : 1 },
                  )
                }
                data={[
                  { value: 'none', label: say('ui.mark.noOpinion') },
                  ...PAIRS[question].map((code, at) => ({ value: String(at), label: say(`proposition.${code}`) })),
                ]}
              />
              {towards === null ? null : (
                <Select
                  size="xs"
                  label={say('ui.assessment.band')}
                  value={band}
                  onChange={(chosen) => change(question, { band: chosen as Band | null })}
                  data={BANDS.map((value) => ({ value, label: say(`band.${value}`) }))}
                />
              )}
              <Textarea
                size="xs"
                autosize
                minRows={2}
                maxRows={12}
                label={say('ui.assessment.words')}
                value={text}
                onChange={(event) => change(question, { text: event.currentTarget.value })}
              />
            </Stack>
          </Fieldset>
        );
      })}
      <Group gap={8}>
        <Button size="xs" variant="default" disabled={!complete} loading={write.busy} onClick={() => void write.run()}>
          {say('ui.assessment.save')}
        </Button>
        <Button size="xs" disabled={!complete} onClick={() => setSigning(true)}>
          {say('ui.assessment.sign')}
        </Button>
      </Group>
      {write.fault ? <FaultNote fault={write.fault} /> : null}
      <ConfirmDialog
        opened={signing}
        title={say('ui.assessment.sign')}
        act={say('ui.assessment.sign')}
        busy={sign.busy}
        fault={sign.fault}
        confirm={() => void sign.run()}
        close={() => setSigning(false)}
      >
        {say('ui.assessment.sign.about')}
      </ConfirmDialog>
    </Stack>
  );
}

function draftsOf(draft: Assessment | null): Drafts {
  const written = (question: Question) => draft?.opinions?.find((opinion) => opinion.question === question);
  return Object.fromEntries(
    QUESTIONS.map((question) => {
      const { towards, band, text } = written(question) ?? EMPTY;
      return [question, { towards, band, text }];
    }),
  ) as Drafts;
}
