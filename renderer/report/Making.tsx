/** How far the making of a record or package is, and the way to stop it. It waits for the work in hand. */
import { Button, Progress, Stack, Text } from '@mantine/core';
import { request } from '../host/bridge.ts';
import { useSession } from '../state/session.ts';
import { useWords } from '../words/words.ts';

export function Making() {
  const { say } = useWords();
  const work = useSession((state) => state.session?.work);
  const own = work?.kind === 'export' && work.phase === 'working';
  const { done, total } = own ? work : { done: 0, total: 0 };
  const words = !own
    ? say('ui.making.waits')
    : total > 0 && done < total
      ? say('ui.making.checking', { done, total })
      : say('ui.making.writing');
  return (
    <Stack gap="sm" align="flex-start" w="100%" maw={480}>
      <Text size="sm" role="status">
        {words}
      </Text>
      <Progress
        w="100%"
        value={total === 0 ? 0 : (100 * done) / total}
        aria-label={say('ui.making.progress')}
        transitionDuration={0}
      />
      {own ? (
        <Button variant="default" onClick={() => void request('scan.stop', {}).catch(() => {})}>
          {say('ui.making.stop')}
        </Button>
      ) : null}
    </Stack>
  );
}
