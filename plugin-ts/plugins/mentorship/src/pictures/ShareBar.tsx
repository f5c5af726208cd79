import styles from './pictures.module.css';

/**
 * A share of 0 to 1 as a bar; the number stands beside it. Each holder has a
 * bar of their own, for several people can hold the same file.
 */
export function ShareBar(props: { share: number; left: boolean }) {
  return (
    <span className={styles.share} aria-hidden="true">
      <span
        className={props.left ? styles.shareLeft : styles.shareHeld}
        style={{ width: `${Math.min(Math.max(props.share, 0), 1) * 100}%` }}
      />
    </span>
  );
}

/** A share of 0 to 1 as whole percent; a small share is not nothing. */
export function formatShare(share: number): string {
  return share > 0 && share < 0.01 ? '< 1' : String(Math.round(share * 100));
}
