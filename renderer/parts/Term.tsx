/** A term that opens one paragraph: what it means, what it does not mean. The same words stand in the report's glossary. */
import { Popover, Stack, Text, UnstyledButton } from '@mantine/core';
import { useWords } from '../words/words.ts';
import classes from './Term.module.css';

/** Terms of the glossary (`term.ID.name`). */
export type TermId =
  | 'sha256'
  | 'llr'
  | 'scale'
  | 'proposition'
  | 'abstention'
  | 'false-match'
  | 'label'
  | 'c2pa'
  | 'metadata'
  | 'custody';

export function Term({ id }: { readonly id: TermId }) {
  const { say } = useWords();
  return (
    <Popover width={340} position="bottom-start" withArrow trapFocus returnFocus>
      <Popover.Target>
        <UnstyledButton className={classes.term}>{say(`term.${id}.name`)}</UnstyledButton>
      </Popover.Target>
      <Popover.Dropdown>
        <Stack gap={8}>
          <Text size="sm">{say(`term.${id}.means`)}</Text>
          <Text size="sm" c="dimmed">
            {say('ui.term.not', { text: say(`term.${id}.not`) })}
          </Text>
        </Stack>
      </Popover.Dropdown>
    </Popover>
  );
}
