/** Beside the table: what is known of the item in hand. */
import { Button, Group, Loader, Text } from '@mantine/core';
import { memo } from 'react';
import { FaultNote } from '../parts/Fault.tsx';
import { useRoute } from '../shell/route.ts';
import { useRequest } from '../state/request.ts';
import { useWords } from '../words/words.ts';
import classes from './ItemPane.module.css';
import { Inspector } from './inspector/Inspector.tsx';

export const ItemPane = memo(function ItemPane({ item }: { readonly item: string | null }) {
  const { say } = useWords();
  const go = useRoute((state) => state.go);
  const asked = useRequest('item.answer', item === null ? null : { item });
  const answer = asked.value?.item.sha256 === item ? asked.value : null;
  return (
    <aside className={classes.pane} aria-label={say('ui.items.inspector')}>
      {item === null ? (
        <Text size="sm" c="dimmed" p="md">
          {say('ui.inspector.choose')}
        </Text>
      ) : null}
      {asked.state === 'failed' ? <FaultNote fault={asked.fault} /> : null}
      {item !== null && asked.state === 'waiting' && !answer ? <Loader type="dots" m="md" /> : null}
      {answer ? (
        <>
          <Group gap={8} wrap="nowrap" justify="space-between" mb={8}>
            <Text size="sm" fw={600} truncate title={answer.item.name}>
              {answer.item.name}
            </Text>
            <Button
              size="compact-sm"
              variant="default"
              onClick={() => go({ screen: 'item', item: answer.item.sha256 })}
            >
              {say('ui.inspector.open-item')}
            </Button>
          </Group>
          <div className={classes.known}>
            <Inspector key={answer.item.sha256} answer={answer} again={asked.again} />
          </div>
        </>
      ) : null}
    </aside>
  );
});
