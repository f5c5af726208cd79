import { useTranslationRef } from '@backstage/frontend-plugin-api';
import type { Finding, Outcome } from 'backstage-plugin-mentorship-common';
import { Fold } from '../layout/Panel';
import { VerdictIcon } from '../marks/StateMarks';
import { mentorshipTranslationRef } from '../translation';
import { Words } from '../words/Words';
import { alike } from './alike';
import { FindingItem, RuleButton, Step } from './FindingItem';
import styles from './findings.module.css';

/** So many rules are named at once; more are told by their number. */
const FEW = 6;

type Unknown = Extract<Outcome, { verdict: 'unknown' }>;

/**
 * Rules that nobody can tell yet. One missing source leaves many of them open;
 * what is missing, and how to get it, is then said once for all.
 */
export function UnknownFindings(props: {
  findings: readonly Finding[];
  onRule: (rule: string) => void;
}) {
  const { onRule } = props;
  return (
    <ul className={styles.findings}>
      {alike(props.findings).map(findings =>
        findings.length === 1 ? (
          <FindingItem
            key={findings[0].rule}
            finding={findings[0]}
            onRule={onRule}
          />
        ) : (
          <UnknownGroup
            key={findings[0].rule}
            findings={findings}
            onRule={onRule}
          />
        ),
      )}
    </ul>
  );
}

function UnknownGroup(props: {
  findings: readonly Finding[];
  onRule: (rule: string) => void;
}) {
  const { t } = useTranslationRef(mentorshipTranslationRef);
  const { findings } = props;
  const { missing, how } = findings[0].outcome as Unknown;
  return (
    <li className={styles.finding} data-verdict="unknown">
      <span
        className={styles.icon}
        role="img"
        aria-label={t('findings.unknown')}
      >
        <VerdictIcon verdict="unknown" />
      </span>
      <p className={styles.title}>
        <span>
          <Words parts={missing} />
        </span>
      </p>
      <div className={styles.body}>
        <Step label={t('findings.how')} words={how} />
        {findings.length > FEW ? (
          <Fold label={t('findings.waiting', { count: findings.length })}>
            <Rules findings={findings} onRule={props.onRule} />
          </Fold>
        ) : (
          <Rules findings={findings} onRule={props.onRule} />
        )}
      </div>
    </li>
  );
}

function Rules(props: {
  findings: readonly Finding[];
  onRule: (rule: string) => void;
}) {
  return (
    <ul className={styles.open}>
      {props.findings.map(finding => (
        <li key={finding.rule}>
          <RuleButton finding={finding} onRule={props.onRule} />
        </li>
      ))}
    </ul>
  );
}
