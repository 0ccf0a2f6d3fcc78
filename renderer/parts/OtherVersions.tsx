/** That an item was examined with other versions than those installed, which, and the way to another examination; nothing where all are the same. */
import { Button, Stack, Text } from '@mantine/core';
import type { Answer } from '../../main/contract/ipc.ts';
import { sayOtherVersions } from '../../main/strings/index.ts';
import { request } from '../host/bridge.ts';
import { useAct } from '../state/request.ts';
import { RUNNING, useSession } from '../state/session.ts';
import { useWords } from '../words/words.ts';
import { Details } from './Details.tsx';
import { FaultNote } from './Fault.tsx';

export function OtherVersions({ answer: { item, examination } }: { readonly answer: Answer }) {
  const { say, language } = useWords();
  const again = useAct(async () => void (await request('scan.again', { item: item.sha256 })));
  const working = useSession(({ session }) => session !== null && RUNNING.has(session.work.phase));
  if (!examination?.otherVersions) return null;
  return (
    <Stack gap={8} align="flex-start">
      <Text size="sm" className="measure">
        {say('ui.other-versions')}
      </Text>
      <Details summary={say('ui.other-versions.which')}>
        {sayOtherVersions(language, examination.otherVersions).map((text) => (
          <Text key={text} size="xs">
            {text}
          </Text>
        ))}
      </Details>
      {again.fault ? <FaultNote fault={again.fault} /> : null}
      {item.canExamineAgain ? (
        <Button
          size="compact-sm"
          variant="default"
          disabled={working}
          loading={again.busy}
          onClick={() => void again.run()}
        >
          {say('ui.other-versions.again')}
        </Button>
      ) : null}
    </Stack>
  );
}
