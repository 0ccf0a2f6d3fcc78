/** Something that opens in place: a reason behind a sentence, a number behind a reason. Works without a script and by keyboard. */
import type { ReactNode } from 'react';
import classes from './Details.module.css';

interface DetailsProps {
  readonly summary: ReactNode;
  readonly children: ReactNode;
  readonly open?: boolean;
}

export function Details({ summary, children, open = false }: DetailsProps) {
  return (
    <details className={classes.details} open={open}>
      <summary>{summary}</summary>
      <div className={classes.body}>{children}</div>
    </details>
  );
}
