import type { ReactNode } from 'react';
import styles from './marks.module.css';

/** What a mark says beside its words; never said by the colour alone. */
export type Tone = 'positive' | 'info' | 'warning' | 'negative' | 'neutral';

/** An icon and a word, in a colour that goes with them. */
export function Mark(props: {
  tone: Tone;
  icon: ReactNode;
  children: ReactNode;
  /** `pill` on its own, `plain` inside tables and lists. */
  look?: 'pill' | 'plain';
  size?: 'medium' | 'large';
}) {
  const { look = 'pill', size = 'medium' } = props;
  return (
    <span
      className={`${styles.mark} ${styles[look]}`}
      data-tone={props.tone}
      data-size={size}
    >
      <span className={styles.icon} aria-hidden="true">
        {props.icon}
      </span>
      <span>{props.children}</span>
    </span>
  );
}
