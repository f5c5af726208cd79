import { useTranslationRef } from '@backstage/frontend-plugin-api';
import type { Autonomy } from 'backstage-plugin-mentorship-common';
import { mentorshipTranslationRef } from '../translation';
import styles from './pictures.module.css';

const RUNGS = [
  'guided',
  'supervised',
  'independent',
  'leading',
] as const satisfies readonly Autonomy[];

/** Where somebody stands on the ladder from guided to leading. */
export function AutonomyLadder({ autonomy }: { autonomy: Autonomy }) {
  const { t } = useTranslationRef(mentorshipTranslationRef);
  const reached = RUNGS.indexOf(autonomy);
  return (
    <span
      className={styles.ladder}
      role="img"
      aria-label={t('autonomy.label', {
        rung: t(`autonomy.${autonomy}`),
        position: String(reached + 1),
        total: String(RUNGS.length),
      })}
    >
      {RUNGS.map((rung, index) => (
        <span
          key={rung}
          className={`${styles.rung} ${
            index <= reached ? styles.rungReached : ''
          }`}
        />
      ))}
    </span>
  );
}
