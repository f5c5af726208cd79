import { useTranslationRef } from '@backstage/frontend-plugin-api';
import type {
  HeldRecords,
  Me,
  MyService,
} from 'backstage-plugin-mentorship-common';
import { useMe } from '../answers/useAnswer';
import { Fold } from '../layout/Panel';
import { TabLink } from '../layout/TabLink';
import { LevelMark } from '../marks/LevelMark';
import { RotationMark } from '../marks/StateMarks';
import { mentorshipTranslationRef } from '../translation';
import { DayDistance } from '../words/Dates';
import { WidgetAnswer } from './WidgetAnswer';
import text from '../layout/text.module.css';
import styles from './home.module.css';

/** Beside so many there is room for what is held about the reader. */
const FEW = 3;

/** The reader's services, the rotation due first leading. */
export function Stewardships() {
  const { t } = useTranslationRef(mentorshipTranslationRef);
  return (
    <WidgetAnswer label={t('home.stewardships')} asked={useMe()}>
      {me => <Mine me={me} />}
    </WidgetAnswer>
  );
}

function Mine({ me }: { me: Me }) {
  const { t } = useTranslationRef(mentorshipTranslationRef);
  const services = [...me.stewardships, ...me.otherRoles];
  return (
    <>
      {services.length === 0 ? (
        <p className={styles.text}>{t('home.noServices')}</p>
      ) : (
        <ul className={styles.list}>
          {services.map(service => (
            <Service
              key={`${service.role} ${service.entityRef}`}
              service={service}
            />
          ))}
        </ul>
      )}
      <Fold label={t('home.held')} open={services.length <= FEW}>
        <Held held={me.held} />
      </Fold>
    </>
  );
}

function Service({ service }: { service: MyService }) {
  const { t } = useTranslationRef(mentorshipTranslationRef);
  const { role, rotationState, rotationDue } = service;
  return (
    <li>
      <div className={styles.head}>
        <span>
          <TabLink entityRef={service.entityRef} title={service.title} />{' '}
          <span className={text.quiet}>{t(`role.${role}`)}</span>
        </span>
        <LevelMark level={service.level} />
      </div>
      {role === 'steward' && (
        <div className={styles.line}>
          <RotationMark state={rotationState} look="plain" />
          {rotationDue === null ? (
            <span className={text.quiet}>{t('home.dueUnknown')}</span>
          ) : (
            <span>
              {t('home.due', { when: <DayDistance day={rotationDue} /> })}
            </span>
          )}
        </div>
      )}
    </li>
  );
}

function Held({ held }: { held: HeldRecords }) {
  const { t } = useTranslationRef(mentorshipTranslationRef);
  const { assessments, inSnapshots, sources } = held;
  const isNothing = assessments === 0 && !inSnapshots && sources.length === 0;
  return (
    <ul className={styles.held}>
      {isNothing && <li>{t('home.heldNothing')}</li>}
      {assessments > 0 && (
        <li>{t('home.heldAssessments', { count: assessments })}</li>
      )}
      {inSnapshots && <li>{t('home.heldSnapshots')}</li>}
      {sources.length > 0 && (
        <li>
          {t('home.heldSources', {
            sources: sources.map(({ title }) => title).join(', '),
          })}
        </li>
      )}
    </ul>
  );
}
