import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { useBreakpoint } from '@backstage/ui';
import { RiEyeOffLine } from '@remixicon/react';
import type {
  Assessment,
  NextAction,
} from 'backstage-plugin-mentorship-common';
import { SinceLastWeek } from '../history/SinceLastWeek';
import { Notice } from '../layout/Notice';
import { Sheet } from '../layout/Page';
import { TextButton } from '../layout/TextButton';
import { LevelMark } from '../marks/LevelMark';
import { Score } from '../pictures/Score';
import { HowToBegin } from '../rules/HowToBegin';
import { mentorshipTranslationRef } from '../translation';
import { Day } from '../words/Dates';
import { Words } from '../words/Words';
import { FailedEvidence } from './FailedEvidence';
import { NextLevelSteps } from './NextLevelSteps';
import text from '../layout/text.module.css';
import styles from './summary.module.css';

/**
 * What leads: the level, one sentence, the score with its coverage, what the
 * next level asks for, and at most three things to do next.
 */
export function Summary(props: {
  assessment: Assessment;
  titleOf: (rule: string) => string;
  onRule: (rule: string) => void;
}) {
  const { t } = useTranslationRef(mentorshipTranslationRef);
  const { assessment, titleOf, onRule } = props;
  const { enrolment, nextActions } = assessment;
  // It can wait where what is to be done would otherwise be out of sight.
  const isNarrow = useBreakpoint().down('sm');
  const reason = (
    <p className={text.quiet}>
      {enrolment.enrolled && `${t('service.enrolled')} `}
      <Words parts={enrolment.reason} />
    </p>
  );
  return (
    <Sheet className={styles.summary}>
      <div className={styles.top}>
        <div className={styles.lead}>
          <div className={styles.eyebrow}>
            <LevelMark level={assessment.level} size="large" />
            <span className={text.quiet}>
              {t('service.asOf', { date: <Day day={assessment.asOf} /> })}
            </span>
          </div>
          <h2 className={styles.headline}>
            <Words parts={assessment.headline} />
          </h2>
          <Score assessment={assessment} />
          <SinceLastWeek entityRef={assessment.entity.entityRef} />
          {!isNarrow && reason}
        </div>
        <aside className={styles.towards}>
          {enrolment.enrolled ? (
            <NextLevelSteps
              level={assessment.level}
              nextLevel={assessment.nextLevel}
              onRule={onRule}
            />
          ) : (
            <>
              <h3 className={styles.smallTitle}>{t('begin.title')}</h3>
              <HowToBegin />
            </>
          )}
        </aside>
      </div>
      {nextActions.length > 0 && (
        <NextActions actions={nextActions} titleOf={titleOf} onRule={onRule} />
      )}
      <div className={styles.remarks}>
        {isNarrow && reason}
        <FailedEvidence evidence={assessment.evidence} />
        {assessment.audience === 'counted' && (
          <Notice icon={<RiEyeOffLine aria-hidden="true" />}>
            {t('service.names')}
          </Notice>
        )}
      </div>
    </Sheet>
  );
}

function NextActions(props: {
  actions: readonly NextAction[];
  titleOf: (rule: string) => string;
  onRule: (rule: string) => void;
}) {
  const { t } = useTranslationRef(mentorshipTranslationRef);
  return (
    <section className={styles.next} aria-labelledby="mentorship-next">
      <h3 id="mentorship-next" className={styles.smallTitle}>
        {t('next.title')}
      </h3>
      <ol className={styles.actions}>
        {props.actions.map(({ rule, action }) => (
          <li key={rule}>
            <span className={styles.text}>
              <Words parts={action} />
            </span>{' '}
            <span className={styles.why}>
              <TextButton
                onClick={() => props.onRule(rule)}
                aria-label={`${t('next.why')}: ${props.titleOf(rule)}`}
              >
                {t('next.why')}
              </TextButton>
            </span>
          </li>
        ))}
      </ol>
    </section>
  );
}
