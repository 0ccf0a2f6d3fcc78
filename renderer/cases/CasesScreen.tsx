/** All cases on this machine: open, make, bring, and erase everything. */
import { Button, Code, Group, List, Loader, Paper, PasswordInput, Stack, Text, TextInput, Title } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import type { CaseLine, EraseReportLine, RequestOutput } from '../../main/contract/ipc.ts';
import { request } from '../host/bridge.ts';
import { handOver } from '../host/files.ts';
import { ChooseFile } from '../parts/ChooseFile.tsx';
import { ConfirmDialog } from '../parts/ConfirmDialog.tsx';
import { EmptyState } from '../parts/EmptyState.tsx';
import { FaultNote } from '../parts/Fault.tsx';
import { DEFAULT_CASE } from '../shell/CaseFault.tsx';
import { useRoute } from '../shell/route.ts';
import { useAct, useRequest } from '../state/request.ts';
import { useSession } from '../state/session.ts';
import { useWords } from '../words/words.ts';
import classes from './CasesScreen.module.css';
import { secretOf } from './secret.ts';

export default function CasesScreen() {
  const { say } = useWords();
  const listed = useRequest('case.list', {});
  const take = useSession((state) => state.take);
  const go = useRoute((state) => state.go);
  const close = useAct(async () => {
    take(await request('case.close', {}));
    listed.again();
  });
  const cases = listed.value?.cases ?? [];
  return (
    <Stack gap="lg" maw={820}>
      <Title order={1}>{say('ui.way.cases')}</Title>
      {listed.state === 'failed' ? (
        <FaultNote fault={listed.fault} act={{ words: say('ui.again'), run: listed.again }} />
      ) : null}
      {!listed.value && listed.state === 'waiting' ? <Loader type="dots" /> : null}
      {listed.value && cases.length === 0 ? <EmptyState words={say('ui.cases.none')} /> : null}
      {close.fault ? <FaultNote fault={close.fault} /> : null}
      <ul className={classes.cases}>
        {cases.map((one) => (
          <Line key={one.name} line={one} opened={() => go({ screen: 'case' })} close={() => void close.run()} />
        ))}
      </ul>
      <NewCase made={() => go({ screen: 'case' })} />
      <BringCase brought={listed.again} />
      <EraseAll />
    </Stack>
  );
}

interface LineProps {
  readonly line: CaseLine;
  opened(): void;
  close(): void;
}

function Line({ line: { name, createdAtMs, locked, open }, opened, close }: LineProps) {
  const { say, moment } = useWords();
  const take = useSession((state) => state.take);
  const [secret, setSecret] = useState('');
  const [asks, setAsks] = useState(false);
  const opening = useAct(async () => {
    const session = await request('case.open', { name, ...(secret === '' ? {} : secretOf(secret)) });
    take(session);
    if (session.case === null && session.fault?.code === 'VAULT_KEY_MISSING') setAsks(true);
    else if (session.case) opened();
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    void opening.run();
  };
  const needsSecret =
    asks || opening.fault?.code === 'VAULT_KEY_MISSING' || opening.fault?.code === 'VAULT_WRONG_PASSPHRASE';
  return (
    <li className={classes.case}>
      <div className={classes.words}>
        <Text size="md" className={classes.name}>
          {name === DEFAULT_CASE ? say('ui.case.default') : name}
        </Text>
        <Text size="xs" c="dimmed">
          {say('ui.cases.made', { at: moment(createdAtMs) })}
          {open ? ` · ${say('ui.cases.open')}` : locked ? ` · ${say('ui.cases.locked')}` : ''}
        </Text>
        {opening.fault ? <FaultNote fault={opening.fault} /> : null}
        {needsSecret ? (
          <form onSubmit={submit}>
            <PasswordInput
              label={say('ui.cases.secret')}
              value={secret}
              onChange={(event) => setSecret(event.currentTarget.value)}
              w="100%"
              maw={320}
              autoComplete="off"
            />
          </form>
        ) : null}
      </div>
      {open ? (
        <Group>
          <Button size="xs" variant="default" onClick={opened}>
            {say('ui.cases.show')}
          </Button>
          <Button size="xs" variant="default" onClick={close}>
            {say('ui.cases.close')}
          </Button>
        </Group>
      ) : (
        <Button size="xs" variant="default" disabled={locked} loading={opening.busy} onClick={() => void opening.run()}>
          {say('ui.case.unlock')}
        </Button>
      )}
    </li>
  );
}

function NewCase({ made }: { made(): void }) {
  const { say } = useWords();
  const take = useSession((state) => state.take);
  const [name, setName] = useState('');
  const [secret, setSecret] = useState('');
  const create = useAct(async () => {
    take(await request('case.create', { name, ...(secret === '' ? {} : { passphrase: secret }) }));
    made();
  });
  return (
    <Paper withBorder p="lg" bg="var(--sheet)">
      <form
        onSubmit={(event) => {
          event.preventDefault();
          void create.run();
        }}
      >
        <Stack gap="md">
          <Title order={2}>{say('ui.cases.new')}</Title>
          <TextInput
            label={say('ui.cases.name')}
            value={name}
            maxLength={200}
            onChange={(event) => setName(event.currentTarget.value)}
            w="100%"
            maw={400}
            autoComplete="off"
          />
          <PasswordInput
            label={say('ui.cases.new-passphrase')}
            description={say('ui.cases.new-passphrase-hint')}
            value={secret}
            onChange={(event) => setSecret(event.currentTarget.value)}
            w="100%"
            maw={400}
            autoComplete="new-password"
          />
          {create.fault ? <FaultNote fault={create.fault} /> : null}
          <Button type="submit" w="fit-content" loading={create.busy} disabled={name.trim() === ''}>
            {say('ui.cases.create')}
          </Button>
        </Stack>
      </form>
    </Paper>
  );
}

function BringCase({ brought }: { brought(): void }) {
  const { say } = useWords();
  const [name, setName] = useState('');
  const [imported, setImported] = useState<RequestOutput<'case.import'> | null>(null);
  const bring = useAct(async (file: File) => {
    setImported(null);
    const named = name.trim() === '' ? {} : { as: name.trim() };
    setImported(await request('case.import', { source: await handOver([file]), ...named }));
    setName('');
    brought();
  });
  return (
    <Paper withBorder p="lg" bg="var(--sheet)">
      <Stack gap="md">
        <Title order={2}>{say('ui.cases.import')}</Title>
        <Text size="sm" className="measure">
          {say('ui.cases.import-text')}
        </Text>
        <TextInput
          label={say('ui.cases.import-as')}
          description={say('ui.cases.import-as-hint')}
          value={name}
          maxLength={200}
          onChange={(event) => setName(event.currentTarget.value)}
          w="100%"
          maw={400}
          autoComplete="off"
        />
        {bring.fault ? <FaultNote fault={bring.fault} /> : null}
        <ChooseFile chosen={(file) => void bring.run(file)} accept=".jzcase,.zip">
          {(props) => (
            <Button {...props} variant="default" w="fit-content" loading={bring.busy}>
              {say('ui.cases.import-act')}
            </Button>
          )}
        </ChooseFile>
        {imported ? (
          <div role="status" className="measure">
            <Text size="sm">{say('case.imported', { name: imported.name })}</Text>
            {imported.left > 0 ? <Text size="sm">{say('case.imported.left', { count: imported.left })}</Text> : null}
          </div>
        ) : null}
      </Stack>
    </Paper>
  );
}

/** What is to be typed, in both languages: a word nobody types by chance. */
const ERASE_WORD = 'erase';

function EraseAll() {
  const { say } = useWords();
  const load = useSession((state) => state.load);
  const [asking, setAsking] = useState(false);
  const [report, setReport] = useState<EraseReportLine | null>(null);
  const erase = useAct(async () => {
    setReport(await request('erase.all', { confirm: ERASE_WORD }));
    setAsking(false);
    await load();
  });
  return (
    <Paper withBorder p="lg" bg="var(--sheet)">
      <Stack gap="sm">
        <Title order={2}>{say('ui.erase.all')}</Title>
        <Text size="sm" className="measure">
          {say('ui.erase.what-stays')}
        </Text>
        <Button variant="default" w="fit-content" onClick={() => setAsking(true)}>
          {say('ui.erase.all-act')}
        </Button>
        {report ? <Erased report={report} /> : null}
      </Stack>
      <ConfirmDialog
        opened={asking}
        title={say('ui.erase.all')}
        act={say('ui.erase.all-act')}
        typed={{ label: say('ui.erase.type', { word: ERASE_WORD }), expected: ERASE_WORD }}
        busy={erase.busy}
        fault={erase.fault}
        confirm={() => void erase.run()}
        close={() => setAsking(false)}
      >
        {say('ui.erase.all-text')}
      </ConfirmDialog>
    </Paper>
  );
}

/** What is gone, what was not touched, and the last entries of the logs as proof. */
export function Erased({ report }: { readonly report: EraseReportLine }) {
  const { say } = useWords();
  return (
    <div role="status">
      <Text size="sm">{say('ui.erase.done', { removed: report.removed.length, kept: report.kept.length })}</Text>
      {report.kept.length > 0 ? (
        <List size="sm">
          {report.kept.map((path) => (
            <List.Item key={path}>{path}</List.Item>
          ))}
        </List>
      ) : null}
      {report.heads.map(({ caseId, seq, hash }) => (
        <Text key={caseId} size="xs" c="dimmed" className={classes.proof}>
          {say('ui.people.proof', { seq })} <Code>{hash}</Code>
        </Text>
      ))}
    </div>
  );
}
