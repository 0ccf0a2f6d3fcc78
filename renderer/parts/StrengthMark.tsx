/** How strongly something is supported, as filled bars and a word; every state without a figure has a shape of its own. Never colour alone. */
import { VisuallyHidden } from '@mantine/core';
import type { Band } from '../../main/contract/outcome.ts';
import { useWords, type Words } from '../words/words.ts';
import classes from './StrengthMark.module.css';

/** States that never look alike (DESIGN.md). `noneFound`: looked for with what this tool knows; `nothing`: looked for in the file. */
export type MarkState =
  | 'found'
  | 'compared'
  | 'nothing'
  | 'noneFound'
  | 'noOpinion'
  | 'notApplicable'
  | 'failed'
  | 'notRun'
  | 'notExamined';

interface StrengthMarkProps {
  readonly band?: Band | null;
  readonly state: MarkState;
  /** Towards the first proposition bars fill from the left, towards the second from the right. */
  readonly towards?: 'first' | 'second';
  /** The word beside the mark; bars stand alone in a table. */
  readonly withWord?: boolean;
}

const STEPS: Readonly<Record<Band, number>> = {
  neither: 0,
  limited: 1,
  moderate: 2,
  'moderately-strong': 3,
  strong: 4,
};

const BARS = [1, 2, 3, 4] as const;

export function StrengthMark(props: StrengthMarkProps) {
  const { say } = useWords();
  return <Mark {...props} say={say} />;
}

/** The same for a table of many, which hands the words in: plain elements, of which a row of the table is made in a moment. */
export function Mark({
  band = null,
  state,
  towards = 'first',
  withWord = true,
  say,
}: StrengthMarkProps & Pick<Words, 'say'>) {
  const word = band === null ? say(`ui.mark.${state}`) : say(`band.${band}`);
  return (
    <span className={classes.mark}>
      {band === null ? (
        <Shape state={state} />
      ) : (
        <span className={classes.bars} data-towards={towards} aria-hidden="true">
          {BARS.map((bar) => (
            <span key={bar} data-filled={bar <= STEPS[band] || undefined} />
          ))}
        </span>
      )}
      {withWord ? <span className={classes.word}>{word}</span> : <VisuallyHidden>{word}</VisuallyHidden>}
    </span>
  );
}

/** Drawn in the colour of the text, so that they hold in every theme and on grey paper. */
const SHAPES: Readonly<Record<MarkState, string>> = {
  found: 'M8 2a6 6 0 1 0 0 12A6 6 0 0 0 8 2Z',
  compared: 'M8 1 15 8 8 15 1 8Z',
  nothing: 'M8 2a6 6 0 1 0 0 12A6 6 0 0 0 8 2Z',
  noneFound: 'M3 3h10v10H3Z',
  noOpinion: 'M5.5 6a2.5 2.5 0 1 1 3.6 2.2c-.8.4-1.1.8-1.1 1.8M8 12.6v.4',
  notApplicable: 'M3.5 12.5 12.5 3.5',
  failed: 'M8 2 15 14H1Z',
  notRun: 'M3 8h10',
  notExamined: 'M3 6h10M3 10h10',
};

const FILLED: ReadonlySet<MarkState> = new Set(['found', 'compared']);

function Shape({ state }: { readonly state: MarkState }) {
  return (
    <svg width="16" height="16" viewBox="0 0 16 16" aria-hidden="true" className={classes.shape}>
      <path
        d={SHAPES[state]}
        fill={FILLED.has(state) ? 'currentColor' : 'none'}
        stroke="currentColor"
        strokeWidth="1.6"
        strokeLinecap="round"
        strokeLinejoin="round"
        strokeDasharray={state === 'notExamined' ? '2 2.5' : undefined}
      />
    </svg>
  );
}
