/** What speaks for and against, one question after the other, with the pair of propositions and the calibrated figure where there is one. */
import { Select, Text, Title } from '@mantine/core';
import type { Finding, Question } from '../../../main/contract/finding.ts';
import type { Answer } from '../../../main/contract/ipc.ts';
import { figureOf } from '../../../main/strings/index.ts';
import { markedBand, toldAs } from '../../../main/strings/open-finding.ts';
import { EmptyState } from '../../parts/EmptyState.tsx';
import { CompareAgain } from '../../parts/ExamineAgain.tsx';
import { markOf } from '../../parts/finding-mark.ts';
import { StateLanguage } from '../../parts/Language.tsx';
import { OtherVersions } from '../../parts/OtherVersions.tsx';
import { reachedBy, sayReached } from '../../parts/reached.ts';
import { StrengthMark } from '../../parts/StrengthMark.tsx';
import { Term } from '../../parts/Term.tsx';
import { useRoute } from '../../shell/route.ts';
import { useRequest } from '../../state/request.ts';
import { useWords } from '../../words/words.ts';
import classes from './Inspector.module.css';
import { analyzerName } from './names.ts';
import { Pairs } from './Pairs.tsx';
import { STATUS_MARK } from './status.ts';

const QUESTIONS: readonly Question[] = ['origin', 'synthesis', 'likeness'];

export function Findings({ answer }: { readonly answer: Answer }) {
  const { say } = useWords();
  const { examination } = answer;
  if (!examination) return <EmptyState words={say('ui.inspector.not-examined')} />;
  const questions = QUESTIONS.map((question) => {
    const findings = examination.findings.filter((finding) => finding.question === question);
    return (
      <section key={question} className={classes.section} aria-labelledby={`inspector-${question}`}>
        <Title order={2} size="h4" id={`inspector-${question}`}>
          {say(`question.${question}`)}
        </Title>
        {findings.length === 0 ? <StrengthMark state="notRun" /> : null}
        {findings.map((finding, at) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: two findings of a subject differ in their place alone.
          <OneFinding key={at} finding={finding} answer={answer} />
        ))}
        {question === 'synthesis' ? <StateLanguage answer={answer} /> : null}
        {question === 'likeness' ? <CompareAgain answer={answer} /> : null}
      </section>
    );
  });
  return (
    <>
      {examination.otherVersions ? (
        <section className={classes.section}>
          <OtherVersions answer={answer} />
        </section>
      ) : null}
      {questions}
    </>
  );
}

function OneFinding({ finding, answer }: { readonly finding: Finding; readonly answer: Answer }) {
  const words = useWords();
  const { say, saySubject, sayReason } = words;
  const { subject, reference, llr, propositions, for: reasons, against, notExamined, question } = finding;
  const reached = reachedBy(finding, answer.examination?.reached ?? []);
  return (
    <div className={classes.entry}>
      <Text size="xs" fw={600}>
        {reference === null
          ? saySubject(subject)
          : say('ui.inspector.and', { subject: saySubject(subject), reference })}
      </Text>
      <StrengthMark state={markOf(finding)} band={markedBand(finding)} towards={(llr ?? 0) < 0 ? 'second' : 'first'} />
      {toldAs(finding) === 'points-apart' ? (
        <Text size="xs">{say('finding.synthesis.points-apart', { subject: saySubject(subject) })}</Text>
      ) : null}
      <Pairs
        of={[
          [say('ui.inspector.llr'), llr === null ? say('ui.inspector.no-llr') : figureOf('llr', llr)],
          [say('ui.inspector.first'), say(`proposition.${propositions[0].code}`)],
          [say('ui.inspector.second'), say(`proposition.${propositions[1].code}`)],
        ]}
      />
      {question === 'likeness' && reference !== null ? (
        <BesideSample
          item={answer.item.sha256}
          person={reference}
          kind={subject.startsWith('face') ? 'face' : 'voice'}
        />
      ) : null}
      <Reasons title="ui.inspector.for" reasons={reasons.map(sayReason)} />
      <Reasons title="ui.inspector.against" reasons={[...sayReached(reached, words), ...against.map(sayReason)]} />
      {notExamined.length > 0 ? (
        <>
          <Text size="xs" c="dimmed" mt={8}>
            {say('ui.inspector.open')}
          </Text>
          <ul>
            {notExamined.map(({ analyzer, status, reason }) => (
              <li key={`${analyzer} ${status} ${reason?.code}`}>
                {analyzerName(words, analyzer)} <StrengthMark state={STATUS_MARK[status]} />
                {reason ? <Text size="xs">{sayReason(reason)}</Text> : null}
              </li>
            ))}
          </ul>
        </>
      ) : null}
      <Text component="div" size="xs" mt={8}>
        {question === 'origin' ? <Term id="metadata" /> : <Term id="llr" />}
      </Text>
    </div>
  );
}

interface BesideSampleProps {
  readonly item: string;
  /** Name of the person compared with. */
  readonly person: string;
  readonly kind: 'face' | 'voice';
}

/** Leads to the item beside one of the person's own samples; which of them was taken shows in the comparison. */
function BesideSample({ item, person, kind }: BesideSampleProps) {
  const { say, number } = useWords();
  const go = useRoute((state) => state.go);
  const known = useRequest('person.list', {}).value?.people.find(({ name }) => name === person);
  const samples = known?.samples.filter((one) => one.kind === kind && one.accepted && one.source !== null) ?? [];
  if (samples.length === 0) return null;
  return (
    <Select
      mt={8}
      size="xs"
      label={say('ui.inspector.beside', { person })}
      value={null}
      onChange={(source) => source && go({ screen: 'compare', left: item, right: source })}
      data={[...new Map(samples.map((one) => [one.source!, one]))].map(([value, { quality }], at) => ({
        value,
        label: say(`ui.inspector.beside.${kind}`, {
          n: at + 1,
          px: number(quality.sizePx ?? 0, 0),
          s: number(quality.speechS ?? 0, 1),
        }),
      }))}
    />
  );
}

interface ReasonsProps {
  readonly title: string;
  readonly reasons: readonly string[];
}

function Reasons({ title, reasons }: ReasonsProps) {
  const { say } = useWords();
  if (reasons.length === 0) return null;
  return (
    <>
      <Text size="xs" c="dimmed" mt={8}>
        {say(title)}
      </Text>
      <ul>
        {[...new Set(reasons)].map((text) => (
          <li key={text}>{text}</li>
        ))}
      </ul>
    </>
  );
}
