import { useTranslationRef } from '@backstage/frontend-plugin-api';
import type {
  Milestone,
  MyApprenticeship,
} from 'backstage-plugin-mentorship-common';
import { useMe } from '../answers/useAnswer';
import { TabLink } from '../layout/TabLink';
import { MilestoneIcon } from '../marks/StateMarks';
import { AutonomyLadder } from '../pictures/AutonomyLadder';
import { mentorshipTranslationRef } from '../translation';
import { DayDistance } from '../words/Dates';
import { WidgetAnswer } from './WidgetAnswer';
import styles from './home.module.css';

/** What the reader is learning, how far they are, and what comes next. */
export function Apprenticeships() {
  const { t } = useTranslationRef(mentorshipTranslationRef);
  return (
    <WidgetAnswer label={t('home.apprenticeships')} asked={useMe()}>
      {({ apprenticeships }) =>
        apprenticeships.length === 0 ? (
          <p className={styles.text}>{t('home.noApprenticeships')}</p>
        ) : (
          <ul className={styles.list}>
            {apprenticeships.map(mine => (
              <Apprenticeship key={mine.entityRef} mine={mine} />
            ))}
          </ul>
        )
      }
    </WidgetAnswer>
  );
}

function Apprenticeship({ mine }: { mine: MyApprenticeship }) {
  const { t } = useTranslationRef(mentorshipTranslationRef);
  const { apprentice } = mine;
  const { autonomy, day, mentors, goal, milestones } = apprentice;
  const next = milestones.find(({ state }) => state !== 'done');
  return (
    <li>
      <div className={styles.head}>
        <TabLink entityRef={mine.entityRef} title={mine.title} />
        <span className={styles.quiet}>
          {apprentice.finished && t('mentorship.finished')}
          {!apprentice.finished &&
            day !== undefined &&
            t('mentorship.day', { day: String(day) })}
        </span>
      </div>
      {autonomy && (
        <div className={styles.line}>
          <AutonomyLadder autonomy={autonomy} />
          <span>{t(`autonomy.${autonomy}`)}</span>
          <span className={styles.quiet}>
            {mentors.length > 0
              ? t('mentorship.mentors', { names: mentors.join(', ') })
              : t('mentorship.noMentor')}
          </span>
        </div>
      )}
      {goal && (
        <p className={styles.text}>
          <span className={styles.quiet}>{t('mentorship.goal')}:</span> {goal}
        </p>
      )}
      {milestones.length > 0 && !apprentice.finished && (
        <Next milestone={next} />
      )}
    </li>
  );
}

function Next({ milestone }: { milestone: Milestone | undefined }) {
  const { t } = useTranslationRef(mentorshipTranslationRef);
  if (!milestone) {
    return <p className={styles.text}>{t('home.noNext')}</p>;
  }
  return (
    <p className={styles.next} data-state={milestone.state}>
      <MilestoneIcon state={milestone.state} />
      <span>
        <span className={styles.quiet}>
          {t('home.next')},{' '}
          {t('mentorship.milestone', { day: String(milestone.day) })}:
        </span>{' '}
        {milestone.title}{' '}
        {milestone.due && (
          <span className={styles.quiet}>
            {milestone.state === 'overdue' &&
              `${t('mentorship.milestoneState.overdue')}, `}
            <DayDistance day={milestone.due} />
          </span>
        )}
      </span>
    </p>
  );
}
