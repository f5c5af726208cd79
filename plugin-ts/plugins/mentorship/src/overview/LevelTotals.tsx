import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { Skeleton } from '@backstage/ui';
import type { Level } from 'backstage-plugin-mentorship-common';
import { levelColour } from '../marks/levelColour';
import { LevelIcon } from '../marks/LevelMark';
import { LEVELS } from '../marks/scales';
import { AboutLevels } from '../rules/AboutLevels';
import { mentorshipTranslationRef } from '../translation';
import { useLanguage } from '../words/Dates';
import styles from './overview.module.css';

/** How many services each level has, and how many match. */
export interface Totals {
  byLevel: Record<Level, number>;
  matching: number;
}

/** Services by level: headline numbers, and the filter by level at once. */
export function LevelTotals(props: {
  totals: Totals | undefined;
  chosen: readonly Level[];
  onChange: (levels: Level[]) => void;
}) {
  const { t } = useTranslationRef(mentorshipTranslationRef);
  const format = new Intl.NumberFormat(useLanguage());
  const { totals, chosen, onChange } = props;
  const toggle = (level: Level) =>
    onChange(
      chosen.includes(level)
        ? chosen.filter(other => other !== level)
        : [...chosen, level],
    );
  return (
    <div
      className={styles.totals}
      role="group"
      aria-label={t('overview.levels')}
    >
      <div className={styles.levels}>
        {LEVELS.map(level => {
          const count = totals?.byLevel[level];
          return (
            <button
              key={level}
              type="button"
              {...levelColour(level, styles.total)}
              aria-pressed={chosen.includes(level)}
              onClick={() => toggle(level)}
            >
              <span className={styles.totalNumber}>
                {count === undefined ? (
                  <Skeleton width={20} height={20} />
                ) : (
                  format.format(count)
                )}
              </span>{' '}
              <span className={styles.totalLabel}>
                <LevelIcon level={level} />
                {t(`level.${level}`)}
              </span>
            </button>
          );
        })}
      </div>
      <AboutLevels />
    </div>
  );
}
