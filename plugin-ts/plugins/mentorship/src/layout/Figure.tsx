import type { ReactNode } from 'react';
import styles from './layout.module.css';

/** A number that leads a line, and beside it what it is of. */
export function Figure(props: {
  number: string;
  /** Whether `number` is one, and no word in its place. */
  isKnown?: boolean;
  children?: ReactNode;
}) {
  return (
    <p className={styles.figure}>
      <span className={styles.number} data-known={props.isKnown ?? true}>
        {props.number}
      </span>
      {props.children}
    </p>
  );
}
