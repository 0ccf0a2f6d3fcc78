/** How many items of the case other versions examined, or were compared with other samples, and the way to examine them all again; nothing where none. */
import { Button, Group, Text } from '@mantine/core';
import { request } from '../host/bridge.ts';
import { useAct, useRequest } from '../state/request.ts';
import { useWorking } from '../state/session.ts';
import { useWords } from '../words/words.ts';
import { FaultNote } from './Fault.tsx';

export function Renewable() {
  const { say } = useWords();
  const working = useWorking();
  const count = useRequest('scan.renewable', {}).value?.items ?? 0;
  const renew = useAct(async () => void (await request('scan.renew', {})));
  if (count === 0) return null;
  return (
    <Group gap="md">
      <Text size="sm" className="measure" role="status">
        {say('ui.renewable', { count })}
      </Text>
      <Button size="xs" variant="default" disabled={working} loading={renew.busy} onClick={() => void renew.run()}>
        {say('ui.renewable.act')}
      </Button>
      {renew.fault ? <FaultNote fault={renew.fault} /> : null}
    </Group>
  );
}
