/** Which seconds of one item show what the other shows: told as the command line tells it, each range to be looked at on both sides. */
import { Button, Loader, Text, Title } from '@mantine/core';
import type { Answer, RequestOutput } from '../../main/contract/ipc.ts';
import { FaultNote } from '../parts/Fault.tsx';
import { useRequest } from '../state/request.ts';
import { useWords } from '../words/words.ts';
import classes from './CompareScreen.module.css';

type Common = NonNullable<RequestOutput<'items.scenes'>['common']>;

interface CommonScenesProps {
  readonly questioned: Answer;
  readonly source: Answer;
  /** Shows a moment of each, in seconds. */
  show(questionedS: number, sourceS: number): void;
}

export function CommonScenes({ questioned, source, show }: CommonScenesProps) {
  const { say } = useWords();
  const heard = [questioned, source].some(({ examination }) => examination?.kind === 'audio');
  const asked = useRequest(
    'items.scenes',
    heard ? null : { questioned: questioned.item.sha256, source: source.item.sha256 },
  );
  const names = { questioned: questioned.item.name, source: source.item.name };
  return (
    <section className={classes.common} aria-labelledby="common-scenes">
      <Title order={2} size="h4" id="common-scenes">
        {say('ui.compare.scenes')}
      </Title>
      {heard ? <Text size="sm">{say('ui.compare.scenes.sound')}</Text> : null}
      {asked.state === 'failed' ? (
        <FaultNote fault={asked.fault} act={{ words: say('ui.again'), run: asked.again }} />
      ) : null}
      {!heard && !asked.value && asked.state === 'waiting' ? <Loader type="dots" /> : null}
      {asked.value?.common === null ? <Text size="sm">{say('ui.compare.scenes.not-recorded')}</Text> : null}
      {asked.value?.common ? <Found common={asked.value.common} names={names} show={show} /> : null}
    </section>
  );
}

interface FoundProps extends Pick<CommonScenesProps, 'show'> {
  readonly common: Common;
  readonly names: { readonly questioned: string; readonly source: string };
}

function Found({ common: { ranges, nearest, compared }, names, show }: FoundProps) {
  const { say } = useWords();
  const one = nearest?.same ? nearest : null;
  return (
    <>
      <Text size="sm" c="dimmed" className={classes.value}>
        {say('ui.compare.scenes.sides', names)}
      </Text>
      {ranges.length > 0 ? (
        <ul className={classes.ranges}>
          {ranges.map(({ mirrored, ...range }) => (
            <li key={`${range.fromS} ${range.sourceFromS}`}>
              <Text size="sm" component="span">
                {say(mirrored ? 'scenes.range-mirrored' : 'scenes.range', range)}
              </Text>{' '}
              <Button size="compact-xs" variant="default" onClick={() => show(range.fromS, range.sourceFromS)}>
                {say('ui.compare.scenes.show')}
              </Button>
            </li>
          ))}
        </ul>
      ) : (
        <Text size="sm" className={classes.value}>
          {one ? say('scenes.picture', { ...names, ...one }) : say('scenes.none', names)}
        </Text>
      )}
      <Text size="xs" c="dimmed">
        {say('scenes.compared', compared)} {say('scenes.note')}
      </Text>
    </>
  );
}
