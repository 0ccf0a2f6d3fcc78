/** The way to another examination of an item, as it was asked for the last time. */
import { Button } from '@mantine/core';
import type { Answer } from '../../main/contract/ipc.ts';
import { request } from '../host/bridge.ts';
import { useAct } from '../state/request.ts';
import { useWorking } from '../state/session.ts';
import { useWords } from '../words/words.ts';
import { FaultNote } from './Fault.tsx';

/** Nothing where its bytes cannot be had. */
export function ExamineAgain({ item }: Pick<Answer, 'item'>) {
  const { say } = useWords();
  const again = useAct(async () => void (await request('scan.again', { item: item.sha256 })));
  const working = useWorking();
  if (!item.canExamineAgain) return null;
  return (
    <>
      {again.fault ? <FaultNote fault={again.fault} /> : null}
      <Button
        size="compact-sm"
        variant="default"
        w="fit-content"
        disabled={working}
        loading={again.busy}
        onClick={() => void again.run()}
      >
        {say('ui.examine-again')}
      </Button>
    </>
  );
}

/** Nothing where samples are as they were when it was examined. */
export function CompareAgain({ answer: { item, examination } }: { readonly answer: Answer }) {
  return examination?.samplesChanged ? <ExamineAgain item={item} /> : null;
}
