/** A decision that cannot be undone, or that ends work: the only reason for a dialog. What leaves all as it is has the focus. */
import { Button, Group, Modal, Stack, Text, TextInput } from '@mantine/core';
import { type ReactNode, useState } from 'react';
import type { Fault } from '../../main/contract/ipc.ts';
import { useWords } from '../words/words.ts';
import { FaultNote } from './Fault.tsx';

interface ConfirmDialogProps {
  readonly opened: boolean;
  readonly title: string;
  readonly children: ReactNode;
  /** Words on the button that does it. */
  readonly act: string;
  /** Where something is to be typed before it is done; compared as it stands. */
  readonly typed?: { readonly label: string; readonly expected: string };
  readonly busy?: boolean;
  readonly fault?: Fault | null;
  confirm(): void;
  close(): void;
}

export function ConfirmDialog(props: ConfirmDialogProps) {
  const { opened, title, children, act, typed, busy = false, fault = null, confirm, close } = props;
  const { say } = useWords();
  const [entry, setEntry] = useState('');
  const ready = typed === undefined || entry === typed.expected;
  const leave = () => {
    setEntry('');
    close();
  };
  return (
    // Locking the page's scroll would write a style element without a nonce, which the policy of both hosts refuses.
    <Modal.Root opened={opened} onClose={leave} centered lockScroll={false} transitionProps={{ duration: 0 }}>
      <Modal.Overlay />
      <Modal.Content>
        <Modal.Body p="lg">
          <Stack gap="md">
            <Modal.Title fz="lg" fw={600}>
              {title}
            </Modal.Title>
            <Text component="div" size="sm">
              {children}
            </Text>
            {typed ? (
              <TextInput
                label={typed.label}
                value={entry}
                onChange={(event) => setEntry(event.currentTarget.value)}
                autoComplete="off"
              />
            ) : null}
            {fault ? <FaultNote fault={fault} /> : null}
            <Group justify="flex-end">
              <Button variant="default" onClick={leave} data-autofocus>
                {say('ui.cancel')}
              </Button>
              <Button onClick={confirm} disabled={!ready} loading={busy}>
                {act}
              </Button>
            </Group>
          </Stack>
        </Modal.Body>
      </Modal.Content>
    </Modal.Root>
  );
}
