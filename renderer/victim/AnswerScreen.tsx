/** The answer to one file: three cards, one a question, then what can be done now. Nothing is concluded. */
import { Button, Group, Loader, Paper, Stack, Text, Title } from '@mantine/core';
import { useState } from 'react';
import type { Answer } from '../../main/contract/ipc.ts';
import { request } from '../host/bridge.ts';
import { AddReference } from '../parts/AddReference.tsx';
import { Details } from '../parts/Details.tsx';
import { CompareAgain } from '../parts/ExamineAgain.tsx';
import { FaultNote } from '../parts/Fault.tsx';
import { StateLanguage } from '../parts/Language.tsx';
import { OtherVersions } from '../parts/OtherVersions.tsx';
import { Reveal } from '../parts/Reveal.tsx';
import { sayReached } from '../parts/reached.ts';
import { StrengthMark } from '../parts/StrengthMark.tsx';
import { Term } from '../parts/Term.tsx';
import type { Screen } from '../shell/screens.ts';
import { useAct, useRequest } from '../state/request.ts';
import { useSession } from '../state/session.ts';
import { useWords } from '../words/words.ts';
import classes from './AnswerScreen.module.css';
import { type CardContent, type CardPart, cardOf, QUESTIONS } from './card.ts';
import { NextSteps } from './NextSteps.tsx';

const AnswerScreen: Screen<'answer'> = ({ route }) => {
  const { say } = useWords();
  const asked = useRequest('item.answer', { item: route.item });
  if (asked.value) return <Known answer={asked.value} />;
  if (asked.state === 'failed')
    return <FaultNote fault={asked.fault} act={{ words: say('ui.again'), run: asked.again }} />;
  return <Loader type="dots" />;
};
export default AnswerScreen;

function Known({ answer }: { readonly answer: Answer }) {
  const { say, moment, bytes } = useWords();
  const nobodyEnrolled = useSession((state) => (state.session?.people.length ?? 0) === 0);
  const { item, examination } = answer;
  const again = useAct(async () => void (await request('scan.again', { item: item.sha256 })));
  return (
    <Stack gap="lg" maw={820}>
      <div>
        <Title order={1} className={classes.name}>
          {item.name}
        </Title>
        <Text size="sm" c="dimmed">
          {say('ui.answer.kept', {
            head: item.sha256.slice(0, 8),
            at: moment(item.receivedAtMs),
            bytes: bytes(item.bytes),
          })}{' '}
          <Term id="sha256" />
        </Text>
      </div>
      {examination ? (
        <>
          {examination.fault ? (
            <FaultNote fault={examination.fault} />
          ) : item.canExamineAgain ? (
            <Reveal item={item.sha256} kind={examination.kind} durationS={examination.durationS} />
          ) : (
            <Text size="sm">{say('ui.viewer.no-bytes')}</Text>
          )}
          {QUESTIONS.map((question) => (
            <Card key={question} content={cardOf(question, examination, nobodyEnrolled)}>
              {question === 'synthesis' ? <StateLanguage answer={answer} /> : null}
              {question === 'likeness' ? <CompareAgain answer={answer} /> : null}
              {question === 'likeness' ? <AddReference item={item.sha256} whose="choice" /> : null}
            </Card>
          ))}
          <Text size="xs" c="dimmed">
            {say('ui.answer.examined', {
              at: moment(examination.atMs),
              app: examination.app,
              depth: say(`report.depth.${examination.settings.depth}`),
            })}
          </Text>
          <OtherVersions answer={answer} />
        </>
      ) : (
        <Paper withBorder p="lg" bg="var(--sheet)">
          <Stack gap="md" align="flex-start">
            <Text size="md">{say('ui.answer.not-examined')}</Text>
            {again.fault ? <FaultNote fault={again.fault} /> : null}
            <Button loading={again.busy} disabled={!item.canExamineAgain} onClick={() => void again.run()}>
              {say('ui.answer.examine')}
            </Button>
          </Stack>
        </Paper>
      )}
      <NextSteps answer={answer} />
    </Stack>
  );
}

/** Of a question with many faces or voices the first are shown, the others open. */
const SHOWN_AT_ONCE = 3;

function Card({ content, children }: { readonly content: CardContent; readonly children: React.ReactNode }) {
  const { say } = useWords();
  const [all, setAll] = useState(false);
  const { question, parts, open } = content;
  const shown = all ? parts : parts.slice(0, SHOWN_AT_ONCE);
  return (
    <Paper component="section" withBorder p="lg" bg="var(--sheet)" aria-labelledby={`card-${question}`}>
      <Stack gap="md">
        <Title order={2} id={`card-${question}`}>
          {say(`ui.card.${question}`)}
        </Title>
        {parts.length === 0 ? (
          <Group gap="sm">
            <StrengthMark state="notRun" />
            <Text size="sm">{say('ui.card.not-run')}</Text>
          </Group>
        ) : null}
        {shown.map((part) => (
          <Part key={part.key} part={part} question={question} />
        ))}
        {parts.length > shown.length ? (
          <Button variant="subtle" size="compact-sm" w="fit-content" onClick={() => setAll(true)}>
            {say('ui.card.more', { count: parts.length - shown.length })}
          </Button>
        ) : null}
        {open.length > 0 ? <NotExamined open={open} /> : null}
        {children}
      </Stack>
    </Paper>
  );
}

function Part({ part, question }: { readonly part: CardPart; readonly question: CardContent['question'] }) {
  const { say, saySubject, sayReason } = useWords();
  const { headline, mark, band, llr, propositions, reached, measuredPart } = part;
  const params =
    headline.subject === null ? headline.params : { ...headline.params, subject: saySubject(headline.subject) };
  return (
    <div className={classes.part}>
      <StrengthMark state={mark} band={band} />
      <Text size="md" mt={4} className="measure">
        {sentenceCase(say(headline.id, params))}
      </Text>
      <Reasons title="ui.card.for" reasons={part.for.map(sayReason)} />
      <Reasons
        title="ui.card.against"
        reasons={[
          ...(measuredPart ? [say('ui.card.measured-part', measuredPart)] : []),
          ...sayReached(reached, { say }),
          ...part.against.map(sayReason),
        ]}
      />
      {part.measured ? (
        <Details summary={say('ui.card.how')}>
          <Text size="sm" className="measure">
            {say('ui.card.pair', {
              first: say(`proposition.${propositions[0].code}`),
              second: say(`proposition.${propositions[1].code}`),
            })}
          </Text>
          <Text size="sm" mt={8}>
            {llr === null ? say('ui.card.no-ratio') : say('ui.card.ratio', { llr })}
          </Text>
          <Reasons title="ui.card.figures" reasons={part.figures.map(sayReason)} />
          <Group gap="md" mt={8}>
            <Term id="llr" />
            <Term id="scale" />
            {question === 'likeness' ? <Term id="false-match" /> : null}
          </Group>
        </Details>
      ) : null}
    </div>
  );
}

/** A sentence that begins with a subject begins large; Han characters stay as they are. */
function sentenceCase(text: string): string {
  return text.charAt(0).toLocaleUpperCase('en') + text.slice(1);
}

function Reasons({ title, reasons }: { readonly title: string; readonly reasons: readonly string[] }) {
  const { say } = useWords();
  if (reasons.length === 0) return null;
  return (
    <div className={classes.reasons}>
      <Text size="xs" c="dimmed">
        {say(title)}
      </Text>
      <ul>
        {[...new Set(reasons)].map((text) => (
          <li key={text} className="measure">
            {text}
          </li>
        ))}
      </ul>
    </div>
  );
}

function NotExamined({ open }: { readonly open: CardContent['open'] }) {
  const { say, has, sayReason } = useWords();
  return (
    <Details summary={say('ui.card.open', { count: open.length })}>
      <ul className={classes.open}>
        {open.map(({ analyzer, status, reason }) => (
          <li key={`${analyzer} ${reason?.code ?? ''}`}>
            <StrengthMark state={status === 'failed' ? 'failed' : status === 'abstained' ? 'noOpinion' : 'notRun'} />
            <Text size="sm">
              {has(`analyzer.${analyzer}`) ? say(`analyzer.${analyzer}`) : analyzer}
              {reason ? `${say('ui.card.colon')}${sayReason(reason)}` : ''}
            </Text>
          </li>
        ))}
      </ul>
      <Group gap="md" mt={8}>
        <Term id="abstention" />
      </Group>
    </Details>
  );
}
