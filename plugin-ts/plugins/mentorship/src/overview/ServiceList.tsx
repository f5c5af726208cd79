import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { TabLink } from '../layout/TabLink';
import { LevelMark } from '../marks/LevelMark';
import {
  BusFactorMark,
  MentorshipMark,
  RotationMark,
} from '../marks/StateMarks';
import { mentorshipTranslationRef } from '../translation';
import { HowToBeginLink, Steward, stepsOf, WhatItIs } from './RowParts';
import type { Service } from './Service';
import styles from './overview.module.css';

/** The services one below the other, for narrow screens. */
export function ServiceList(props: {
  services: readonly Service[];
  isStale?: boolean;
}) {
  const { t } = useTranslationRef(mentorshipTranslationRef);
  return (
    <ul
      className={styles.list}
      aria-label={t('overview.table')}
      aria-busy={props.isStale}
    >
      {props.services.map(row => (
        <li key={row.id}>
          <div className={styles.listHead}>
            <TabLink entityRef={row.entityRef} title={row.title} />
            <LevelMark level={row.level} />
          </div>
          <p className={styles.quiet}>
            <WhatItIs row={row} />
            {row.score !== null && (
              <>
                {' · '}
                {t('overview.scoreCell', {
                  score: String(row.score),
                  coverage: String(row.coverage ?? 0),
                })}
              </>
            )}
          </p>
          <div className={styles.listMarks}>
            <RotationMark state={row.rotationState} look="plain" />
            <BusFactorMark verdict={row.busFactorVerdict} look="plain" />
            <MentorshipMark status={row.mentorshipStatus} look="plain" />
          </div>
          <p className={styles.listText}>
            <span className={styles.quietInline}>
              {t('rotation.steward')}:{' '}
            </span>
            <Steward row={row} />
          </p>
          {row.level === 'not-enrolled' && (
            <p className={styles.listText}>
              <HowToBeginLink row={row} />
            </p>
          )}
          {stepsOf(row).length > 0 && (
            <p className={styles.listText}>
              <span className={styles.quietInline}>{t('overview.next')}: </span>
              {stepsOf(row).slice(0, 2).join(' · ')}
            </p>
          )}
        </li>
      ))}
    </ul>
  );
}
