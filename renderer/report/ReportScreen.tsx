/** What is made of the case for others, in one place: record, letters, statements, package, hashes, and the check of a package. */
import { Stack, Tabs, Title } from '@mantine/core';
import type { ReactNode } from 'react';
import { EmptyState } from '../parts/EmptyState.tsx';
import { type ReportPart, useRoute } from '../shell/route.ts';
import type { Screen } from '../shell/screens.ts';
import { useSession } from '../state/session.ts';
import { useWords } from '../words/words.ts';
import { CheckPart } from './CheckPart.tsx';
import { CoverPart } from './CoverPart.tsx';
import { FactsPart } from './FactsPart.tsx';
import { HashesPart } from './HashesPart.tsx';
import { LettersPart } from './LettersPart.tsx';
import { PackagePart } from './PackagePart.tsx';
import { RecordPart } from './RecordPart.tsx';

const ReportScreen: Screen<'report'> = ({ route }) => {
  const { say } = useWords();
  const { go, replace } = useRoute();
  const session = useSession((state) => state.session);
  const part = route.part ?? 'record';
  const parts: readonly (readonly [ReportPart, () => ReactNode])[] = [
    ['record', () => <RecordPart />],
    ['letters', () => <LettersPart />],
    ['facts', () => <FactsPart />],
    ['package', () => <PackagePart />],
    ['hashes', () => <HashesPart item={route.item ?? null} />],
    ['cover', () => <CoverPart item={route.item ?? null} />],
    ['check', () => <CheckPart />],
  ];
  if (session?.case === null)
    return (
      <Stack gap="lg">
        <Title order={1}>{say('ui.way.report')}</Title>
        <EmptyState
          words={say('ui.case.none')}
          act={{ words: say('ui.way.cases'), run: () => go({ screen: 'cases' }) }}
        />
      </Stack>
    );
  return (
    <Stack gap="lg" maw={860}>
      <Title order={1}>{say('ui.way.report')}</Title>
      <Tabs
        value={part}
        onChange={(chosen) => replace({ screen: 'report', part: (chosen ?? 'record') as ReportPart })}
        keepMounted={false}
      >
        <Tabs.List aria-label={say('ui.dossier.parts')}>
          {parts.map(([id]) => (
            <Tabs.Tab key={id} value={id}>
              {say(`ui.dossier.part.${id}`)}
            </Tabs.Tab>
          ))}
        </Tabs.List>
        {parts.map(([id, show]) => (
          <Tabs.Panel key={id} value={id} pt="lg">
            {id === part ? show() : null}
          </Tabs.Panel>
        ))}
      </Tabs>
    </Stack>
  );
};
export default ReportScreen;
