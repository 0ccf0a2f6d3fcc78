/** The language spoken, which nothing here recognises: stated before an examination, or afterwards for another one. */
import { Button, Group, Radio, Stack } from '@mantine/core';
import { useState } from 'react';
import type { Answer } from '../../main/contract/ipc.ts';
import { request } from '../host/bridge.ts';
import { useAct } from '../state/request.ts';
import { useWords } from '../words/words.ts';
import { Details } from './Details.tsx';
import { FaultNote } from './Fault.tsx';

/** Languages in which voices were measured, and none. */
const LANGUAGES = ['en', 'zh', 'none'] as const;
export type Language = (typeof LANGUAGES)[number];

interface LanguageChoiceProps {
  readonly value: Language;
  choose(language: Language): void;
}

export function LanguageChoice({ value, choose }: LanguageChoiceProps) {
  const { say } = useWords();
  return (
    <Radio.Group label={say('ui.before.language')} value={value} onChange={(chosen) => choose(chosen as Language)}>
      <Group mt={8} gap="lg">
        {LANGUAGES.map((one) => (
          <Radio key={one} value={one} label={say(`ui.language.${one}`)} />
        ))}
      </Group>
    </Radio.Group>
  );
}

/** Offered where somebody speaks: a voice has no figure without a language, and the one that was stated may be the wrong one. */
export function StateLanguage({ answer: { item, examination } }: { readonly answer: Answer }) {
  const { say } = useWords();
  const stated = LANGUAGES.find((one) => one === examination?.settings.language) ?? 'none';
  const [language, setLanguage] = useState<Language>(stated);
  const again = useAct(async () => void (await request('scan.again', { item: item.sha256, ...spoken(language) })));
  const speaks = examination?.findings.some(({ subject }) => subject.startsWith('speaker:'));
  if (!speaks || !item.canExamineAgain) return null;
  return (
    <Details summary={say('ui.language.state')}>
      <Stack gap="md" align="flex-start">
        <LanguageChoice value={language} choose={setLanguage} />
        {again.fault ? <FaultNote fault={again.fault} /> : null}
        <Button
          variant="default"
          loading={again.busy}
          disabled={language === 'none' || language === stated}
          onClick={() => void again.run()}
        >
          {say('ui.language.act')}
        </Button>
      </Stack>
    </Details>
  );
}

export function spoken(language: Language): { language?: string } {
  return language === 'none' ? {} : { language };
}
