/** The open case: what it holds, how it is opened, its custody log, its export and its end. */
import { Button, Code, Group, Loader, Paper, PasswordInput, Stack, Text, Textarea, Title } from '@mantine/core';
import { useState } from 'react';
import type { CaseDetail, EraseReportLine, RequestOutput } from '../../main/contract/ipc.ts';
import { request } from '../host/bridge.ts';
import { ConfirmDialog } from '../parts/ConfirmDialog.tsx';
import { EmptyState } from '../parts/EmptyState.tsx';
import { FaultNote } from '../parts/Fault.tsx';
import { SavedNote } from '../parts/SavedNote.tsx';
import { DEFAULT_CASE } from '../shell/CaseFault.tsx';
import { useRoute } from '../shell/route.ts';
import { SCREENS } from '../shell/screens.ts';
import { useAct, useRequest } from '../state/request.ts';
import { useSession } from '../state/session.ts';
import { useWords } from '../words/words.ts';
import classes from './CaseScreen.module.css';
import { Erased } from './CasesScreen.tsx';
import { CustodyLog } from './CustodyLog.tsx';

export default function CaseScreen() {
  const { say } = useWords();
  const open = useSession((state) => state.session?.case ?? null);
  const detail = useRequest('case.detail', open ? {} : null);
  const go = useRoute((state) => state.go);
  const [erased, setErased] = useState<EraseReportLine | null>(null);
  if (erased) return <Erased report={erased} />;
  if (!open)
    return (
      <Stack gap="lg">
        <Title order={1}>{say('ui.way.case')}</Title>
        <EmptyState
          words={say('ui.case.none')}
          {...(SCREENS.cases ? { act: { words: say('ui.way.cases'), run: () => go({ screen: 'cases' }) } } : {})}
        />
      </Stack>
    );
  return (
    <Stack gap="lg" maw={860}>
      <Title order={1}>{open.name === DEFAULT_CASE ? say('ui.case.default') : open.name}</Title>
      {detail.state === 'failed' ? (
        <FaultNote fault={detail.fault} act={{ words: say('ui.again'), run: detail.again }} />
      ) : null}
      {detail.value ? <Facts detail={detail.value} /> : <Loader type="dots" />}
      {SCREENS.cases ? (
        <Button variant="default" w="fit-content" onClick={() => go({ screen: 'cases' })}>
          {say('ui.way.cases')}
        </Button>
      ) : null}
      <NoteForm />
      <Protect
        name={open.name === DEFAULT_CASE ? say('ui.case.default') : open.name}
        slots={detail.value?.slots ?? []}
        changed={detail.again}
      />
      <Export keyFileOnly={detail.value?.slots.every(({ kind }) => kind === 'key-file') ?? false} />
      <CustodyLog />
      <Erase name={open.name} done={setErased} />
    </Stack>
  );
}

function Facts({ detail }: { readonly detail: CaseDetail }) {
  const { say, moment, bytes } = useWords();
  const rows: readonly (readonly [string, string])[] = [
    ['made', moment(detail.createdAtMs)],
    ['items', say('ui.case.items-value', { items: detail.items, examined: detail.examined })],
    ['people', String(detail.people)],
    ['size', say('ui.case.size-value', { plain: bytes(detail.bytes), sealed: bytes(detail.sealedBytes) })],
    ['folder', detail.folder],
    ['head', `${detail.custody.seq} · ${detail.custody.hash}`],
  ];
  return (
    <dl className={classes.facts}>
      {rows.map(([name, value]) => (
        <div key={name}>
          <dt>{say(`ui.case.${name}`)}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}

function NoteForm() {
  const { say } = useWords();
  const [text, setText] = useState('');
  const add = useAct(async () => {
    await request('case.note', { text });
    setText('');
    await useSession.getState().load();
  });
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        void add.run();
      }}
    >
      <Stack gap="sm">
        <Textarea
          label={say('ui.case.note')}
          value={text}
          maxLength={4000}
          autosize
          minRows={2}
          onChange={(event) => setText(event.currentTarget.value)}
        />
        {add.fault ? <FaultNote fault={add.fault} /> : null}
        <Button type="submit" variant="default" w="fit-content" loading={add.busy} disabled={text.trim() === ''}>
          {say('ui.case.note-act')}
        </Button>
      </Stack>
    </form>
  );
}

interface ProtectProps {
  readonly name: string;
  readonly slots: CaseDetail['slots'];
  changed(): void;
}

/** Passphrase and recovery code in the place of all former ways in. The code is shown once, to be written down or printed. */
function Protect({ name, slots, changed }: ProtectProps) {
  const { say, moment } = useWords();
  const [first, setFirst] = useState('');
  const [second, setSecond] = useState('');
  const [code, setCode] = useState<string | null>(null);
  const protect = useAct(async () => {
    const { recoveryCode } = await request('case.protect', { passphrase: first });
    setCode(recoveryCode);
    setFirst('');
    setSecond('');
    changed();
  });
  return (
    <Paper component="section" withBorder p="lg" bg="var(--sheet)" aria-labelledby="case-protect">
      <form
        onSubmit={(event) => {
          event.preventDefault();
          void protect.run();
        }}
      >
        <Stack gap="md">
          <Title order={2} id="case-protect">
            {say('ui.case.protect')}
          </Title>
          {slots.map(({ id, kind, createdAtMs }) => (
            <Text key={id} size="sm">
              {say('ui.case.slot', { kind: say(`ui.case.slot.${kind}`), at: moment(createdAtMs) })}
            </Text>
          ))}
          <PasswordInput
            label={say('ui.case.new-passphrase')}
            value={first}
            onChange={(event) => setFirst(event.currentTarget.value)}
            w="100%"
            maw={400}
            autoComplete="new-password"
          />
          <PasswordInput
            label={say('ui.case.repeat')}
            value={second}
            onChange={(event) => setSecond(event.currentTarget.value)}
            w="100%"
            maw={400}
            autoComplete="new-password"
            error={second !== '' && first !== second ? say('ui.case.differ') : null}
          />
          {protect.fault ? <FaultNote fault={protect.fault} /> : null}
          <Button
            type="submit"
            variant="default"
            w="fit-content"
            loading={protect.busy}
            disabled={first === '' || first !== second}
          >
            {say('ui.case.protect-act')}
          </Button>
          {code ? (
            <div role="status" className={classes.code}>
              <Title order={3} size="h4">
                {say('ui.case.sheet', { name })}
              </Title>
              <Text size="sm">{say('ui.case.code')}</Text>
              <Code block fz="lg">
                {code}
              </Code>
              <Text size="sm">{say('ui.case.sheet-use', { at: moment(Date.now()) })}</Text>
              <Button
                size="xs"
                variant="default"
                w="fit-content"
                className={classes.act}
                onClick={() => window.print()}
              >
                {say('ui.case.print')}
              </Button>
            </div>
          ) : null}
        </Stack>
      </form>
    </Paper>
  );
}

function Export({ keyFileOnly }: { readonly keyFileOnly: boolean }) {
  const { say } = useWords();
  const [secret, setSecret] = useState('');
  const [saved, setSaved] = useState<RequestOutput<'case.export'> | null>(null);
  const save = useAct(async () =>
    setSaved(await request('case.export', { to: null, ...(secret === '' ? {} : { passphrase: secret }) })),
  );
  return (
    <Paper component="section" withBorder p="lg" bg="var(--sheet)" aria-labelledby="case-export">
      <form
        onSubmit={(event) => {
          event.preventDefault();
          void save.run();
        }}
      >
        <Stack gap="md">
          <Title order={2} id="case-export">
            {say('ui.case.export')}
          </Title>
          <Text size="sm" className="measure">
            {say('ui.case.export-text')}
          </Text>
          {keyFileOnly ? (
            <PasswordInput
              label={say('ui.case.export-passphrase')}
              value={secret}
              onChange={(event) => setSecret(event.currentTarget.value)}
              w="100%"
              maw={400}
              autoComplete="new-password"
            />
          ) : null}
          {save.fault ? <FaultNote fault={save.fault} /> : null}
          <Button
            type="submit"
            variant="default"
            w="fit-content"
            loading={save.busy}
            disabled={keyFileOnly && secret === ''}
          >
            {say('ui.case.export-act')}
          </Button>
          {saved ? <SavedNote saved={saved} /> : null}
        </Stack>
      </form>
    </Paper>
  );
}

function Erase({ name, done }: { readonly name: string; done(report: EraseReportLine): void }) {
  const { say } = useWords();
  const load = useSession((state) => state.load);
  const [asking, setAsking] = useState(false);
  const erase = useAct(async () => {
    const report = await request('case.erase', { name, confirm: name });
    setAsking(false);
    done(report);
    await load();
  });
  return (
    <Group>
      <Button variant="default" onClick={() => setAsking(true)}>
        {say('ui.erase.case')}
      </Button>
      <ConfirmDialog
        opened={asking}
        title={say('ui.erase.case')}
        act={say('ui.erase.case')}
        typed={{ label: say('ui.erase.type', { word: name }), expected: name }}
        busy={erase.busy}
        fault={erase.fault}
        confirm={() => void erase.run()}
        close={() => setAsking(false)}
      >
        {say('ui.erase.case-text')} {say('ui.erase.what-stays')}
      </ConfirmDialog>
    </Group>
  );
}
