/** What is handed to a platform in the place of a picture: digests and PDQ of an item, as text with what they are. */
import { Button, Group, Loader, Stack, Text } from '@mantine/core';
import { useState } from 'react';
import type { RequestOutput } from '../../main/contract/ipc.ts';
import { request } from '../host/bridge.ts';
import { EmptyState } from '../parts/EmptyState.tsx';
import { FaultNote } from '../parts/Fault.tsx';
import { SavedNote } from '../parts/SavedNote.tsx';
import { Scrolled } from '../parts/Scrolled.tsx';
import { useRoute } from '../shell/route.ts';
import { useAct, useRequest } from '../state/request.ts';
import { useWords } from '../words/words.ts';
import { ItemChoice } from './ItemChoice.tsx';
import classes from './Lines.module.css';

export function HashesPart({ item }: { readonly item: string | null }) {
  const { say, language } = useWords();
  const go = useRoute((state) => state.go);
  const listed = useRequest('items.kept', { before: null });
  const [chosen, choose] = useState<string | null>(item);
  const [text, setText] = useState<string | null>(null);
  const [saved, setSaved] = useState<RequestOutput<'hashes.save'> | null>(null);
  const make = useAct(async (of: string) => {
    setSaved(null);
    setText((await request('hashes.text', { item: of, language })).text);
  });
  const save = useAct(async (of: string) => setSaved(await request('hashes.save', { item: of, language, to: null })));
  const items = listed.value?.items ?? [];
  if (listed.value && items.length === 0)
    return (
      <EmptyState
        words={say('ui.mine.none')}
        act={{ words: say('ui.way.start'), run: () => go({ screen: 'start' }) }}
      />
    );
  return (
    <Stack gap="md">
      <Text size="sm" className="measure">
        {say('ui.hashes.lead')}
      </Text>
      {listed.state === 'failed' ? (
        <FaultNote fault={listed.fault} act={{ words: say('ui.again'), run: listed.again }} />
      ) : null}
      {!listed.value && listed.state === 'waiting' ? <Loader type="dots" /> : null}
      {items.length > 0 ? (
        <ItemChoice
          items={items}
          chosen={chosen}
          choose={(now) => {
            choose(now);
            setText(null);
          }}
        />
      ) : null}
      {make.fault ? <FaultNote fault={make.fault} /> : null}
      <Group gap="sm">
        <Button
          variant={text === null ? 'filled' : 'default'}
          loading={make.busy}
          disabled={chosen === null}
          onClick={() => chosen && void make.run(chosen)}
        >
          {say('ui.hashes.make')}
        </Button>
        {text !== null && chosen !== null ? (
          <Button loading={save.busy} onClick={() => void save.run(chosen)}>
            {say('ui.hashes.save')}
          </Button>
        ) : null}
      </Group>
      {save.fault ? <FaultNote fault={save.fault} /> : null}
      {saved ? <SavedNote saved={saved} /> : null}
      {text === null ? null : (
        <Scrolled label={say('ui.hashes.sheet')} className={classes.sheet}>
          <pre>{text}</pre>
        </Scrolled>
      )}
    </Stack>
  );
}
