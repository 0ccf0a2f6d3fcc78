/** One of the items that the case keeps. */
import { Radio, Stack } from '@mantine/core';
import type { RequestOutput } from '../../main/contract/ipc.ts';
import { useWords } from '../words/words.ts';
import classes from './Lines.module.css';

interface ItemChoiceProps {
  readonly items: RequestOutput<'items.kept'>['items'];
  readonly chosen: string | null;
  choose(item: string): void;
}

export function ItemChoice({ items, chosen, choose }: ItemChoiceProps) {
  const { say } = useWords();
  return (
    <Radio.Group label={say('ui.hashes.choose')} value={chosen} onChange={choose}>
      <Stack gap={8} mt={8}>
        {items.map(({ sha256, name }) => (
          <Radio key={sha256} value={sha256} label={name} classNames={{ label: classes.value }} />
        ))}
      </Stack>
    </Radio.Group>
  );
}
