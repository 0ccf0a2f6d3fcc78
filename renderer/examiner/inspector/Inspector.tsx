/** Everything that is known of one item, in five parts. */
import { Tabs } from '@mantine/core';
import type { Answer } from '../../../main/contract/ipc.ts';
import { useWords } from '../../words/words.ts';
import { Facts } from './Facts.tsx';
import { FileKnown } from './FileKnown.tsx';
import { Findings } from './Findings.tsx';
import classes from './Inspector.module.css';
import { Outcomes } from './Outcomes.tsx';
import { Records } from './Records.tsx';

export interface InspectorProps {
  readonly answer: Answer;
  /** Asks for the item anew after something was written of it. */
  again(): void;
  /** Where a viewer stands beside it: the moment it shows, and the way to another. Seconds of the presentation. */
  readonly viewer?: { readonly atS: number; jump(atS: number): void };
}

const PARTS = ['findings', 'outcomes', 'facts', 'file', 'records'] as const;

export function Inspector(props: InspectorProps) {
  const { say } = useWords();
  const { answer } = props;
  return (
    <Tabs defaultValue="findings" keepMounted={false} className={classes.inspector}>
      <Tabs.List aria-label={say('ui.inspector')}>
        {PARTS.map((part) => (
          <Tabs.Tab key={part} value={part} px={6} fz="xs">
            {say(`ui.inspector.${part}`)}
          </Tabs.Tab>
        ))}
      </Tabs.List>
      {PARTS.map((part) => (
        <Tabs.Panel key={part} value={part} className={classes.panel} tabIndex={0}>
          {part === 'findings' ? <Findings answer={answer} /> : null}
          {part === 'outcomes' ? <Outcomes answer={answer} /> : null}
          {part === 'facts' ? <Facts {...props} /> : null}
          {part === 'file' ? <FileKnown answer={answer} /> : null}
          {part === 'records' ? <Records {...props} /> : null}
        </Tabs.Panel>
      ))}
    </Tabs>
  );
}
