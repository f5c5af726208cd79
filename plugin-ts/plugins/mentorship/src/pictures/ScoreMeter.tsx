import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { mentorshipTranslationRef } from '../translation';
import styles from './pictures.module.css';

/**
 * Score and coverage as one bar: in order, to do, to find out. The three parts
 * are what the report's two numbers divide a hundred into.
 */
export function ScoreMeter(props: { score: number; coverage: number }) {
  const { t } = useTranslationRef(mentorshipTranslationRef);
  const { score, coverage } = props;
  const parts = [
    [styles.passed, score, t('score.legendPassed')],
    [styles.failed, coverage - score, t('score.legendFailed')],
    [styles.toFindOut, 100 - coverage, t('score.legendUnknown')],
  ] as const;
  const drawn = parts.filter(([, percent]) => percent > 0);
  return (
    <span
      className={styles.meter}
      role="img"
      aria-label={drawn
        .map(([, percent, label]) => `${percent} % ${label}`)
        .join(', ')}
    >
      {drawn.map(([className, percent, label]) => (
        <span
          key={label}
          className={className}
          style={{ flex: `${percent} 0 0` }}
          title={`${percent} % ${label}`}
        />
      ))}
    </span>
  );
}
