import { Fragment } from 'react';
import { useTranslationRef } from '@backstage/frontend-plugin-api';
import {
  RiArrowRightLine,
  RiErrorWarningLine,
  RiQuestionLine,
  RiShieldCheckLine,
} from '@remixicon/react';
import type { HistoryChange } from 'backstage-plugin-mentorship-common';
import { TextButton } from '../layout/TextButton';
import { mentorshipTranslationRef } from '../translation';
import { DayDistance } from '../words/Dates';
import { useValueWords } from './valueWords';
import text from '../layout/text.module.css';
import styles from './history.module.css';

/** What changed on each day, and which rules are the reason. */
export function Changes(props: {
  changes: readonly HistoryChange[];
  titleOf: (rule: string) => string;
  onRule: (rule: string) => void;
}) {
  const { t } = useTranslationRef(mentorshipTranslationRef);
  return (
    <ul className={styles.changes}>
      {props.changes.map(change => (
        <li key={change.day}>
          <span className={styles.day}>
            <DayDistance day={change.day} />
          </span>
          <div className={styles.reasons}>
            {change.values.length > 0 && <Values values={change.values} />}
            <Rules
              {...props}
              icon={<RiShieldCheckLine />}
              label={t('history.ceased')}
              tone="positive"
              rules={change.ceased}
            />
            <Rules
              {...props}
              icon={<RiErrorWarningLine />}
              label={t('history.began')}
              tone="negative"
              rules={change.began}
            />
            <Rules
              {...props}
              icon={<RiQuestionLine />}
              label={t('history.lostSight')}
              tone="neutral"
              rules={change.lostSight}
            />
          </div>
        </li>
      ))}
    </ul>
  );
}

/** Values from and to; a verdict is left to the number that it is of. */
export function Values({ values }: { values: HistoryChange['values'] }) {
  const { t } = useTranslationRef(mentorshipTranslationRef);
  const words = useValueWords();
  const hasNumber = values.some(({ value }) => value === 'busFactor');
  return (
    <p className={styles.values}>
      {values
        .filter(({ value }) => !(hasNumber && value === 'busFactorVerdict'))
        .map(({ value, from, to }) => (
          <span key={value} className={styles.value}>
            <span className={text.quiet}>{t(`history.value.${value}`)}</span>{' '}
            {words(value, from)}{' '}
            <RiArrowRightLine aria-label={t('history.to')} />{' '}
            <strong>{words(value, to)}</strong>
          </span>
        ))}
    </p>
  );
}

function Rules(props: {
  icon: JSX.Element;
  label: string;
  tone: string;
  rules: readonly string[];
  titleOf: (rule: string) => string;
  onRule: (rule: string) => void;
}) {
  return props.rules.length === 0 ? null : (
    <p className={styles.rules} data-tone={props.tone}>
      <span className={styles.rulesIcon} aria-hidden="true">
        {props.icon}
      </span>
      <span>
        <span className={text.quiet}>{props.label}:</span>{' '}
        {props.rules.map((rule, index) => (
          <Fragment key={rule}>
            {index > 0 && ' · '}
            <TextButton onClick={() => props.onRule(rule)}>
              {props.titleOf(rule)}
            </TextButton>
          </Fragment>
        ))}
      </span>
    </p>
  );
}
