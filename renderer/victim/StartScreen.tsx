/** The first screen: one large place to drop, and three promises. */
import { Button, FileButton, Group, List, Paper, Stack, Text, Title } from '@mantine/core';
import { type DragEvent, useState } from 'react';
import { request } from '../host/bridge.ts';
import { filesOf, handOver } from '../host/files.ts';
import { FaultNote } from '../parts/Fault.tsx';
import { useAct } from '../state/request.ts';
import { useWords } from '../words/words.ts';

export default function StartScreen() {
  const { say } = useWords();
  const [over, setOver] = useState(false);
  const examine = useAct(async (files: readonly File[]) => {
    if (files.length === 0) return;
    await request('scan.start', { source: await handOver(files), keep: 'copy' });
  });
  const drop = async (event: DragEvent) => {
    event.preventDefault();
    setOver(false);
    await examine.run(await filesOf(event.dataTransfer));
  };
  return (
    <Stack gap="lg" maw={720} mx="auto">
      <Title order={1}>{say('ui.start.title')}</Title>
      <Paper
        withBorder
        p="xl"
        bg={over ? 'var(--mantine-primary-color-light)' : 'var(--sheet)'}
        onDragOver={(event) => {
          event.preventDefault();
          setOver(true);
        }}
        onDragLeave={() => setOver(false)}
        onDrop={(event) => void drop(event)}
      >
        <Stack align="center" gap="md">
          <Text size="md">{say('ui.start.drop')}</Text>
          <Group>
            <FileButton multiple onChange={(files) => void examine.run(files)}>
              {(props) => (
                <Button {...props} loading={examine.busy}>
                  {say('ui.start.choose')}
                </Button>
              )}
            </FileButton>
          </Group>
        </Stack>
      </Paper>
      {examine.fault ? <FaultNote fault={examine.fault} /> : null}
      <List size="sm" c="dimmed">
        <List.Item>{say('ui.start.stays')}</List.Item>
        <List.Item>{say('ui.start.unchanged')}</List.Item>
        <List.Item>{say('ui.start.stop')}</List.Item>
      </List>
    </Stack>
  );
}
