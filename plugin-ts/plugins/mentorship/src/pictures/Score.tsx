import { useTranslationRef } from '@backstage/frontend-plugin-api';
import type { Assessment } from 'backstage-plugin-mentorship-common';
import { levelColour } from '../marks/levelColour';
import { mentorshipTranslationRef } from '../translation';
import styles from './pictures.module.css';

/**
 * The score with what is known, in words and as a bar in the colour of the level;
 * nothing of a service that is held to no rule.
 */
export function Score({ assessment }: { assessment: Assessment }) {
  const { t } = useTranslationRef(mentorshipTranslationRef);
  const { level, score, coverage, enrolment } = assessment;
  if (coverage === undefined || !enrolment.enrolled) {
    return null;
  }
  return (
    <div {...levelColour(level, styles.score)}>
      <span>
        {score === undefined
          ? t('score.none')
          : t('score.line', { score: String(score) })}
        {' · '}
        {t('score.known', { coverage: String(coverage) })}
      </span>
      {score !== undefined && <Meter score={score} coverage={coverage} />}
    </div>
  );
}

/**
 * Score and coverage as one bar: in order, to do, to find out. The three parts
 * are what the report's two numbers divide a hundred into.
 */
function Meter(props: { score: number; coverage: number }) {
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
