import { RiErrorWarningLine } from '@remixicon/react';
import { WithCode } from '../words/Words';
import styles from './sources.module.css';

/** What went wrong, or will unless somebody does something, as the backend says it. */
export function Warning({ text }: { text: string }) {
  return (
    <p className={styles.failure} role="note">
      <RiErrorWarningLine aria-hidden="true" />
      <span>
        <WithCode text={text} />
      </span>
    </p>
  );
}
