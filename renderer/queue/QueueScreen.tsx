/** The work in hand and how the last one ended: every file with its state, what failed and why. */
import { Button, Stack, Text, Title } from '@mantine/core';
import { useVirtualizer } from '@tanstack/react-virtual';
import { useEffect, useRef, useState } from 'react';
import type { ItemLine } from '../../main/contract/ipc.ts';
import { request } from '../host/bridge.ts';
import { EmptyState } from '../parts/EmptyState.tsx';
import { Scrolled } from '../parts/Scrolled.tsx';
import { WorkControls } from '../parts/WorkControls.tsx';
import { useRoute } from '../shell/route.ts';
import { useSession } from '../state/session.ts';
import { useWords } from '../words/words.ts';
import classes from './QueueScreen.module.css';

const ROW_PX = 44;
const PAGE = 500;

export default function QueueScreen() {
  const { say } = useWords();
  const session = useSession((state) => state.session);
  const work = session?.work;
  if (!work || work.kind === 'none')
    return (
      <Stack gap="lg">
        <Title order={1}>{say('ui.way.queue')}</Title>
        <EmptyState words={say('ui.work.none')} />
      </Stack>
    );
  return (
    <Stack gap="md" className={classes.screen}>
      <Title order={1}>{say('ui.way.queue')}</Title>
      <div role="status" aria-live="polite">
        <Text size="sm">
          {say(`ui.phase.${work.kind === 'export' && work.phase === 'working' ? 'exporting' : work.phase}`)} ·{' '}
          {say('ui.work.count', { done: work.done, total: work.total, failed: work.failed })}
        </Text>
        {work.waiting > 0 ? <Text size="sm">{say('ui.queue.waiting', { count: work.waiting })}</Text> : null}
      </div>
      <WorkControls work={work} />
      <Entries total={work.total} done={work.done} />
    </Stack>
  );
}

/** Reads the entries page by page; asked for again as items finish, at most once a second. */
function useEntries(total: number, done: number): readonly ItemLine[] {
  const [lines, setLines] = useState<readonly ItemLine[]>([]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: what was done changes the states of the lines.
  useEffect(() => {
    let wanted = true;
    const timer = setTimeout(
      async () => {
        const read: ItemLine[] = [];
        for (let after = 0; wanted; ) {
          const { entries } = await request('scan.entries', { after, limit: PAGE });
          read.push(...entries);
          const last = entries.at(-1);
          if (entries.length < PAGE || !last) break;
          after = last.entry;
        }
        if (wanted) setLines(read);
      },
      lines.length === 0 ? 0 : 1000,
    );
    return () => {
      wanted = false;
      clearTimeout(timer);
    };
  }, [total, done]);
  return lines;
}

function Entries({ total, done }: { readonly total: number; readonly done: number }) {
  const { say, sayFault } = useWords();
  const go = useRoute((state) => state.go);
  const lines = useEntries(total, done);
  const frame = useRef<HTMLElement>(null);
  const rows = useVirtualizer({
    count: lines.length,
    getScrollElement: () => frame.current,
    estimateSize: () => ROW_PX,
    overscan: 12,
  });
  return (
    <Scrolled frame={frame} className={classes.frame} label={say('ui.work.files')}>
      <ul className={classes.list} style={{ height: rows.getTotalSize() }}>
        {rows.getVirtualItems().map(({ index, start }) => {
          const { entry, name, state, sha256, error } = lines[index]!;
          return (
            <li
              key={entry}
              ref={rows.measureElement}
              data-index={index}
              className={classes.row}
              style={{ transform: `translateY(${start}px)`, minHeight: ROW_PX }}
              aria-setsize={lines.length}
              aria-posinset={index + 1}
            >
              <Text size="sm" truncate className={classes.name}>
                {name}
              </Text>
              <Text size="xs" c={error ? 'var(--attention)' : 'dimmed'} className={classes.why}>
                {error ? `${sayFault(error)} [${error.code}]` : say(`ui.line.${state}`)}
              </Text>
              {sha256 && (state === 'examined' || state === 'failed') ? (
                <Button size="compact-xs" variant="default" onClick={() => go({ screen: 'item', item: sha256 })}>
                  {say('ui.work.open')}
                </Button>
              ) : null}
            </li>
          );
        })}
      </ul>
    </Scrolled>
  );
}
