/**
 * What is asked before anything is copied: two calm questions that decide what is kept at all, the language that is spoken, and
 * two plain ones about where the file comes from. All can be skipped.
 */
import { Button, Group, Paper, Progress, Radio, Stack, Text, TextInput, Title } from '@mantine/core';
import { useRef, useState } from 'react';
import { request } from '../host/bridge.ts';
import { handOver } from '../host/files.ts';
import { FaultNote } from '../parts/Fault.tsx';
import { type Language, LanguageChoice, spoken } from '../parts/Language.tsx';
import { useRoute } from '../shell/route.ts';
import { useAct } from '../state/request.ts';
import { useSession } from '../state/session.ts';
import { useWords } from '../words/words.ts';
import type { Chosen } from './StartScreen.tsx';

type Said = 'yes' | 'no' | 'skip';

/** Files named one by one; of more only the number. */
const MAX_NAMED = 5;

export function BeforeCopy({ chosen, back }: { readonly chosen: Chosen; back(): void }) {
  const { say, bytes } = useWords();
  const go = useRoute((state) => state.go);
  const load = useSession((state) => state.load);
  const [intimate, setIntimate] = useState<Said>('skip');
  const [minor, setMinor] = useState<Said>('skip');
  const [language, setLanguage] = useState<Language>('none');
  const [from, setFrom] = useState('');
  const [when, setWhen] = useState('');
  const [sent, setSent] = useState<{ sent: number; total: number } | null>(null);
  const leave = useRef(new AbortController());
  // Possessing such pictures can itself be unlawful: then nothing of the content is kept, only digests and results.
  const keep = intimate === 'yes' && minor === 'yes' ? 'none' : 'copy';
  const start = useAct(async () => {
    leave.current = new AbortController();
    const source =
      'paths' in chosen
        ? { from: 'paths' as const, paths: [...chosen.paths] }
        : await handOver(chosen.files, {
            onSent: (now, total) => setSent({ sent: now, total }),
            signal: leave.current.signal,
          });
    const told = [from.trim(), when.trim()].filter((text) => text !== '').join(' · ');
    await request('scan.start', { source, keep, ...spoken(language), ...(told ? { receivedAs: told } : {}) });
    // Its event may still be on the way: until then the next screen would take the work before for this one.
    await load();
    go({ screen: 'work' });
  });
  const names = 'paths' in chosen ? chosen.paths : chosen.files.map((file) => file.name);
  return (
    <Stack gap="lg" maw={680}>
      <Title order={1}>{say('ui.before.title')}</Title>
      <Paper withBorder p="md" bg="var(--sheet)">
        {names.slice(0, MAX_NAMED).map((name) => (
          <Text key={name} size="sm" truncate>
            {name}
          </Text>
        ))}
        {names.length > MAX_NAMED ? (
          <Text size="sm" c="dimmed">
            {say('ui.before.more', { count: names.length - MAX_NAMED })}
          </Text>
        ) : null}
      </Paper>
      <Asked id="intimate" value={intimate} choose={setIntimate} />
      <Asked id="minor" value={minor} choose={setMinor} />
      {keep === 'none' ? (
        <Text size="sm" className="measure" c="var(--attention)">
          {say('ui.before.not-kept')}
        </Text>
      ) : null}
      <LanguageChoice value={language} choose={setLanguage} />
      <TextInput
        label={say('ui.before.from')}
        description={say('ui.before.from-hint')}
        value={from}
        maxLength={500}
        onChange={(event) => setFrom(event.currentTarget.value)}
      />
      <TextInput
        label={say('ui.before.when')}
        value={when}
        maxLength={200}
        onChange={(event) => setWhen(event.currentTarget.value)}
      />
      {start.fault ? <FaultNote fault={start.fault} /> : null}
      {start.busy && sent && sent.total > 0 ? (
        <div role="status">
          <Text size="sm">{say('ui.before.sending', { sent: bytes(sent.sent), total: bytes(sent.total) })}</Text>
          <Progress
            value={(100 * sent.sent) / sent.total}
            aria-label={say('ui.before.sending-label')}
            transitionDuration={0}
          />
        </div>
      ) : null}
      <Group>
        <Button onClick={() => void start.run()} loading={start.busy && sent === null} disabled={start.busy}>
          {say(keep === 'none' ? 'ui.before.examine-only' : 'ui.before.act')}
        </Button>
        <Button
          variant="default"
          onClick={() => {
            leave.current.abort();
            if (!start.busy) back();
          }}
        >
          {say(start.busy ? 'ui.before.stop' : 'ui.back')}
        </Button>
      </Group>
    </Stack>
  );
}

function Asked({ id, value, choose }: { readonly id: string; readonly value: Said; choose(said: Said): void }) {
  const { say } = useWords();
  return (
    <Radio.Group label={say(`ui.before.${id}`)} value={value} onChange={(chosen) => choose(chosen as Said)}>
      <Group mt={8} gap="lg">
        {(['no', 'yes', 'skip'] as const).map((said) => (
          <Radio key={said} value={said} label={say(`ui.before.said.${said}`)} />
        ))}
      </Group>
    </Radio.Group>
  );
}
