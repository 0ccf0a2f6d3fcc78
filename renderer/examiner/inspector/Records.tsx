/** What people write of an item: its part in the case, notes, bookmarks, and the examiner's own assessment. */
import { Button, Group, Select, Stack, Text, Textarea, TextInput, Title } from '@mantine/core';
import { useState } from 'react';
import type { ItemRole } from '../../../main/contract/item.ts';
import { request } from '../../host/bridge.ts';
import { FaultNote } from '../../parts/Fault.tsx';
import { useAct } from '../../state/request.ts';
import { useWords } from '../../words/words.ts';
import { clock } from '../clock.ts';
import { Assessments } from './Assessments.tsx';
import classes from './Inspector.module.css';
import type { InspectorProps } from './Inspector.tsx';

const ROLES: readonly ItemRole[] = ['questioned', 'reference', 'suspected-source', 'context'];

export function Records(props: InspectorProps) {
  const { say } = useWords();
  const { answer, again } = props;
  const item = answer.item.sha256;
  const role = useAct(async (chosen: ItemRole) => {
    await request('item.role', { item, role: chosen });
    again();
  });
  return (
    <>
      <section className={classes.section}>
        <Select
          size="xs"
          label={say('ui.records.role')}
          allowDeselect={false}
          value={answer.item.role}
          onChange={(chosen) => void role.run(chosen as ItemRole)}
          data={ROLES.map((value) => ({ value, label: say(`item-role.${value}`) }))}
        />
        {role.fault ? <FaultNote fault={role.fault} /> : null}
      </section>
      <Assessments answer={answer} again={again} />
      <Notes {...props} />
      <Bookmarks {...props} />
    </>
  );
}

function Notes({ answer, again }: InspectorProps) {
  const { say, moment } = useWords();
  const [text, setText] = useState('');
  const add = useAct(async () => {
    await request('item.note', { item: answer.item.sha256, text });
    setText('');
    again();
  });
  return (
    <section className={classes.section}>
      <Title order={2} size="h4">
        {say('ui.records.notes')}
      </Title>
      {answer.notes.map(({ atMs, text: written }) => (
        <div key={`${atMs} ${written}`} className={classes.entry}>
          <Text size="xs" c="dimmed">
            {moment(atMs)}
          </Text>
          {written}
        </div>
      ))}
      <Stack gap={8} mt={8} align="flex-start">
        <Textarea
          w="100%"
          size="xs"
          autosize
          minRows={2}
          maxRows={8}
          label={say('ui.records.note')}
          description={say('ui.records.note.kept')}
          value={text}
          onChange={(event) => setText(event.currentTarget.value)}
        />
        <Button
          size="xs"
          variant="default"
          disabled={text.trim() === ''}
          loading={add.busy}
          onClick={() => void add.run()}
        >
          {say('ui.records.note.add')}
        </Button>
        {add.fault ? <FaultNote fault={add.fault} /> : null}
      </Stack>
    </section>
  );
}

function Bookmarks({ answer, again, viewer }: InspectorProps) {
  const { say } = useWords();
  const item = answer.item.sha256;
  const timed = answer.examination !== null && answer.examination.durationS !== null;
  const [label, setLabel] = useState('');
  const add = useAct(async () => {
    await request('item.bookmark', { item, atS: viewer && timed ? viewer.atS : null, label });
    setLabel('');
    again();
  });
  const remove = useAct(async (bookmark: number) => {
    await request('item.unbookmark', { item, bookmark });
    again();
  });
  return (
    <section className={classes.section}>
      <Title order={2} size="h4">
        {say('ui.records.bookmarks')}
      </Title>
      {answer.bookmarks.map(({ id, atS, label: written }) => (
        <Group key={id} className={classes.entry} justify="space-between" wrap="nowrap">
          {atS !== null && viewer ? (
            <Button size="compact-xs" variant="subtle" onClick={() => viewer.jump(atS)}>
              {clock(atS, 3)}
            </Button>
          ) : (
            <span className="figures">{atS === null ? say('ui.records.whole') : clock(atS, 3)}</span>
          )}
          <Text size="xs" flex={1}>
            {written}
          </Text>
          <Button
            size="compact-xs"
            variant="subtle"
            aria-label={say('ui.records.bookmark.remove', { label: written })}
            onClick={() => void remove.run(id)}
          >
            ×
          </Button>
        </Group>
      ))}
      <Group gap={8} mt={8} align="flex-end">
        <TextInput
          flex={1}
          size="xs"
          label={say('ui.records.bookmark')}
          description={viewer && timed ? say('ui.records.bookmark.at', { at: clock(viewer.atS, 3) }) : undefined}
          value={label}
          onChange={(event) => setLabel(event.currentTarget.value)}
        />
        <Button size="xs" variant="default" loading={add.busy} onClick={() => void add.run()}>
          {say('ui.records.bookmark.add')}
        </Button>
      </Group>
      {add.fault ? <FaultNote fault={add.fault} /> : null}
      {remove.fault ? <FaultNote fault={remove.fault} /> : null}
    </section>
  );
}
