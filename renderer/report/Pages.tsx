/** The pages of the record as they were typeset, one at a time: images, which run nothing whatever a file's name says. */
import { Button, Group, Loader, Stack, Text, Title } from '@mantine/core';
import { type KeyboardEvent, useState } from 'react';
import { FaultNote } from '../parts/Fault.tsx';
import { Scrolled } from '../parts/Scrolled.tsx';
import { useRequest } from '../state/request.ts';
import { useWords } from '../words/words.ts';
import classes from './Pages.module.css';

interface PagesProps {
  readonly id: string;
  readonly language: 'zh' | 'en';
  readonly count: number;
}

export function Pages({ id, language, count }: PagesProps) {
  const { say } = useWords();
  const [page, setPage] = useState(1);
  const asked = useRequest('report.page', count === 0 ? null : { id, language, page });
  if (count === 0) return <Text size="sm">{say('ui.record.too-long')}</Text>;
  const turn = (by: number) => setPage(Math.min(count, Math.max(1, page + by)));
  const pressed = (event: KeyboardEvent) => {
    const by = { PageDown: 1, PageUp: -1, ArrowRight: 1, ArrowLeft: -1, Home: -count, End: count }[event.key];
    if (by === undefined || event.target instanceof HTMLButtonElement) return;
    event.preventDefault();
    turn(by);
  };
  const name = say('ui.record.page', { page, count });
  return (
    <Stack gap="sm" component="section" aria-labelledby={`pages-${language}`} onKeyDown={pressed}>
      <Group justify="space-between">
        <Title order={2} size="h3" id={`pages-${language}`}>
          {say('ui.record.pages')} · {say(`ui.record.language.${language}`)}
        </Title>
        <Group gap="sm">
          <Button size="xs" variant="default" disabled={page === 1} onClick={() => turn(-1)}>
            {say('ui.record.page.before')}
          </Button>
          <Text size="sm" role="status" className="figures">
            {name}
          </Text>
          <Button size="xs" variant="default" disabled={page === count} onClick={() => turn(1)}>
            {say('ui.record.page.next')}
          </Button>
        </Group>
      </Group>
      {asked.state === 'failed' ? (
        <FaultNote fault={asked.fault} act={{ words: say('ui.again'), run: asked.again }} />
      ) : null}
      <Scrolled label={say('ui.record.pages')} className={classes.frame}>
        {asked.value ? (
          <img className={classes.page} alt={name} src={urlOf(asked.value.svg)} draggable={false} />
        ) : (
          <Loader type="dots" m="xl" />
        )}
      </Scrolled>
      <Text size="xs" c="dimmed">
        {say('ui.record.page.text')}
      </Text>
    </Stack>
  );
}

function urlOf(svg: string): string {
  return `data:image/svg+xml;charset=utf-8,${encodeURIComponent(svg)}`;
}
