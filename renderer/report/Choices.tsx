/** What a record and a package are asked alike: language, and what becomes of the pictures. */
import { Radio, Stack } from '@mantine/core';
import type { RequestInput } from '../../main/contract/ipc.ts';
import { useWords } from '../words/words.ts';

type Pictures = RequestInput<'report.make'>['pictures'];

export interface Chosen {
  readonly language: 'zh' | 'en' | 'both';
  readonly pictures: Pictures;
}

export function languagesOf({ language }: Chosen): ('zh' | 'en')[] {
  return language === 'both' ? ['zh', 'en'] : [language];
}

interface ChoicesProps {
  readonly chosen: Chosen;
  choose(chosen: Chosen): void;
}

export function Choices({ chosen, choose }: ChoicesProps) {
  const { say } = useWords();
  return (
    <>
      <Radio.Group
        label={say('ui.record.language')}
        value={chosen.language}
        onChange={(language) => choose({ ...chosen, language: language as Chosen['language'] })}
      >
        <Stack gap={8} mt={8}>
          {(['zh', 'en', 'both'] as const).map((one) => (
            <Radio key={one} value={one} label={say(`ui.record.language.${one}`)} />
          ))}
        </Stack>
      </Radio.Group>
      <Radio.Group
        label={say('ui.record.pictures')}
        value={chosen.pictures}
        onChange={(pictures) => choose({ ...chosen, pictures: pictures as Pictures })}
      >
        <Stack gap={8} mt={8}>
          {(['blurred', 'none', 'shown'] as const).map((one) => (
            <Radio key={one} value={one} label={say(`ui.record.pictures.${one}`)} />
          ))}
        </Stack>
      </Radio.Group>
    </>
  );
}
