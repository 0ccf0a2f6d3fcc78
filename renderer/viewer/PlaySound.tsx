/** Starts and stops what is heard. It stays usable while the sound is fetched: a disabled button would lose the focus, and with it the keys. */
import { Button, Group, Loader } from '@mantine/core';
import { useWords } from '../words/words.ts';
import type { Sound } from './sound.ts';

interface PlaySoundProps {
  readonly sound: Sound;
  toggle(): void;
}

export function PlaySound({ sound: { heard, busy }, toggle }: PlaySoundProps) {
  const { say } = useWords();
  return (
    <Group gap={8} wrap="nowrap">
      <Button size="compact-sm" variant="default" aria-busy={busy} onClick={toggle}>
        {say(heard ? 'ui.viewer.sound.stop' : 'ui.viewer.sound.play')}
      </Button>
      {busy ? <Loader type="dots" size="xs" /> : null}
    </Group>
  );
}
