/** The files that are kept, newest first; thumbnails are covered. */
import { Button, Loader, Stack, Text, Title, UnstyledButton } from '@mantine/core';
import { useEffect, useState } from 'react';
import type { Fault, KeptItem } from '../../main/contract/ipc.ts';
import { faultOf, request } from '../host/bridge.ts';
import { EmptyState } from '../parts/EmptyState.tsx';
import { FaultNote } from '../parts/Fault.tsx';
import { Thumbnail } from '../parts/Thumbnail.tsx';
import { useRoute } from '../shell/route.ts';
import { useSession } from '../state/session.ts';
import { useWords } from '../words/words.ts';
import classes from './WorkScreen.module.css';

interface Known {
  readonly items: readonly KeptItem[];
  readonly before: number | null;
}

export default function MineScreen() {
  const { say, moment } = useWords();
  const go = useRoute((state) => state.go);
  const revision = useSession((state) => state.revision);
  const [known, setKnown] = useState<Known | null>(null);
  const [fault, setFault] = useState<Fault | null>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the revision tells that the case changed.
  useEffect(() => {
    request('items.kept', { before: null }).then(setKnown, (thrown: unknown) => setFault(faultOf(thrown)));
  }, [revision]);
  const more = async (before: number) => {
    const page = await request('items.kept', { before });
    setKnown((now) => ({ items: [...(now?.items ?? []), ...page.items], before: page.before }));
  };
  return (
    <Stack gap="lg" maw={760}>
      <Title order={1}>{say('ui.way.mine')}</Title>
      {fault ? <FaultNote fault={fault} /> : null}
      {known === null && !fault ? <Loader type="dots" /> : null}
      {known?.items.length === 0 ? (
        <EmptyState
          words={say('ui.mine.none')}
          act={{ words: say('ui.way.start'), run: () => go({ screen: 'start' }) }}
        />
      ) : null}
      <ul className={classes.lines}>
        {known?.items.map(({ sha256, name, receivedAtMs, examined }) => (
          <li key={sha256}>
            <UnstyledButton className={classes.line} w="100%" onClick={() => go({ screen: 'answer', item: sha256 })}>
              <Thumbnail item={sha256} side={48} />
              <span className={classes.words}>
                <Text size="sm" truncate>
                  {name}
                </Text>
                <Text size="xs" c="dimmed">
                  {say(`ui.mine.examined.${examined}`, { at: moment(receivedAtMs) })}
                </Text>
              </span>
            </UnstyledButton>
          </li>
        ))}
      </ul>
      {known && known.before !== null ? (
        <Button variant="default" w="fit-content" onClick={() => void more(known.before!)}>
          {say('ui.mine.more')}
        </Button>
      ) : null}
    </Stack>
  );
}
