import type { ReactElement, ReactNode } from 'react';
import styles from './layout.module.css';

/** A remark with a sign, on a ground of its own colour. */
export function Notice(props: {
  icon: ReactElement;
  tone?: 'neutral' | 'warning' | 'negative';
  role?: 'note' | 'alert';
  children: ReactNode;
}) {
  return (
    <div
      className={styles.notice}
      data-tone={props.tone ?? 'neutral'}
      role={props.role ?? 'note'}
    >
      {props.icon}
      <div>{props.children}</div>
    </div>
  );
}
