/**
 * How many items of the case other versions examined, or were compared with other samples, the way to examine them all again, and which of them
 * cannot be, because their bytes are gone; nothing where none.
 */
import { Button, Group, Text } from '@mantine/core';
import { request } from '../host/bridge.ts';
import { useAct, useRequest } from '../state/request.ts';
import { useWorking } from '../state/session.ts';
import { useWords } from '../words/words.ts';
import { FaultNote } from './Fault.tsx';

export function Renewable() {
  const { say } = useWords();
  const working = useWorking();
  // Whether their bytes are there is looked up on the disk: not at every step of a scan.
  const { items = 0, gone = 0, goneNames = [] } = useRequest('scan.renewable', working ? null : {}).value ?? {};
  const renew = useAct(async () => void (await request('scan.renew', {})));
  return (
    <>
      {items > 0 ? (
        <Group gap="md">
          <Text size="sm" className="measure" role="status">
            {say('ui.renewable', { count: items })}
          </Text>
          <Button size="xs" variant="default" disabled={working} loading={renew.busy} onClick={() => void renew.run()}>
            {say('ui.renewable.act')}
          </Button>
          {renew.fault ? <FaultNote fault={renew.fault} /> : null}
        </Group>
      ) : null}
      {gone > 0 ? (
        <Text size="sm" className="measure" role="status">
          {say('ui.renewable.gone', {
            count: gone,
            names: goneNames.join(' · ') + (gone > goneNames.length ? ' …' : ''),
          })}
        </Text>
      ) : null}
    </>
  );
}
