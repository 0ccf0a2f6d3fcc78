/** A copy of an item in which faces, places or sound are covered, to be handed on. */
import { Button, Loader, Radio, Stack, Text, Textarea } from '@mantine/core';
import { useState } from 'react';
import type { Redacted, RequestInput } from '../../main/contract/ipc.ts';
import { placeOf, severalOf, spanOf } from '../../main/contract/redaction-text.ts';
import { request } from '../host/bridge.ts';
import { EmptyState } from '../parts/EmptyState.tsx';
import { FaultNote } from '../parts/Fault.tsx';
import { SavedNote } from '../parts/SavedNote.tsx';
import { useRoute } from '../shell/route.ts';
import { useAct, useRequest } from '../state/request.ts';
import { useWords } from '../words/words.ts';
import { ItemChoice } from './ItemChoice.tsx';
import { Making } from './Making.tsx';

type Cover = RequestInput<'redaction.save'>['cover'];

export function CoverPart({ item }: { readonly item: string | null }) {
  const { say } = useWords();
  const go = useRoute((state) => state.go);
  const listed = useRequest('items.kept', { before: null });
  const [chosen, choose] = useState<string | null>(item);
  const [cover, setCover] = useState<Cover>('faces');
  const [written, write] = useState({ places: '', silences: '', lowered: '' });
  const [saved, setSaved] = useState<Redacted | null>(null);
  const places = severalOf(written.places, placeOf);
  const silences = severalOf(written.silences, spanOf);
  const lowered = severalOf(written.lowered, spanOf);
  const save = useAct(async (of: string) => {
    setSaved(null);
    if (places && silences && lowered)
      setSaved(await request('redaction.save', { item: of, to: null, cover, places, silences, lowered }));
  });
  const items = listed.value?.items ?? [];
  if (listed.value && items.length === 0)
    return (
      <EmptyState
        words={say('ui.mine.none')}
        act={{ words: say('ui.way.start'), run: () => go({ screen: 'start' }) }}
      />
    );
  const ready = chosen !== null && places !== null && silences !== null && lowered !== null;
  const field = (id: keyof typeof written, hint: string, read: unknown) => (
    <Textarea
      label={say(`ui.cover.${id}`)}
      description={say(hint)}
      value={written[id]}
      error={read === null ? say('ui.cover.unreadable') : null}
      onChange={({ currentTarget: { value } }) => write((before) => ({ ...before, [id]: value }))}
      rows={2}
      maw={480}
    />
  );
  return (
    <Stack gap="lg">
      <Text size="sm" className="measure">
        {say('ui.cover.lead')}
      </Text>
      {listed.state === 'failed' ? (
        <FaultNote fault={listed.fault} act={{ words: say('ui.again'), run: listed.again }} />
      ) : null}
      {!listed.value && listed.state === 'waiting' ? <Loader type="dots" /> : null}
      {save.busy ? (
        <Making />
      ) : items.length > 0 ? (
        <form
          onSubmit={(event) => {
            event.preventDefault();
            if (ready) void save.run(chosen);
          }}
        >
          <Stack gap="lg">
            <ItemChoice items={items} chosen={chosen} choose={choose} />
            <Radio.Group label={say('ui.cover.what')} value={cover} onChange={(value) => setCover(value as Cover)}>
              <Stack gap={8} mt={8}>
                {(['faces', 'all', 'none'] as const).map((one) => (
                  <Radio key={one} value={one} label={say(`ui.cover.what.${one}`)} />
                ))}
              </Stack>
            </Radio.Group>
            {field('places', 'ui.cover.places-hint', places)}
            {field('silences', 'ui.cover.span-hint', silences)}
            {field('lowered', 'ui.cover.lowered-hint', lowered)}
            <div>
              <Button type="submit" disabled={!ready}>
                {say('ui.cover.save')}
              </Button>
            </div>
          </Stack>
        </form>
      ) : null}
      {save.fault ? <FaultNote fault={save.fault} /> : null}
      {saved ? <Outcome saved={saved} /> : null}
    </Stack>
  );
}

function Outcome({ saved }: { readonly saved: Redacted }) {
  const { say } = useWords();
  const { file, download, faces, looks, labelled } = saved;
  if (file === null && download === null) return <SavedNote saved={saved} />;
  const lines = [
    ...(looks ? [say('ui.cover.looks', looks)] : faces === null ? [] : [say('ui.cover.faces', { faces })]),
    ...(labelled ? [say('ui.cover.labelled')] : []),
    say('ui.cover.look'),
  ];
  return (
    <Stack gap="xs">
      <SavedNote saved={saved} />
      {lines.map((words) => (
        <Text key={words} size="sm">
          {words}
        </Text>
      ))}
    </Stack>
  );
}
