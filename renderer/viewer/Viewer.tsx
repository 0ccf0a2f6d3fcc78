/** The content of one item, covered until somebody chooses to look: the choice is written to the custody log first. */
import { Button, Stack, Text } from '@mantine/core';
import { lazy, Suspense } from 'react';
import type { Answer } from '../../main/contract/ipc.ts';
import { request } from '../host/bridge.ts';
import { EmptyState } from '../parts/EmptyState.tsx';
import { FaultNote } from '../parts/Fault.tsx';
import { Thumbnail } from '../parts/Thumbnail.tsx';
import { useAct } from '../state/request.ts';
import { useWords } from '../words/words.ts';
import { FaceStrip } from './FaceStrip.tsx';
import { PictureView } from './PictureView.tsx';
import classes from './Viewer.module.css';

const FilmView = lazy(() => import('./FilmView.tsx').then(({ FilmView: view }) => ({ default: view })));
const SoundView = lazy(() => import('./SoundView.tsx').then(({ SoundView: view }) => ({ default: view })));

/** The moment that a viewer shows, shared with what stands beside it. */
export interface Place {
  readonly atS: number;
  moved(atS: number): void;
  /** The viewer gives the way to a moment; undefined is returned so that it can be the whole of an effect. */
  register(jump: (atS: number) => void): void;
}

interface ViewerProps {
  readonly answer: Answer;
  readonly place: Place;
  again(): void;
}

const COVER_PX = 240;

export function Viewer({ answer, place, again }: ViewerProps) {
  const { say } = useWords();
  const { item, examination, revealed } = answer;
  const reveal = useAct(async () => {
    await request('item.revealed', { item: item.sha256 });
    again();
  });
  const plain = !examination && item.role === 'reference';
  if (!examination && !plain) return <EmptyState words={say('ui.inspector.not-examined')} />;
  if (examination?.fault) return <FaultNote fault={examination.fault} />;
  if (examination?.kind === 'other') return <EmptyState words={say('ui.viewer.other')} />;
  if (!item.canExamineAgain) return <EmptyState words={say('ui.viewer.no-bytes')} />;
  if (!revealed)
    return (
      <Stack align="center" justify="center" gap="md" className={classes.cover}>
        {examination?.kind === 'audio' ? null : <Thumbnail item={item.sha256} side={COVER_PX} />}
        <Text size="sm" ta="center" className="measure">
          {say('ui.viewer.covered')}
        </Text>
        <Button loading={reveal.busy} onClick={() => void reveal.run()}>
          {say('ui.viewer.reveal')}
        </Button>
        {reveal.fault ? <FaultNote fault={reveal.fault} /> : null}
      </Stack>
    );
  if (!examination) return <PictureView answer={answer} />;
  return (
    <Suspense fallback={null}>
      {examination.kind === 'image' ? (
        <div className={classes.view}>
          <PictureView answer={answer} />
          <FaceStrip item={item.sha256} crops={examination.crops} />
        </div>
      ) : null}
      {examination.kind === 'video' ? <FilmView answer={answer} place={place} /> : null}
      {examination.kind === 'audio' ? <SoundView answer={answer} place={place} /> : null}
    </Suspense>
  );
}
