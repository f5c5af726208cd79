import { useTranslationRef } from '@backstage/frontend-plugin-api';
import type { Milestone } from 'backstage-plugin-mentorship-common';
import { MilestoneIcon } from '../marks/StateMarks';
import { mentorshipTranslationRef } from '../translation';
import { Day } from '../words/Dates';
import { OutsideLink } from '../words/Words';
import { webAddress } from '../words/webAddress';
import styles from './milestones.module.css';

/** The milestones of an apprentice beside each other, in their order. */
export function Milestones(props: { milestones: readonly Milestone[] }) {
  const { milestones } = props;
  return milestones.length === 0 ? null : (
    <ol className={styles.milestones}>
      {milestones.map(milestone => (
        <li
          key={`${milestone.day} ${milestone.line}`}
          data-state={milestone.state}
        >
          <MilestoneStep milestone={milestone} />
        </li>
      ))}
    </ol>
  );
}

function MilestoneStep({ milestone }: { milestone: Milestone }) {
  const { t } = useTranslationRef(mentorshipTranslationRef);
  const { daysLate, deliverable, doneOn, due, state } = milestone;
  return (
    <>
      <span className={styles.milestoneHead}>
        <MilestoneIcon state={state} />
        {t('mentorship.milestone', { day: String(milestone.day) })}
      </span>
      <span className={styles.milestoneTitle}>{milestone.title}</span>
      <span className={styles.milestoneState}>
        <span>
          {state === 'overdue' &&
            (daysLate === undefined
              ? t('mentorship.milestoneState.overdue')
              : t('mentorship.daysLate', { count: daysLate }))}
          {state === 'done' &&
            (doneOn ? (
              <Day day={doneOn} />
            ) : (
              t('mentorship.milestoneState.done')
            ))}
          {state === 'open' &&
            (due ? <Day day={due} /> : t('mentorship.milestoneState.open'))}
        </span>
        {deliverable && (
          <OutsideLink href={deliverable}>
            {webAddress(deliverable)
              ? t('mentorship.deliverable')
              : deliverable}
          </OutsideLink>
        )}
      </span>
    </>
  );
}
