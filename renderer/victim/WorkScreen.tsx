/** What is being looked at now, how long it still takes, and the results as they come, in their places. */
import { Button, Group, Paper, Stack, Text, Title } from '@mantine/core';
import { useEffect } from 'react';
import type { ItemLine, Work } from '../../main/contract/ipc.ts';
import { EmptyState } from '../parts/EmptyState.tsx';
import { Thumbnail } from '../parts/Thumbnail.tsx';
import { WorkControls } from '../parts/WorkControls.tsx';
import { useRoute } from '../shell/route.ts';
import { RUNNING, useSession } from '../state/session.ts';
import { useWords } from '../words/words.ts';
import classes from './WorkScreen.module.css';

export default function WorkScreen() {
  const { say } = useWords();
  const session = useSession((state) => state.session);
  const { go, replace } = useRoute();
  const work = session?.work;
  const items = session?.items ?? [];
  const [only] = items;
  const single = work?.phase === 'done' && items.length === 1 && only?.state === 'examined' ? only.sha256 : null;
  useEffect(() => {
    if (single) replace({ screen: 'answer', item: single });
  }, [single, replace]);
  if (!work || (work.kind === 'none' && items.length === 0))
    return (
      <Stack gap="lg">
        <Title order={1}>{say('ui.work.none-title')}</Title>
        <EmptyState
          words={say('ui.work.none')}
          act={{ words: say('ui.way.start'), run: () => go({ screen: 'start' }) }}
        />
      </Stack>
    );
  return (
    <Stack gap="lg" maw={760}>
      <Title order={1}>{say(titleOf(work))}</Title>
      <Now work={work} />
      <ul className={classes.lines} aria-label={say('ui.work.files')}>
        {items.map((line) => (
          <Line key={line.entry} line={line} open={(item) => go({ screen: 'answer', item })} />
        ))}
      </ul>
      {RUNNING.has(work.phase) ? null : (
        <Group>
          <Button variant="default" onClick={() => go({ screen: 'start' })}>
            {say('ui.work.another')}
          </Button>
        </Group>
      )}
    </Stack>
  );
}

function titleOf({ kind, phase }: Work): string {
  if (kind === 'export' && phase === 'working') return 'ui.phase.exporting';
  if (phase === 'working') return 'ui.work.title';
  return RUNNING.has(phase) ? `ui.phase.${phase}` : `ui.work.ended.${phase}`;
}

function Now({ work }: { readonly work: Work }) {
  const { say } = useWords();
  return (
    <Paper withBorder p="lg" bg="var(--sheet)">
      <Stack gap="sm">
        <div role="status" aria-live="polite">
          <Text size="sm">{say('ui.work.count', { done: work.done, total: work.total, failed: work.failed })}</Text>
          {work.current ? <Current current={work.current} /> : null}
        </div>
        <WorkControls
          work={work}
          below={
            <Text size="xs" c="dimmed">
              {work.phase === 'working' ? left(say, work.leftS) : say(`ui.phase.${work.phase}`)}
            </Text>
          }
        />
      </Stack>
    </Paper>
  );
}

/** What is looked at, in words: the step, and what was found so far. */
function Current({ current: { stage, step, faces, seconds } }: { readonly current: NonNullable<Work['current']> }) {
  const { say, has } = useWords();
  const what = step !== null && has(`analyzer.${step}`) ? say(`analyzer.${step}`) : say(`ui.step.${step ?? 'probe'}`);
  const params = { what, faces, seconds: Math.round(seconds) };
  const id = faces > 0 ? 'looking-faces' : seconds > 0 ? 'looking-seconds' : 'looking';
  return <Text size="sm">{say(`ui.work.${stage === 'preserving' ? 'preserving' : id}`, params)}</Text>;
}

const MINUTE_S = 60;

/** Whole minutes beyond one: a pace so far allows no more. */
function left(say: ReturnType<typeof useWords>['say'], leftS: number | null): string {
  if (leftS === null) return say('ui.work.left-unknown');
  if (leftS < MINUTE_S) return say('ui.work.left-under-minute');
  return say('ui.work.left-minutes', { minutes: Math.ceil(leftS / MINUTE_S) });
}

function Line({ line, open }: { readonly line: ItemLine; open(item: string): void }) {
  const { say, sayFault } = useWords();
  const { name, state, sha256, error } = line;
  return (
    <li className={classes.line}>
      {sha256 && state !== 'failed' ? <Thumbnail item={sha256} side={48} /> : <span className={classes.blank} />}
      <div className={classes.words}>
        <Text size="sm" truncate>
          {name}
        </Text>
        <Text size="xs" c="dimmed">
          {sha256 ? say('ui.work.kept', { head: sha256.slice(0, 8) }) : say('ui.work.waiting')}
        </Text>
        {error ? (
          <Text size="xs" c="var(--attention)">
            {sayFault(error)} [{error.code}]
          </Text>
        ) : null}
      </div>
      {sha256 && (state === 'examined' || state === 'failed') ? (
        <Button size="xs" variant="default" onClick={() => open(sha256)}>
          {say('ui.work.open')}
        </Button>
      ) : (
        <Text size="xs" c="dimmed">
          {say(`ui.line.${state}`)}
        </Text>
      )}
    </li>
  );
}
