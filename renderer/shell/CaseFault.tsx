/** Why no case is open, and what opens it: a passphrase, another case, or a second try. */
import { Button, Group, Paper, PasswordInput, Stack, Text } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import type { Session } from '../../main/contract/ipc.ts';
import { secretOf } from '../cases/secret.ts';
import { request } from '../host/bridge.ts';
import { FaultNote } from '../parts/Fault.tsx';
import { useAct } from '../state/request.ts';
import { useSession } from '../state/session.ts';
import { useWords } from '../words/words.ts';
import { useRoute } from './route.ts';
import { SCREENS } from './screens.ts';

const NEEDS_SECRET = new Set(['VAULT_KEY_MISSING', 'VAULT_WRONG_PASSPHRASE']);

/** The name of the case that is opened where none was chosen. */
export const DEFAULT_CASE = 'default';

export function CaseFault({ fault }: { readonly fault: NonNullable<Session['fault']> }) {
  const { say } = useWords();
  const take = useSession((state) => state.take);
  const go = useRoute((state) => state.go);
  const name = String(fault.params.name ?? DEFAULT_CASE);
  const [secret, setSecret] = useState('');
  const reopen = useAct(async () => take(await request('session.reopen', {})));
  const unlock = useAct(async () => {
    take(await request('case.open', { name, ...secretOf(secret) }));
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    void unlock.run();
  };
  return (
    <Paper withBorder p="lg" mb="lg" bg="var(--sheet)" maw={640}>
      <Stack gap="md">
        {name === DEFAULT_CASE ? null : <Text fw={600}>{say('ui.case.which', { name })}</Text>}
        <FaultNote fault={unlock.fault ?? reopen.fault ?? fault} />
        {NEEDS_SECRET.has(fault.code) ? (
          <form onSubmit={submit}>
            <Group align="flex-end">
              <PasswordInput
                label={say('ui.case.secret')}
                value={secret}
                onChange={(event) => setSecret(event.currentTarget.value)}
                w="100%"
                maw={320}
                autoComplete="off"
              />
              <Button type="submit" loading={unlock.busy} disabled={secret === ''}>
                {say('ui.case.unlock')}
              </Button>
            </Group>
          </form>
        ) : null}
        <Group>
          {NEEDS_SECRET.has(fault.code) ? null : (
            <Button variant="default" loading={reopen.busy} onClick={() => void reopen.run()}>
              {say('ui.again')}
            </Button>
          )}
          {SCREENS.cases ? (
            <Button variant="subtle" onClick={() => go({ screen: 'cases' })}>
              {say('ui.case.choose')}
            </Button>
          ) : null}
        </Group>
        <Text size="xs" c="dimmed">
          {say('ui.case.nothing-lost')}
        </Text>
      </Stack>
    </Paper>
  );
}
