/** Names with their values, one under the other; what is not known is left out. */
import { Fragment, type ReactNode } from 'react';
import classes from './Inspector.module.css';

export type Pair = readonly [name: string, value: ReactNode];

export function Pairs({ of }: { readonly of: readonly Pair[] }) {
  return (
    <dl className={classes.pairs}>
      {of
        .filter(([, value]) => value !== null && value !== undefined && value !== '')
        .map(([name, value]) => (
          <Fragment key={name}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </Fragment>
        ))}
    </dl>
  );
}
