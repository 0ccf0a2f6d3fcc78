/** Where pieces were put one behind the other, by the clock of the file: each leads to its moment. */
import { Button, Group, Text } from '@mantine/core';
import { clock } from '../examiner/clock.ts';
import { useWords } from '../words/words.ts';

interface RestartsProps {
  /** Seconds. */
  readonly at: readonly number[];
  jump(atS: number): void;
}

export function Restarts({ at, jump }: RestartsProps) {
  const { say } = useWords();
  if (at.length === 0) return null;
  return (
    <Group gap={8}>
      <Text size="xs" c="dimmed">
        {say('fact.container.clockRestart')}
      </Text>
      {at.map((atS) => (
        <Button key={atS} size="compact-xs" variant="default" onClick={() => jump(atS)}>
          {clock(atS, 2)}
        </Button>
      ))}
    </Group>
  );
}
