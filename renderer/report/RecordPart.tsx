/** The record: which language, pictures covered or not, then the document itself page by page, and its files to save. */
import { Button, Code, Group, Stack, Text } from '@mantine/core';
import { useState } from 'react';
import { create } from 'zustand';
import type { MadeReportLine, RequestOutput } from '../../main/contract/ipc.ts';
import { request } from '../host/bridge.ts';
import { EmptyState } from '../parts/EmptyState.tsx';
import { FaultNote } from '../parts/Fault.tsx';
import { SavedNote } from '../parts/SavedNote.tsx';
import { useRoute } from '../shell/route.ts';
import { useAct } from '../state/request.ts';
import { useSession } from '../state/session.ts';
import { useWords } from '../words/words.ts';
import { Choices, type Chosen, languagesOf } from './Choices.tsx';
import { Making } from './Making.tsx';
import { Pages } from './Pages.tsx';

/** The last record made since the case was opened: it is still there when somebody comes back to this screen. */
const useMade = create<{ readonly caseId: string; readonly made: MadeReportLine | null }>(() => ({
  caseId: '',
  made: null,
}));

export function RecordPart() {
  const { say, language } = useWords();
  const go = useRoute((state) => state.go);
  const session = useSession((state) => state.session);
  const caseId = session?.case?.id ?? '';
  const known = useMade();
  const made = known.caseId === caseId ? known.made : null;
  const [chosen, choose] = useState<Chosen>({ language, pictures: 'blurred' });
  const make = useAct(async () => {
    useMade.setState({ caseId, made: null });
    const value = await request('report.make', { languages: languagesOf(chosen), pictures: chosen.pictures });
    useMade.setState({ caseId, made: value });
  });
  if (session?.kept === 0)
    return (
      <EmptyState
        words={say('ui.record.empty')}
        act={{ words: say('ui.way.start'), run: () => go({ screen: 'start' }) }}
      />
    );
  return (
    <Stack gap="lg">
      <Text size="sm" className="measure">
        {say('ui.record.lead')}
      </Text>
      {make.busy ? (
        <Making />
      ) : (
        <>
          <Choices chosen={chosen} choose={choose} />
          {make.fault ? <FaultNote fault={make.fault} /> : null}
          <Button w="fit-content" variant={made ? 'default' : 'filled'} onClick={() => void make.run()}>
            {say(made ? 'ui.record.again' : 'ui.record.make')}
          </Button>
        </>
      )}
      {made ? <Made key={made.id} made={made} /> : null}
    </Stack>
  );
}

function Made({ made }: { readonly made: MadeReportLine }) {
  const { say, bytes } = useWords();
  const [saved, setSaved] = useState<RequestOutput<'report.save'> | null>(null);
  const save = useAct(async (file: string) => setSaved(await request('report.save', { id: made.id, file, to: null })));
  return (
    <Stack gap="md">
      {made.mismatches > 0 ? (
        <Text size="sm" c="var(--attention)" role="alert">
          {say('ui.record.mismatches', { mismatches: made.mismatches })}
        </Text>
      ) : null}
      <Group gap="sm">
        {made.files.toSorted(byUse).map((file) => (
          <Button
            key={file.name}
            variant={file === made.files.toSorted(byUse)[0] ? 'filled' : 'default'}
            disabled={save.busy}
            onClick={() => void save.run(file.name)}
          >
            {say('ui.record.save', { name: file.name, bytes: bytes(file.bytes) })}
          </Button>
        ))}
      </Group>
      {save.fault ? <FaultNote fault={save.fault} /> : null}
      {saved ? <SavedNote saved={saved} /> : null}
      <Text size="xs" c="dimmed" style={{ overflowWrap: 'anywhere' }}>
        {say('ui.record.digest')} <Code>{made.digest}</Code>
      </Text>
      {made.pages.map(({ language, count }) => (
        <Pages key={language} id={made.id} language={language} count={count} />
      ))}
    </Stack>
  );
}

const ORDER = ['.pdf', '.html', '.json'];

function byUse(a: { name: string }, b: { name: string }): number {
  const place = ({ name }: { name: string }) => ORDER.findIndex((end) => name.endsWith(end));
  return place(a) - place(b);
}
