/** What stands around every screen: the name, the ways to the screens there are, the network's state, and the blank page to hide behind. */
import { Anchor, AppShell, Group, Text, UnstyledButton } from '@mantine/core';
import type { ReactNode } from 'react';
import { FaultNote } from '../parts/Fault.tsx';
import { useSession } from '../state/session.ts';
import { useWords } from '../words/words.ts';
import { useRoute } from './route.ts';

const HEADER_PX = 56;

export function Shell({ children }: { readonly children: ReactNode }) {
  const { say } = useWords();
  const session = useSession((state) => state.session);
  const lost = useSession((state) => state.lost);
  const load = useSession((state) => state.load);
  const go = useRoute((state) => state.go);
  return (
    <AppShell header={{ height: HEADER_PX }} padding="lg">
      <Anchor href="#content" className="skip">
        {say('ui.shell.skip')}
      </Anchor>
      <AppShell.Header px="lg">
        <Group h="100%" justify="space-between" wrap="nowrap">
          <UnstyledButton onClick={() => go({ screen: 'start' })}>
            <Text component="span" size="md" fw={600}>
              {say('ui.name')}
            </Text>
          </UnstyledButton>
          <Text size="xs" c="dimmed" role="status">
            {say(session?.network === 'fetching' ? 'ui.network.fetching' : 'ui.network.off')}
          </Text>
        </Group>
      </AppShell.Header>
      <AppShell.Main id="content">
        {lost ? <FaultNote fault={lost} act={{ words: say('ui.again'), run: () => void load() }} /> : null}
        {children}
      </AppShell.Main>
    </AppShell>
  );
}
