import { useRouteRef, useTranslationRef } from '@backstage/frontend-plugin-api';
import { Link } from '@backstage/ui';
import {
  RiCloseCircleLine,
  RiPauseCircleLine,
  RiQuestionLine,
} from '@remixicon/react';
import type {
  Level,
  NextLevel,
  RuleMention,
} from 'backstage-plugin-mentorship-common';
import { TextButton } from '../layout/TextButton';
import { levelColour } from '../marks/levelColour';
import { LADDER } from '../marks/scales';
import { rulesRouteRef } from '../routes';
import { mentorshipTranslationRef } from '../translation';
import text from '../layout/text.module.css';
import styles from './summary.module.css';

/** The four levels with the service's place, and what the next one asks for. */
export function NextLevelSteps(props: {
  level: Level;
  nextLevel?: NextLevel;
  onRule: (rule: string) => void;
}) {
  const { t } = useTranslationRef(mentorshipTranslationRef);
  const rules = useRouteRef(rulesRouteRef);
  const { level, nextLevel, onRule } = props;
  const reached = (LADDER as readonly Level[]).indexOf(level);
  return (
    <>
      <ol {...levelColour(level, styles.levels)} aria-label={t('next.levels')}>
        {LADDER.map((step, index) => (
          <li
            key={step}
            data-reached={index <= reached || undefined}
            aria-current={step === level ? 'step' : undefined}
          >
            {t(`level.${step}`)}
          </li>
        ))}
      </ol>
      {nextLevel ? (
        <>
          <div className={styles.towardsHead}>
            <h3 className={styles.smallTitle}>
              {t('next.towards', { level: t(`level.${nextLevel.level}`) })}
            </h3>
            {rules && (
              <Link href={rules()} variant="body-small" color="primary">
                {t('next.aboutLevels')}
              </Link>
            )}
          </div>
          <ul className={styles.asks}>
            <Asks
              mentions={nextLevel.missing}
              icon={<RiCloseCircleLine />}
              state={t('next.missing')}
              tone="negative"
              onRule={onRule}
            />
            <Asks
              mentions={nextLevel.toFindOut}
              icon={<RiQuestionLine />}
              state={t('next.toFindOut')}
              tone="neutral"
              onRule={onRule}
            />
            <Asks
              mentions={nextLevel.exempt}
              icon={<RiPauseCircleLine />}
              state={t('next.exempt')}
              tone="info"
              onRule={onRule}
            />
          </ul>
        </>
      ) : (
        level === 'resilient' && <p className={styles.text}>{t('next.top')}</p>
      )}
    </>
  );
}

function Asks(props: {
  mentions: readonly RuleMention[];
  icon: JSX.Element;
  state: string;
  tone: string;
  onRule: (rule: string) => void;
}) {
  return (
    <>
      {props.mentions.map(({ rule, ask }) => (
        <li key={rule} data-tone={props.tone}>
          <span className={styles.askIcon} aria-hidden="true">
            {props.icon}
          </span>
          <TextButton onClick={() => props.onRule(rule)}>{ask}</TextButton>
          <span className={text.quiet}>{props.state}</span>
        </li>
      ))}
    </>
  );
}
