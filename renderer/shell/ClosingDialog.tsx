/** Asked when the window is closed while work runs: what is finished stays, what is in hand goes on at the next start. */
import { request } from '../host/bridge.ts';
import { ConfirmDialog } from '../parts/ConfirmDialog.tsx';
import { useAct } from '../state/request.ts';
import { useSession } from '../state/session.ts';
import { useWords } from '../words/words.ts';

export function ClosingDialog() {
  const { say } = useWords();
  const closing = useSession((state) => state.closing);
  const stay = useSession((state) => state.stay);
  const end = useAct(async () => {
    await request('session.end', {});
  });
  return (
    <ConfirmDialog
      opened={closing}
      title={say('ui.closing.title')}
      act={say('ui.closing.act')}
      busy={end.busy}
      fault={end.fault}
      confirm={() => void end.run()}
      close={stay}
    >
      {say('ui.closing.text')}
    </ConfirmDialog>
  );
}
