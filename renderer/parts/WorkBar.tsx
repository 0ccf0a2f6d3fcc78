/** How far the work in hand is, as a bar. */
import { Progress, type ProgressProps } from '@mantine/core';
import type { Work } from '../../main/contract/ipc.ts';
import { useWords } from '../words/words.ts';

export function WorkBar({ work, size }: { readonly work: Work; readonly size?: ProgressProps['size'] }) {
  const { say } = useWords();
  const share = work.total === 0 ? 0 : (100 * (work.done + (work.current?.fraction ?? 0))) / work.total;
  return (
    <Progress value={Math.min(100, share)} size={size} aria-label={say('ui.strip.label')} transitionDuration={0} />
  );
}
