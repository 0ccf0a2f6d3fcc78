/** Whether a package is as it was made, in the sentences of the verifier. */
import { Button, Group, Stack, Text, Title } from '@mantine/core';
import { useState } from 'react';
import type { RequestOutput, Saved, VerificationLines } from '../../main/contract/ipc.ts';
import { request } from '../host/bridge.ts';
import { handOver } from '../host/files.ts';
import { ChooseFile } from '../parts/ChooseFile.tsx';
import { FaultNote } from '../parts/Fault.tsx';
import { SavedNote } from '../parts/SavedNote.tsx';
import { useAct } from '../state/request.ts';
import { useWords } from '../words/words.ts';
import classes from './Lines.module.css';
import { NamedFile } from './NamedFile.tsx';

export function CheckPart() {
  const { say } = useWords();
  const [found, setFound] = useState<{ readonly name: string; readonly result: VerificationLines } | null>(null);
  const check = useAct(async (file: File) => {
    setFound(null);
    setFound({ name: file.name, result: await request('package.verify', { source: await handOver([file]) }) });
  });
  return (
    <Stack gap="md">
      <Text size="sm" className="measure">
        {say('ui.check.lead')}
      </Text>
      <ChooseFile chosen={(file) => void check.run(file)} accept=".zip">
        {(props) => (
          <Button {...props} w="fit-content" loading={check.busy}>
            {say('ui.check.choose')}
          </Button>
        )}
      </ChooseFile>
      {check.fault ? <FaultNote fault={check.fault} /> : null}
      {found ? (
        <section role="status" aria-labelledby="check-result">
          <Title order={2} size="h3" id="check-result">
            {say('ui.check.result')}
          </Title>
          <Text size="sm" c="dimmed" className={classes.value}>
            {found.name}
          </Text>
          <ul>
            {found.result.lines.map(({ id, params }) => (
              <li key={`${id} ${JSON.stringify(params)}`} className={`measure ${classes.value}`}>
                <Text size="sm" fw={id === 'verify.intact' || id === 'verify.deviates' ? 600 : 400}>
                  {say(id, params)}
                </Text>
              </li>
            ))}
          </ul>
        </section>
      ) : null}
      <Stamp />
    </Stack>
  );
}

/** An authority's word on when a package existed, by way of two files: no connection is made here. */
function Stamp() {
  const { say, moment } = useWords();
  const [file, setFile] = useState<File | null>(null);
  const [saved, setSaved] = useState<Saved | null>(null);
  const [stamped, setStamped] = useState<RequestOutput<'package.stamp'> | null>(null);
  const ask = useAct(async (given: File) => {
    setStamped(null);
    setSaved(await request('package.request', { source: await handOver([given]), to: null }));
  });
  const stamp = useAct(async (given: File, reply: File) => {
    setSaved(null);
    const value = await request('package.stamp', {
      source: await handOver([given]),
      reply: await handOver([reply]),
      to: null,
    });
    setStamped(value);
  });
  const fault = ask.fault ?? stamp.fault;
  return (
    <Stack gap="sm" component="section" aria-labelledby="stamp" mt="md">
      <Title order={2} size="h3" id="stamp">
        {say('ui.stamp.title')}
      </Title>
      <Text size="sm" className="measure">
        {say('ui.stamp.lead')}
      </Text>
      <NamedFile words={say('ui.stamp.package')} accept=".zip" file={file} chosen={setFile} />
      {file ? (
        <Group gap="sm">
          <Button variant="default" loading={ask.busy} onClick={() => void ask.run(file)}>
            {say('ui.stamp.request')}
          </Button>
          <ChooseFile chosen={(reply) => void stamp.run(file, reply)} accept=".tsr">
            {(props) => (
              <Button {...props} variant="default" loading={stamp.busy}>
                {say('ui.stamp.reply')}
              </Button>
            )}
          </ChooseFile>
        </Group>
      ) : null}
      {fault ? <FaultNote fault={fault} /> : null}
      {saved ? <SavedNote saved={saved} /> : null}
      {stamped ? (
        <>
          {stamped.atMs === null ? null : (
            <Text size="sm">{say('ui.stamp.done', { authority: stamped.authority, time: moment(stamped.atMs) })}</Text>
          )}
          <SavedNote saved={stamped} />
        </>
      ) : null}
    </Stack>
  );
}
