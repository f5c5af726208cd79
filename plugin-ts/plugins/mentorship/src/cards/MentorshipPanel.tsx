import { useTranslationRef } from '@backstage/frontend-plugin-api';
import type {
  Apprentice,
  Audience,
  Mentorship,
} from 'backstage-plugin-mentorship-common';
import { Facts, Panel } from '../layout/Panel';
import { MentorshipMark } from '../marks/StateMarks';
import { AutonomyLadder } from '../pictures/AutonomyLadder';
import { mentorshipTranslationRef } from '../translation';
import { DayDistance } from '../words/Dates';
import { CatalogName, OutsideLink, Words } from '../words/Words';
import { Milestones } from './Milestones';
import styles from './cards.module.css';

/** Who is learning and how far they are; counts where names are not shown. */
export function MentorshipPanel(props: {
  mentorship: Mentorship;
  audience: Audience;
}) {
  const { t } = useTranslationRef(mentorshipTranslationRef);
  const { mentorship } = props;
  const { apprentices, plan } = mentorship;
  return (
    <Panel
      title={t('mentorship.label')}
      aside={<MentorshipMark status={mentorship.status} />}
    >
      <p className={styles.lead}>
        <Words parts={mentorship.summary} />
      </p>
      {apprentices.length > 0 && (
        <ul className={styles.apprentices}>
          {apprentices.map(apprentice => (
            <li
              key={`${apprentice.entityRef ?? apprentice.name} ${
                apprentice.started ?? ''
              }`}
            >
              <ApprenticeWay apprentice={apprentice} />
            </li>
          ))}
        </ul>
      )}
      <Facts
        look="line"
        facts={[
          props.audience === 'counted'
            ? [
                t('mentorship.learning'),
                t('mentorship.people', { count: mentorship.learning }),
              ]
            : undefined,
          mentorship.milestonesTotal > 0
            ? [
                t('mentorship.milestones'),
                t('mentorship.milestonesDone', {
                  done: String(mentorship.milestonesDone),
                  total: String(mentorship.milestonesTotal),
                }),
              ]
            : undefined,
          mentorship.lastMoved
            ? [
                t('mentorship.lastMoved'),
                <DayDistance day={mentorship.lastMoved} />,
              ]
            : undefined,
          mentorship.nextMilestoneDue
            ? [
                t('mentorship.nextDue'),
                t('mentorship.nextDueWhen', {
                  when: <DayDistance day={mentorship.nextMilestoneDue} />,
                }),
              ]
            : undefined,
          plan
            ? [
                t('mentorship.plan'),
                <OutsideLink href={plan.href}>
                  {plan.path ?? plan.title}
                </OutsideLink>,
              ]
            : undefined,
        ]}
      />
    </Panel>
  );
}

function ApprenticeWay({ apprentice }: { apprentice: Apprentice }) {
  const { t } = useTranslationRef(mentorshipTranslationRef);
  const { autonomy, day, goal, mentors, successSignal } = apprentice;
  return (
    <>
      <div className={styles.apprentice}>
        <span className={styles.name}>
          <CatalogName
            name={apprentice.name}
            entityRef={apprentice.entityRef}
          />
        </span>
        {autonomy && (
          <span className={styles.autonomy}>
            <AutonomyLadder autonomy={autonomy} />
            <span aria-hidden="true">{t(`autonomy.${autonomy}`)}</span>
          </span>
        )}
        <span className={styles.day}>
          {apprentice.finished
            ? t('mentorship.finished')
            : day !== undefined && t('mentorship.day', { day: String(day) })}
        </span>
      </div>
      <p className={styles.quiet}>
        {mentors.length > 0
          ? t('mentorship.mentors', { names: mentors.join(', ') })
          : t('mentorship.noMentor')}
        {goal && ` · ${t('mentorship.goal')}: ${goal}`}
        {successSignal && ` · ${t('mentorship.success')} ${successSignal}`}
      </p>
      <Milestones milestones={apprentice.milestones} />
    </>
  );
}
