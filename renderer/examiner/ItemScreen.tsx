/** One item: its content in the viewer, and beside it what is known of it. */
import { Button, Group, Loader, Text, Title } from '@mantine/core';
import { useCallback, useMemo, useRef, useState } from 'react';
import type { Answer } from '../../main/contract/ipc.ts';
import { FaultNote } from '../parts/Fault.tsx';
import { useRoute } from '../shell/route.ts';
import type { Screen } from '../shell/screens.ts';
import { useRequest } from '../state/request.ts';
import { type Place, Viewer } from '../viewer/Viewer.tsx';
import { useWords } from '../words/words.ts';
import classes from './ItemScreen.module.css';
import { Inspector } from './inspector/Inspector.tsx';

const ItemScreen: Screen<'item'> = ({ route }) => {
  const { say } = useWords();
  const asked = useRequest('item.answer', { item: route.item });
  if (asked.value?.item.sha256 === route.item)
    return <Known key={route.item} answer={asked.value} atS={route.atS ?? 0} again={asked.again} />;
  if (asked.state === 'failed')
    return <FaultNote fault={asked.fault} act={{ words: say('ui.again'), run: asked.again }} />;
  return <Loader type="dots" />;
};
export default ItemScreen;

interface KnownProps {
  readonly answer: Answer;
  readonly atS: number;
  again(): void;
}

function Known({ answer, atS, again }: KnownProps) {
  const { say } = useWords();
  const back = useRoute((state) => state.back);
  const [now, setNow] = useState(atS);
  const way = useRef<(to: number) => void>(() => {});
  const register = useCallback((jump: (to: number) => void) => {
    way.current = jump;
  }, []);
  const place = useMemo<Place>(() => ({ atS: now, moved: setNow, register }), [now, register]);
  return (
    <div className={classes.screen}>
      <Group gap="md" wrap="nowrap">
        <Button size="compact-sm" variant="default" onClick={back}>
          {say('ui.back')}
        </Button>
        <Title order={1} size="h3" className={classes.name} title={answer.item.name}>
          {answer.item.name}
        </Title>
        <Text size="xs" c="dimmed" className="figures">
          {answer.examination ? `${answer.item.mediaType} · ` : ''}
          {answer.item.sha256.slice(0, 12)}
        </Text>
      </Group>
      <div className={classes.panes}>
        <section className={classes.viewer} aria-label={say('ui.viewer')}>
          <Viewer answer={answer} place={place} again={again} />
        </section>
        <aside className={classes.known} aria-label={say('ui.inspector')}>
          <Inspector answer={answer} again={again} viewer={{ atS: now, jump: (to) => way.current(to) }} />
        </aside>
      </div>
    </div>
  );
}
