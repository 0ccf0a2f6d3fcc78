/** Something that opens in place: a reason behind a sentence, a number behind a reason. Works by keyboard; what is inside is made when it is first opened. */
import { type ReactNode, useState } from 'react';
import classes from './Details.module.css';

interface DetailsProps {
  readonly summary: ReactNode;
  readonly children: ReactNode;
}

export function Details({ summary, children }: DetailsProps) {
  const [opened, setOpened] = useState(false);
  return (
    <details className={classes.details} onToggle={(event) => event.currentTarget.open && setOpened(true)}>
      <summary>{summary}</summary>
      <div className={classes.body}>{opened ? children : null}</div>
    </details>
  );
}
