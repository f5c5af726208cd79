import type { Level } from 'backstage-plugin-mentorship-common';
import styles from './levelColour.module.css';

/** Gives an element the colour of a level as `--level-colour`, to be drawn in it. */
export function levelColour(level: Level, className = '') {
  return { className: `${styles.level} ${className}`, 'data-level': level };
}
