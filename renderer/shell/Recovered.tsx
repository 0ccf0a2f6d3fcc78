/** Work that an earlier run left when the machine or the program ended: nothing finished is lost, and it can go on. */
import { Alert, Button, Group, Text } from '@mantine/core';
import type { Unfinished } from '../../main/contract/ipc.ts';
import { request } from '../host/bridge.ts';
import { FaultNote } from '../parts/Fault.tsx';
import { useAct } from '../state/request.ts';
import { useSession } from '../state/session.ts';
import { useWords } from '../words/words.ts';

export function Recovered({ unfinished }: { readonly unfinished: readonly Unfinished[] }) {
  return unfinished.map((one) => <RecoveredJob key={one.job} {...one} />);
}

function RecoveredJob({ job, startedAtMs, total, done }: Unfinished) {
  const { say, moment } = useWords();
  const load = useSession((state) => state.load);
  const go = useAct(async () => {
    await request('scan.recover', { job });
    await load();
  });
  const discard = useAct(async () => {
    await request('scan.discard', { job });
    await load();
  });
  const fault = go.fault ?? discard.fault;
  return (
    <Alert color="ochre" variant="light" mb="lg" title={say('ui.recovered.title')}>
      <Text size="sm" className="measure">
        {say('ui.recovered.text', { at: moment(startedAtMs), done, total })}
      </Text>
      <Group mt="sm">
        <Button size="xs" loading={go.busy} onClick={() => void go.run()}>
          {say('ui.recovered.go-on')}
        </Button>
        <Button size="xs" variant="default" loading={discard.busy} onClick={() => void discard.run()}>
          {say('ui.recovered.discard')}
        </Button>
      </Group>
      {fault ? <FaultNote fault={fault} /> : null}
    </Alert>
  );
}
