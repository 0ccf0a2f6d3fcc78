/** Why something could not be done and what to do next, with its code, never in red. */
import { Alert, Button, Code, Group, Text } from '@mantine/core';
import type { Fault } from '../../main/contract/ipc.ts';
import { useWords } from '../words/words.ts';

interface FaultNoteProps {
  readonly fault: Fault;
  /** What the person can do at once, in words, where there is something. */
  readonly act?: { readonly words: string; run(): void };
}

export function FaultNote({ fault, act }: FaultNoteProps) {
  const { sayFault } = useWords();
  return (
    <Alert color="ochre" variant="light" role="alert">
      <Text size="sm" className="measure">
        {sayFault(fault)}
      </Text>
      <Group gap="sm" mt="xs">
        <Code>{fault.code}</Code>
        {act ? (
          <Button size="xs" variant="default" onClick={act.run}>
            {act.words}
          </Button>
        ) : null}
      </Group>
    </Alert>
  );
}
