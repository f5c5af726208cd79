import { useId } from 'react';
import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { ButtonIcon } from '@backstage/ui';
import {
  RiArrowRightLine,
  RiFileTextLine,
  RiInformationLine,
} from '@remixicon/react';
import type {
  EvidenceLink,
  Finding,
  Part,
} from 'backstage-plugin-mentorship-common';
import { TextButton } from '../layout/TextButton';
import { VerdictIcon } from '../marks/StateMarks';
import { mentorshipTranslationRef } from '../translation';
import { Day } from '../words/Dates';
import { OutsideLink, plainText, Words } from '../words/Words';
import text from '../layout/text.module.css';
import styles from './findings.module.css';

/** One rule's verdict with what belongs to it, and the rules that say it too. */
export function FindingItem(props: {
  finding: Finding;
  same?: readonly Finding[];
  onRule: (rule: string) => void;
}) {
  const { t } = useTranslationRef(mentorshipTranslationRef);
  const { finding, same = [], onRule } = props;
  const { verdict } = finding.outcome;
  return (
    <li className={styles.finding} data-verdict={verdict}>
      <span
        className={styles.icon}
        role="img"
        aria-label={t(`findings.${verdict}`)}
      >
        <VerdictIcon verdict={verdict} />
      </span>
      <p className={styles.title}>
        <span>{finding.title}</span>{' '}
        <span className={text.quiet}>
          {t(`category.${finding.category}`)}
          {' · '}
          {t('findings.weight', { weight: String(finding.weight) })}
        </span>
      </p>
      <div className={styles.body}>
        <Outcome finding={finding} />
        {same.length > 0 && <SaidToo findings={same} onRule={onRule} />}
      </div>
      <ButtonIcon
        variant="tertiary"
        size="small"
        icon={<RiInformationLine />}
        aria-label={t('findings.aboutRule', { title: finding.title })}
        onPress={() => onRule(finding.rule)}
      />
    </li>
  );
}

/** The other rules of which the same is to be said, each with its weight. */
function SaidToo(props: {
  findings: readonly Finding[];
  onRule: (rule: string) => void;
}) {
  const { t } = useTranslationRef(mentorshipTranslationRef);
  const id = useId();
  return (
    <div className={styles.same}>
      <span id={id}>{t('findings.same')}</span>
      <ul className={styles.open} aria-labelledby={id}>
        {props.findings.map(finding => (
          <li key={finding.rule}>
            <RuleButton finding={finding} onRule={props.onRule} />{' '}
            {t('findings.sameWeight', { weight: String(finding.weight) })}
          </li>
        ))}
      </ul>
    </div>
  );
}

/** A rule by its title, which leads to its page. */
export function RuleButton(props: {
  finding: Finding;
  onRule: (rule: string) => void;
}) {
  const { t } = useTranslationRef(mentorshipTranslationRef);
  const { rule, title } = props.finding;
  return (
    <TextButton
      aria-label={t('findings.aboutRule', { title })}
      onClick={() => props.onRule(rule)}
    >
      {title}
    </TextButton>
  );
}

function Outcome({ finding: { outcome } }: { finding: Finding }) {
  const { t } = useTranslationRef(mentorshipTranslationRef);
  switch (outcome.verdict) {
    case 'fail':
      return (
        <>
          {outcome.reasons.map(reason => (
            <p key={plainText(reason)} className={styles.text}>
              <Words parts={reason} />
            </p>
          ))}
          <EvidenceLinks evidence={outcome.evidence} />
          <Step label={t('findings.next')} words={outcome.nextAction} />
        </>
      );
    case 'unknown':
      return (
        <>
          <p className={styles.text}>
            <Words parts={outcome.missing} />
          </p>
          <Step label={t('findings.how')} words={outcome.how} />
        </>
      );
    case 'exempt':
      return (
        <p className={styles.text}>
          {outcome.reason}{' '}
          <span className={text.quiet}>
            {t('findings.until', { date: <Day day={outcome.until} /> })}
          </span>
        </p>
      );
    default:
      return (
        <p className={styles.text}>
          <Words parts={outcome.reason} />
        </p>
      );
  }
}

/** What to do, behind an arrow. */
export function Step(props: { label: string; words: readonly Part[] }) {
  return (
    <p className={styles.step}>
      <RiArrowRightLine role="img" aria-label={props.label} />
      <span>
        <Words parts={props.words} />
      </span>
    </p>
  );
}

function EvidenceLinks({ evidence }: { evidence: readonly EvidenceLink[] }) {
  const { t } = useTranslationRef(mentorshipTranslationRef);
  return evidence.length === 0 ? null : (
    <ul className={styles.evidence} aria-label={t('findings.evidence')}>
      {evidence.map(({ label, href }) => (
        <li key={`${label} ${href ?? ''}`}>
          <RiFileTextLine aria-hidden="true" />
          <OutsideLink href={href}>{label}</OutsideLink>
        </li>
      ))}
    </ul>
  );
}
