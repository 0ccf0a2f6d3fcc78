/** Where somebody helps at once, whatever this program finds. */
import { Text } from '@mantine/core';
import { Details } from '../parts/Details.tsx';
import { useWords } from '../words/words.ts';

const LINES = ['police', 'report', 'women', 'platform'] as const;

export function HelpNow() {
  const { say } = useWords();
  return (
    <Details summary={say('ui.help.title')}>
      {LINES.map((one) => (
        <Text key={one} size="sm" className="measure">
          {say(`ui.help.${one}`)}
        </Text>
      ))}
    </Details>
  );
}
