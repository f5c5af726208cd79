import type { ButtonHTMLAttributes } from 'react';
import styles from './layout.module.css';

/** A button that reads like a word of the text around it. */
export function TextButton(
  props: ButtonHTMLAttributes<HTMLButtonElement> & { strong?: boolean },
) {
  const { strong, className = '', ...rest } = props;
  return (
    <button
      type="button"
      {...rest}
      className={`${styles.textButton} ${className}`}
      data-strong={strong}
    />
  );
}
