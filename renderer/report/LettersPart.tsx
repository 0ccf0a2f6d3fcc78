/** Drafts of letters, filled as far as the record goes; what is missing is marked in them. */
import { Button, Group, Loader, Stack, Text, Title } from '@mantine/core';
import { useState } from 'react';
import type { LetterLine, RequestOutput } from '../../main/contract/ipc.ts';
import { request } from '../host/bridge.ts';
import { FaultNote } from '../parts/Fault.tsx';
import { SavedNote } from '../parts/SavedNote.tsx';
import { useRoute } from '../shell/route.ts';
import { useAct, useRequest } from '../state/request.ts';
import { useWords } from '../words/words.ts';
import classes from './Lines.module.css';

export function LettersPart() {
  const { say, language } = useWords();
  const replace = useRoute((state) => state.replace);
  const listed = useRequest('letter.list', { language });
  return (
    <Stack gap="md">
      <Text size="sm" className="measure">
        {say('ui.letters.lead')}
      </Text>
      <Group gap="sm">
        <Text size="sm" c="dimmed" className="measure">
          {say('ui.letters.facts')}
        </Text>
        <Button size="xs" variant="default" onClick={() => replace({ screen: 'report', part: 'facts' })}>
          {say('ui.dossier.part.facts')}
        </Button>
      </Group>
      {listed.state === 'failed' ? (
        <FaultNote fault={listed.fault} act={{ words: say('ui.again'), run: listed.again }} />
      ) : null}
      {!listed.value && listed.state === 'waiting' ? <Loader type="dots" /> : null}
      <ul className={classes.lines}>
        {listed.value?.letters.map((letter) => (
          <Letter key={letter.kind} letter={letter} language={language} />
        ))}
      </ul>
    </Stack>
  );
}

interface LetterProps {
  readonly letter: LetterLine;
  readonly language: 'zh' | 'en';
}

function Letter({ letter: { kind, blanks }, language }: LetterProps) {
  const { say } = useWords();
  const draft = useDraft(kind, language);
  return (
    <li className={classes.line}>
      <div className={classes.words}>
        <Title order={2} size="h4">
          {say(`letter.${kind}`)}
        </Title>
        <Text size="xs" c="dimmed">
          {say('ui.letters.blanks', { blanks })}
        </Text>
        {draft.notes}
      </div>
      <Button
        variant="default"
        size="xs"
        loading={draft.busy}
        onClick={draft.save}
        aria-label={say('ui.letters.save-of', { title: say(`letter.${kind}`) })}
      >
        {say('ui.letters.save')}
      </Button>
    </li>
  );
}

/** Saves the draft of a letter; `notes` tells what became of it. */
export function useDraft(kind: LetterLine['kind'], language: 'zh' | 'en') {
  const { say } = useWords();
  const [saved, setSaved] = useState<RequestOutput<'letter.save'> | null>(null);
  const act = useAct(async () => setSaved(await request('letter.save', { kind, language, to: null })));
  return {
    busy: act.busy,
    save: () => void act.run(),
    notes: (
      <>
        {act.fault ? <FaultNote fault={act.fault} /> : null}
        {saved ? <SavedNote saved={saved} /> : null}
        {saved && (saved.file || saved.download) ? (
          <Text size="xs" c="dimmed">
            {say('ui.letters.blanks', { blanks: saved.blanks })}
          </Text>
        ) : null}
      </>
    ),
  };
}
