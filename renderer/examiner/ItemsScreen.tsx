/** Every item of the case: what narrows them, the table, and beside it what is known of the one in hand. */
import { Button, Group, Loader, Text, Title } from '@mantine/core';
import { EmptyState } from '../parts/EmptyState.tsx';
import { FaultNote } from '../parts/Fault.tsx';
import { Renewable } from '../parts/Renewable.tsx';
import { useRoute } from '../shell/route.ts';
import type { Screen } from '../shell/screens.ts';
import { useSession } from '../state/session.ts';
import { useWords } from '../words/words.ts';
import { useDesk } from './desk.ts';
import { FilterBar } from './FilterBar.tsx';
import { ItemPane } from './ItemPane.tsx';
import classes from './ItemsScreen.module.css';
import { ItemTable } from './ItemTable.tsx';
import { useRows } from './rows.ts';

const ItemsScreen: Screen<'items'> = () => {
  const { say, number } = useWords();
  const go = useRoute((state) => state.go);
  const hasCase = useSession((state) => state.session?.case !== null);
  const { query, marked, unmark, item, inspector, showInspector, ask } = useDesk();
  const rows = useRows(query);
  const { total, all, fault } = rows;
  if (!hasCase)
    return (
      <div className={classes.screen}>
        <Title order={1} size="h2">
          {say('ui.way.items')}
        </Title>
        <EmptyState
          words={say('ui.items.no-case')}
          act={{ words: say('ui.way.cases'), run: () => go({ screen: 'cases' }) }}
        />
      </div>
    );
  return (
    <div className={classes.screen}>
      <Group justify="space-between" align="baseline" wrap="nowrap">
        <Title order={1} size="h2">
          {say('ui.way.items')}
        </Title>
        <Text size="sm" c="dimmed" role="status">
          {total === null ? '' : say('ui.items.count', { shown: number(total), all: number(all) })}
        </Text>
      </Group>
      <Group justify="space-between" align="flex-start">
        <FilterBar />
        <Group gap={8} wrap="nowrap">
          {marked.length === 2 ? (
            <Button size="xs" onClick={() => go({ screen: 'compare', left: marked[0]!, right: marked[1]! })}>
              {say('ui.items.compare')}
            </Button>
          ) : null}
          {marked.length > 0 ? (
            <Button size="xs" variant="subtle" onClick={unmark}>
              {say('ui.items.unmark', { count: marked.length })}
            </Button>
          ) : null}
          <Button size="xs" variant="default" aria-pressed={inspector} onClick={() => showInspector(!inspector)}>
            {say('ui.items.inspector')}
          </Button>
        </Group>
      </Group>
      <Renewable />
      {fault ? <FaultNote fault={fault} /> : null}
      {total === null && !fault ? <Loader type="dots" /> : null}
      {total === 0 ? (
        all === 0 ? (
          <EmptyState
            words={say('ui.items.empty')}
            act={{ words: say('ui.way.start'), run: () => go({ screen: 'start' }) }}
          />
        ) : (
          <EmptyState
            words={say('ui.items.nothing-passes')}
            act={{ words: say('ui.items.filter.none'), run: () => ask({ filter: {} }) }}
          />
        )
      ) : null}
      {total ? (
        <div className={classes.panes}>
          <ItemTable rows={rows} />
          {inspector ? <ItemPane item={item} /> : null}
        </div>
      ) : null}
      <Text size="xs" c="dimmed">
        {say('ui.items.keys')}
      </Text>
    </div>
  );
};
export default ItemsScreen;
