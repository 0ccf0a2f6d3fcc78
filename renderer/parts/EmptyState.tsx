/** What stands where there is nothing yet: why it is empty, and the one thing to do about it. */
import { Button, Stack, Text } from '@mantine/core';

interface EmptyStateProps {
  readonly words: string;
  readonly act?: { readonly words: string; run(): void };
}

export function EmptyState({ words, act }: EmptyStateProps) {
  return (
    <Stack align="flex-start" gap="md" py="xl">
      <Text size="md" c="dimmed" className="measure">
        {words}
      </Text>
      {act ? (
        <Button variant="default" onClick={act.run}>
          {act.words}
        </Button>
      ) : null}
    </Stack>
  );
}
