import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { useBreakpoint } from '@backstage/ui';
import type {
  Milestone,
  MyApprenticeship,
} from 'backstage-plugin-mentorship-common';
import { useMe } from '../answers/useAnswer';
import { Milestones } from '../cards/Milestones';
import { TabLink } from '../layout/TabLink';
import { MilestoneIcon } from '../marks/StateMarks';
import { AutonomyLadder } from '../pictures/AutonomyLadder';
import { mentorshipTranslationRef } from '../translation';
import { DayDistance } from '../words/Dates';
import { WidgetAnswer } from './WidgetAnswer';
import text from '../layout/text.module.css';
import styles from './home.module.css';

/** So many have room for the whole way; of more, only the next step is shown. */
const FEW = 2;

/** What the reader is learning, how far they are, and what comes next. */
export function Apprenticeships() {
  const { t } = useTranslationRef(mentorshipTranslationRef);
  const isNarrow = useBreakpoint().down('sm');
  return (
    <WidgetAnswer label={t('home.apprenticeships')} asked={useMe()}>
      {({ apprenticeships }) =>
        apprenticeships.length === 0 ? (
          <p className={styles.text}>{t('home.noApprenticeships')}</p>
        ) : (
          <ul className={styles.list}>
            {apprenticeships.map(mine => (
              <Apprenticeship
                key={mine.entityRef}
                mine={mine}
                hasRoom={!isNarrow && apprenticeships.length <= FEW}
              />
            ))}
          </ul>
        )
      }
    </WidgetAnswer>
  );
}

function Apprenticeship(props: {
  mine: MyApprenticeship;
  /** Whether the whole way is shown, and not the next step alone. */
  hasRoom: boolean;
}) {
  const { t } = useTranslationRef(mentorshipTranslationRef);
  const { mine, hasRoom } = props;
  const { apprentice } = mine;
  const { autonomy, day, mentors, goal, milestones } = apprentice;
  const next = milestones.find(({ state }) => state !== 'done');
  return (
    <li>
      <div className={styles.head}>
        <span>
          <TabLink entityRef={mine.entityRef} title={mine.title} />{' '}
          {goal && (
            <span className={text.quiet}>
              {t('mentorship.goal')}: {goal}
            </span>
          )}
        </span>
        <span className={text.quiet}>
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
          <span className={text.quiet}>
            {mentors.length > 0
              ? t('mentorship.mentors', { names: mentors.join(', ') })
              : t('mentorship.noMentor')}
          </span>
        </div>
      )}
      {hasRoom && <Milestones milestones={milestones} />}
      {!hasRoom && milestones.length > 0 && !apprentice.finished && (
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
        <span className={text.quiet}>
          {t('home.next')},{' '}
          {t('mentorship.milestone', { day: String(milestone.day) })}:
        </span>{' '}
        {milestone.title}{' '}
        {milestone.due && (
          <span className={text.quiet}>
            {milestone.state === 'overdue' &&
              `${t('mentorship.milestoneState.overdue')}, `}
            <DayDistance day={milestone.due} />
          </span>
        )}
      </span>
    </p>
  );
}
