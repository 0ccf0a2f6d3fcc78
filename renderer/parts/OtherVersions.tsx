/** That an item was examined with other versions than those installed, which, and the way to another examination; nothing where all are the same. */
import { Stack, Text } from '@mantine/core';
import type { Answer } from '../../main/contract/ipc.ts';
import { sayOtherVersions } from '../../main/strings/index.ts';
import { useWords } from '../words/words.ts';
import { Details } from './Details.tsx';
import { ExamineAgain } from './ExamineAgain.tsx';

export function OtherVersions({ answer: { item, examination } }: { readonly answer: Answer }) {
  const { say, language } = useWords();
  if (!examination?.otherVersions) return null;
  return (
    <Stack gap={8} align="flex-start">
      <Text size="sm" className="measure">
        {say('ui.other-versions')}
      </Text>
      <Details summary={say('ui.other-versions.which')}>
        {sayOtherVersions(language, examination.otherVersions).map((text) => (
          <Text key={text} size="xs">
            {text}
          </Text>
        ))}
      </Details>
      <ExamineAgain item={item} />
    </Stack>
  );
}
