/** What can be done now: keep, report, tell, ask for help. Only what this window can really do has a button. */
import { Button, Group, Paper, Stack, Text, Title } from '@mantine/core';
import type { Answer, LetterLine } from '../../main/contract/ipc.ts';
import { useDraft } from '../report/LettersPart.tsx';
import { useRoute } from '../shell/route.ts';
import { useSession } from '../state/session.ts';
import { useWords } from '../words/words.ts';
import { HelpNow } from './HelpNow.tsx';
import classes from './NextSteps.module.css';

/** Each step with the letter that goes with it. */
const STEPS = [
  ['keep', 'preservation-list'],
  ['platform', 'platform-notice'],
  ['report', 'report-12377'],
  ['police', 'police-statement'],
  ['notary', null],
] as const;

export function NextSteps({ answer }: { readonly answer: Answer }) {
  const { say } = useWords();
  const go = useRoute((state) => state.go);
  const capabilities = useSession((state) => state.session?.capabilities) ?? [];
  const { examination, item } = answer;
  return (
    <Paper component="section" p="lg" bg="var(--ground)" withBorder aria-labelledby="next-steps">
      <Stack gap="md">
        <Title order={2} id="next-steps">
          {say('ui.next.title')}
        </Title>
        <ol className={classes.steps}>
          {STEPS.map(([step, letter]) => (
            <li key={step}>
              <Text size="sm" className="measure">
                {say(`ui.next.${step}`)}
              </Text>
              {letter && capabilities.includes('letters') ? <Draft kind={letter} /> : null}
            </li>
          ))}
          {item.canExamineAgain ? (
            <li>
              <Text size="sm" className="measure">
                {say('ui.next.hashes')}
              </Text>
              <Button
                size="compact-sm"
                variant="default"
                mt={4}
                onClick={() => go({ screen: 'report', part: 'hashes', item: item.sha256 })}
              >
                {say('ui.next.hashes-act')}
              </Button>
            </li>
          ) : null}
        </ol>
        {capabilities.includes('report') && examination ? (
          <Group>
            <Button onClick={() => go({ screen: 'report' })}>{say('ui.next.make')}</Button>
          </Group>
        ) : null}
        <HelpNow />
      </Stack>
    </Paper>
  );
}

function Draft({ kind }: { readonly kind: LetterLine['kind'] }) {
  const { say, language } = useWords();
  const draft = useDraft(kind, language);
  return (
    <>
      <Button size="compact-sm" variant="default" mt={4} loading={draft.busy} onClick={draft.save}>
        {say('ui.next.step.draft', { title: say(`letter.${kind}`) })}
      </Button>
      {draft.notes}
    </>
  );
}
