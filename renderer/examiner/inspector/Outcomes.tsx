/** What became of every analyzer on every subject, with its version, the digest of its model, its raw score and how long it took. */
import { Text, Title } from '@mantine/core';
import type { Answer } from '../../../main/contract/ipc.ts';
import type { Outcome } from '../../../main/contract/outcome.ts';
import { figureOf, measureText } from '../../../main/strings/index.ts';
import { Details } from '../../parts/Details.tsx';
import { EmptyState } from '../../parts/EmptyState.tsx';
import { StrengthMark } from '../../parts/StrengthMark.tsx';
import { useWords, type Words } from '../../words/words.ts';
import classes from './Inspector.module.css';
import { analyzerName, examinedText, factName, factValue, placeText } from './names.ts';
import { Pairs } from './Pairs.tsx';
import { STATUS_MARK } from './status.ts';

export function Outcomes({ answer }: { readonly answer: Answer }) {
  const words = useWords();
  const { say, moment, number } = words;
  const { examination } = answer;
  if (!examination) return <EmptyState words={say('ui.inspector.not-examined')} />;
  const { outcomes, models, otherVersions, timings, settings, app, startedAtMs, atMs } = examination;
  const installed = new Map(otherVersions?.analyzers.map((other) => [other.id, other.installed]));
  const byAnalyzer = [...Map.groupBy(outcomes, (outcome) => outcome.analyzer)];
  return (
    <>
      <section className={classes.section}>
        <Title order={2} size="h4">
          {say('ui.inspector.run')}
        </Title>
        <Pairs
          of={[
            [say('ui.inspector.app'), app],
            [say('ui.inspector.started'), moment(startedAtMs)],
            [say('ui.inspector.ended'), moment(atMs)],
            [say('ui.inspector.depth'), say(`report.depth.${settings.depth}`)],
            [say('ui.inspector.fps'), number(settings.fps, 1)],
          ]}
        />
      </section>
      {byAnalyzer.map(([analyzer, all]) => (
        <section key={analyzer} className={classes.section}>
          <Title order={2} size="h4">
            {analyzerName(words, analyzer)}
          </Title>
          <Pairs
            of={[
              [say('ui.inspector.id'), <code key="id">{analyzer}</code>],
              [say('ui.inspector.version'), all[0]!.version],
              [
                say('ui.inspector.installed'),
                installed.has(analyzer) ? (installed.get(analyzer) ?? say('ui.inspector.installed.none')) : null,
              ],
              [say('ui.inspector.took'), timings[analyzer] === undefined ? null : tookText(words, timings[analyzer])],
              [say('ui.inspector.model'), digestOf(models[analyzer])],
            ]}
          />
          {all.map((outcome, at) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: two outcomes of a subject differ in their place alone.
            <OneOutcome key={at} outcome={outcome} />
          ))}
        </section>
      ))}
      <section className={classes.section}>
        <Title order={2} size="h4">
          {say('ui.inspector.models')}
        </Title>
        <Pairs of={Object.entries(models).map(([id, digest]) => [id, digestOf(digest)] as const)} />
      </section>
    </>
  );
}

function tookText({ say, number }: Words, ms: number): string {
  return ms < 1000
    ? say('ui.inspector.ms', { ms: Math.round(ms) })
    : say('ui.inspector.seconds', { seconds: number(ms / 1000, 1) });
}

function digestOf(digest: string | undefined) {
  return digest === undefined ? null : <span className={classes.code}>{digest}</span>;
}

function OneOutcome({ outcome }: { readonly outcome: Outcome }) {
  const words = useWords();
  const { say, saySubject, sayReason } = words;
  const { subject, reference, status, reason, rawScore, llr, examined, facts } = outcome;
  return (
    <div className={classes.entry}>
      <Text size="xs" fw={600}>
        {reference === null
          ? saySubject(subject)
          : say('ui.inspector.and', { subject: saySubject(subject), reference })}
      </Text>
      {status === 'evidence' ? (
        <Text size="xs">{say('status.evidence')}</Text>
      ) : (
        <StrengthMark state={STATUS_MARK[status]} />
      )}
      {reason ? <Text size="xs">{sayReason(reason)}</Text> : null}
      <Pairs
        of={[
          [say('ui.inspector.raw'), rawScore === null ? null : measureText(rawScore, 5)],
          [say('ui.inspector.llr'), llr === null ? null : figureOf('llr', llr)],
          [say('ui.inspector.looked-at'), examinedText(words, examined)],
        ]}
      />
      {facts.length > 0 ? (
        <Details summary={say('ui.inspector.facts-count', { count: facts.length })}>
          <Pairs
            of={facts.map(
              (fact, at) =>
                [
                  `${at + 1}. ${factName(words, fact.id)}`,
                  [factValue(words, fact), placeText(words, fact.at)].filter(Boolean).join(' · '),
                ] as const,
            )}
          />
        </Details>
      ) : null}
    </div>
  );
}
