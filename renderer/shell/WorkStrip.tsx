/** The work in hand in one line, wherever one is in the window; it leads to where it can be stopped. */
import { Text, UnstyledButton } from '@mantine/core';
import { WorkBar } from '../parts/WorkBar.tsx';
import { RUNNING, usePreferences, useSession } from '../state/session.ts';
import { useWords } from '../words/words.ts';
import { useRoute } from './route.ts';
import { SCREENS } from './screens.ts';

export function WorkStrip() {
  const { say } = useWords();
  const work = useSession((state) => state.session?.work);
  const mode = usePreferences().mode ?? 'victim';
  const go = useRoute((state) => state.go);
  if (!work || !RUNNING.has(work.phase)) return null;
  const queue = mode === 'examiner' && SCREENS.queue !== undefined;
  return (
    <UnstyledButton onClick={() => go({ screen: queue ? 'queue' : 'work' })} w={180}>
      <Text size="xs" truncate>
        {say('ui.strip', {
          phase: say(`ui.phase.${work.kind === 'export' && work.phase === 'working' ? 'exporting' : work.phase}`),
          done: work.done,
          total: work.total,
        })}
      </Text>
      <WorkBar work={work} size="xs" />
    </UnstyledButton>
  );
}
