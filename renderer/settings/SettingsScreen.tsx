/** Language, look, tools, the place where everything lies, and what this machine has. */
import { Button, Code, Group, List, Loader, Select, Stack, Text, TextInput, Title } from '@mantine/core';
import { useState } from 'react';
import type { Preferences, RequestOutput } from '../../main/contract/ipc.ts';
import { request } from '../host/bridge.ts';
import { ConfirmDialog } from '../parts/ConfirmDialog.tsx';
import { FaultNote } from '../parts/Fault.tsx';
import { useRoute } from '../shell/route.ts';
import { SCREENS } from '../shell/screens.ts';
import { useAct, useRequest } from '../state/request.ts';
import { usePreferences, useSession } from '../state/session.ts';
import { useWords } from '../words/words.ts';

export default function SettingsScreen() {
  const { say } = useWords();
  const preferences = usePreferences();
  const prefer = useSession((state) => state.prefer);
  const go = useRoute((state) => state.go);
  const choose = useAct((change: Partial<Preferences>) => prefer(change));
  return (
    <Stack gap="xl" maw={720}>
      <Title order={1}>{say('ui.way.settings')}</Title>
      {choose.fault ? <FaultNote fault={choose.fault} /> : null}
      <Stack gap="md" component="section" aria-labelledby="settings-look">
        <Title order={2} id="settings-look">
          {say('ui.settings.look')}
        </Title>
        <Select
          label={say('ui.shell.language')}
          value={preferences.language ?? 'machine'}
          data={['machine', 'zh', 'en'].map((value) => ({ value, label: say(`ui.settings.language.${value}`) }))}
          onChange={(value) => void choose.run({ language: value === 'zh' || value === 'en' ? value : null })}
          allowDeselect={false}
          w="100%"
          maw={280}
        />
        <Select
          label={say('ui.settings.theme')}
          value={preferences.theme}
          data={(['system', 'light', 'dark', 'contrast'] as const).map((value) => ({
            value,
            label: say(`ui.settings.theme.${value}`),
          }))}
          onChange={(value) => void choose.run({ theme: (value ?? 'system') as Preferences['theme'] })}
          allowDeselect={false}
          w="100%"
          maw={280}
        />
        <Stored
          label={say('ui.settings.examiner')}
          hint={say('ui.settings.examiner-hint')}
          value={preferences.examiner}
          store={(examiner) => choose.run({ examiner })}
        />
      </Stack>
      <Tools
        store={(ffmpeg) => choose.run({ ffmpeg: ffmpeg === '' ? null : ffmpeg })}
        ffmpeg={preferences.ffmpeg ?? ''}
      />
      <Stack gap="sm" component="section" aria-labelledby="settings-network">
        <Title order={2} id="settings-network">
          {say('ui.settings.network')}
        </Title>
        <Text size="sm" className="measure">
          {say('ui.settings.network-text')}
        </Text>
        {SCREENS.models ? (
          <Button variant="default" w="fit-content" onClick={() => go({ screen: 'models' })}>
            {say('ui.settings.models')}
          </Button>
        ) : null}
      </Stack>
      {SCREENS.cases ? (
        <Stack gap="sm" component="section" aria-labelledby="settings-data">
          <Title order={2} id="settings-data">
            {say('ui.settings.data')}
          </Title>
          <Text size="sm" className="measure">
            {say('ui.settings.data-text')}
          </Text>
          <Button variant="default" w="fit-content" onClick={() => go({ screen: 'cases' })}>
            {say('ui.way.cases')}
          </Button>
        </Stack>
      ) : null}
    </Stack>
  );
}

interface StoredProps {
  readonly label: string;
  readonly hint: string;
  readonly value: string;
  /** What the button says, where it is not to save. */
  readonly act?: string;
  store(value: string): unknown;
}

/** A text that is kept when it is said to be done, not with every key. */
function Stored({ label, hint, value, act, store }: StoredProps) {
  const { say } = useWords();
  const [text, setText] = useState(value);
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        store(text.trim());
      }}
    >
      <Group align="flex-end">
        <TextInput
          label={label}
          description={hint}
          value={text}
          onChange={(event) => setText(event.currentTarget.value)}
          w="100%"
          maw={440}
          autoComplete="off"
          spellCheck={false}
        />
        <Button type="submit" variant="default" disabled={text.trim() === value}>
          {act ?? say('ui.save')}
        </Button>
      </Group>
    </form>
  );
}

function Tools({ ffmpeg, store }: { readonly ffmpeg: string; store(path: string): Promise<boolean> }) {
  const { say, bytes } = useWords();
  const machine = useRequest('machine.state', {});
  const found = machine.value;
  return (
    <Stack gap="md" component="section" aria-labelledby="settings-machine">
      <Title order={2} id="settings-machine">
        {say('ui.settings.machine')}
      </Title>
      {machine.state === 'failed' ? (
        <FaultNote fault={machine.fault} act={{ words: say('ui.again'), run: machine.again }} />
      ) : null}
      {!found && machine.state === 'waiting' ? <Loader type="dots" /> : null}
      {found ? (
        <List size="sm" spacing={4}>
          <List.Item>
            {say('ui.settings.runs', {
              host: say(`ui.settings.host.${found.host}`),
              platform: found.platform,
              node: found.node,
            })}
          </List.Item>
          <List.Item>
            {found.ffmpeg
              ? say('ui.settings.ffmpeg-found', { version: found.ffmpeg.version, path: found.ffmpeg.path })
              : say('ui.settings.ffmpeg-missing')}
          </List.Item>
          <List.Item>
            {say('ui.settings.models-state', { usable: found.models.usable, faulty: found.models.faulty.length })}
            {found.models.faulty.map((id) => (
              <Code key={id} ml={8}>
                {id}
              </Code>
            ))}
          </List.Item>
          <List.Item>
            {say('ui.settings.place', { path: found.dataRoot })}
            {found.freeBytes === null ? '' : ` ${say('ui.settings.free', { free: bytes(found.freeBytes) })}`}
          </List.Item>
        </List>
      ) : null}
      {found?.movable ? <MoveData /> : null}
      <Stored
        label={say('ui.settings.ffmpeg')}
        hint={say('ui.settings.ffmpeg-hint')}
        value={ffmpeg}
        store={async (path) => {
          const stored = await store(path);
          machine.again();
          return stored;
        }}
      />
    </Stack>
  );
}

/** Everything in another folder, such as one on a disk that is taken away. The program starts again at the new place. */
function MoveData() {
  const { say, bytes } = useWords();
  const [to, setTo] = useState<string | null>(null);
  const [moved, setMoved] = useState<RequestOutput<'place.move'> | null>(null);
  const end = useAct(async () => {
    await request('session.end', {});
  });
  if (moved)
    return (
      <Stack gap="sm" role="status">
        <Text size="sm">
          {say('ui.settings.moved', { path: moved.to, files: moved.files, bytes: bytes(moved.bytes) })}
        </Text>
        {end.fault ? <FaultNote fault={end.fault} /> : null}
        <Button w="fit-content" loading={end.busy} onClick={() => void end.run()}>
          {say('ui.settings.end')}
        </Button>
      </Stack>
    );
  return (
    <>
      <Stored
        label={say('ui.settings.move')}
        hint={say('ui.settings.move-hint')}
        value=""
        act={say('ui.settings.move-act')}
        store={setTo}
      />
      {to === null ? null : <MoveDialog to={to} moved={setMoved} close={() => setTo(null)} />}
    </>
  );
}

interface MoveDialogProps {
  readonly to: string;
  moved(moved: RequestOutput<'place.move'>): void;
  close(): void;
}

function MoveDialog({ to, moved, close }: MoveDialogProps) {
  const { say } = useWords();
  const move = useAct(async () => moved(await request('place.move', { to })));
  return (
    <ConfirmDialog
      opened
      title={say('ui.settings.move')}
      act={say('ui.settings.move-act')}
      busy={move.busy}
      fault={move.fault}
      confirm={() => void move.run()}
      close={close}
    >
      {say('ui.settings.move-text', { path: to })}
    </ConfirmDialog>
  );
}
