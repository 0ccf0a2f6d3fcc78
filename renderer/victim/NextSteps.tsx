/** What can be done now: keep, report, tell, ask for help. Only what this window can really do has a button. */
import { Button, Group, Paper, Stack, Text, Title } from '@mantine/core';
import type { Answer } from '../../main/contract/ipc.ts';
import { useRoute } from '../shell/route.ts';
import { SCREENS } from '../shell/screens.ts';
import { useSession } from '../state/session.ts';
import { useWords } from '../words/words.ts';
import { HelpNow } from './HelpNow.tsx';

const STEPS = ['keep', 'platform', 'report', 'police', 'notary'] as const;

export function NextSteps({ answer }: { readonly answer: Answer }) {
  const { say } = useWords();
  const go = useRoute((state) => state.go);
  const letters = useSession((state) => state.session?.capabilities.includes('report') ?? false);
  return (
    <Paper component="section" p="lg" bg="var(--ground)" withBorder aria-labelledby="next-steps">
      <Stack gap="md">
        <Title order={2} id="next-steps">
          {say('ui.next.title')}
        </Title>
        <ol>
          {STEPS.map((step) => (
            <li key={step}>
              <Text size="sm" className="measure">
                {say(`ui.next.${step}`)}
              </Text>
            </li>
          ))}
        </ol>
        {letters && SCREENS.report && answer.examination ? (
          <Group>
            <Button variant="default" onClick={() => go({ screen: 'report' })}>
              {say('ui.next.make')}
            </Button>
          </Group>
        ) : null}
        <HelpNow />
      </Stack>
    </Paper>
  );
}
