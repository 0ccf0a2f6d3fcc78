/** How far the work in hand is, what went wrong with it, and the buttons that hold, go on with and stop it. */
import { Button, Group } from '@mantine/core';
import type { ReactNode } from 'react';
import type { Work } from '../../main/contract/ipc.ts';
import { request } from '../host/bridge.ts';
import { useAct } from '../state/request.ts';
import { RUNNING } from '../state/session.ts';
import { useWords } from '../words/words.ts';
import { FaultNote } from './Fault.tsx';
import { WorkBar } from './WorkBar.tsx';

/** `below` stands between the bar and what went wrong. */
export function WorkControls({ work, below }: { readonly work: Work; readonly below?: ReactNode }) {
  const { say } = useWords();
  const pause = useAct(async () => void (await request('scan.pause', {})));
  const resume = useAct(async () => void (await request('scan.resume', {})));
  const stop = useAct(async () => void (await request('scan.stop', {})));
  const fault = pause.fault ?? resume.fault ?? stop.fault;
  return (
    <>
      <WorkBar work={work} />
      {below}
      {work.error ? <FaultNote fault={work.error} /> : null}
      {fault ? <FaultNote fault={fault} /> : null}
      {RUNNING.has(work.phase) ? (
        <Group>
          {work.phase === 'paused' ? (
            <Button onClick={() => void resume.run()}>{say('ui.work.resume')}</Button>
          ) : (
            <Button variant="default" disabled={work.phase !== 'working'} onClick={() => void pause.run()}>
              {say('ui.work.pause')}
            </Button>
          )}
          <Button variant="default" disabled={work.phase === 'stopping'} onClick={() => void stop.run()}>
            {say('ui.work.stop')}
          </Button>
        </Group>
      ) : null}
    </>
  );
}
