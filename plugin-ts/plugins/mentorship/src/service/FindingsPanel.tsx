import { useId, useState } from 'react';
import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { Button } from '@backstage/ui';
import { RiArrowDownSLine, RiArrowUpSLine } from '@remixicon/react';
import type { Finding } from 'backstage-plugin-mentorship-common';
import { Fold, Panel } from '../layout/Panel';
import { Verdict, VerdictMark } from '../marks/StateMarks';
import { mentorshipTranslationRef } from '../translation';
import { alike } from './alike';
import { FindingItem } from './FindingItem';
import { UnknownFindings } from './UnknownFindings';
import text from '../layout/text.module.css';
import styles from './findings.module.css';

/** Every rule's verdict: what to do, what to find out, and the rest folded. */
export function FindingsPanel(props: {
  findings: readonly Finding[];
  /** How many failures are shown before anybody asks for more. */
  shown: number;
  onRule: (rule: string) => void;
}) {
  const { t } = useTranslationRef(mentorshipTranslationRef);
  const { findings, onRule } = props;
  const of = (verdict: Verdict) =>
    findings.filter(finding => finding.outcome.verdict === verdict);
  const failed = of('fail');
  const unknown = of('unknown');
  const exempt = of('exempt');
  const passed = of('pass');
  const notApplicable = of('not-applicable');
  const counts = [
    failed.length > 0 && t('findings.summaryFail', { count: failed.length }),
    unknown.length > 0 &&
      t('findings.summaryUnknown', { count: unknown.length }),
    exempt.length > 0 && t('findings.summaryExempt', { count: exempt.length }),
    passed.length > 0 && t('findings.summaryPass', { count: passed.length }),
  ];
  return (
    <Panel
      headingLevel={2}
      title={t('findings.title')}
      className={styles.panel}
      aside={
        <span className={text.quiet}>{counts.filter(Boolean).join(' · ')}</span>
      }
    >
      {findings.length === 0 && (
        <p className={styles.text}>{t('findings.noRules')}</p>
      )}
      {findings.length > 0 && failed.length + unknown.length === 0 && (
        <p className={styles.text}>{t('findings.none')}</p>
      )}
      <Failures findings={failed} shown={props.shown} onRule={onRule} />
      {unknown.length > 0 && (
        <>
          <h3 className={styles.group}>{t('findings.unknown')}</h3>
          <UnknownFindings findings={unknown} onRule={onRule} />
        </>
      )}
      {exempt.length > 0 && (
        <>
          <h3 className={styles.group}>{t('findings.exempt')}</h3>
          <Items groups={alike(exempt)} onRule={onRule} />
        </>
      )}
      <FoldedItems verdict="pass" findings={passed} onRule={onRule} />
      <FoldedItems
        verdict="not-applicable"
        findings={notApplicable}
        onRule={onRule}
      />
    </Panel>
  );
}

/** The failures in the order of the report, its heaviest first. */
function Failures(props: {
  findings: readonly Finding[];
  shown: number;
  onRule: (rule: string) => void;
}) {
  const { t } = useTranslationRef(mentorshipTranslationRef);
  const id = useId();
  const [open, setOpen] = useState(false);
  const groups = alike(props.findings);
  const rest = groups.slice(props.shown);
  return (
    <>
      <Items groups={groups.slice(0, props.shown)} onRule={props.onRule} />
      {rest.length > 0 && (
        <>
          <Button
            variant="secondary"
            size="small"
            className={styles.more}
            iconEnd={open ? <RiArrowUpSLine /> : <RiArrowDownSLine />}
            aria-expanded={open}
            aria-controls={id}
            onPress={() => setOpen(!open)}
          >
            {t('findings.more', { count: rest.flat().length })}
          </Button>
          <div id={id} hidden={!open}>
            {open && <Items groups={rest} onRule={props.onRule} />}
          </div>
        </>
      )}
    </>
  );
}

/** One item for each group, which is of findings that say the same. */
function Items(props: {
  groups: readonly Finding[][];
  onRule: (rule: string) => void;
}) {
  return props.groups.length === 0 ? null : (
    <ul className={styles.findings}>
      {props.groups.map(([finding, ...same]) => (
        <FindingItem
          key={finding.rule}
          finding={finding}
          same={same}
          onRule={props.onRule}
        />
      ))}
    </ul>
  );
}

function FoldedItems(props: {
  verdict: Verdict;
  findings: readonly Finding[];
  onRule: (rule: string) => void;
}) {
  return props.findings.length === 0 ? null : (
    <Fold
      label={
        <>
          <VerdictMark verdict={props.verdict} look="plain" />
          <span className={text.quiet}>{props.findings.length}</span>
        </>
      }
    >
      <Items
        groups={props.findings.map(finding => [finding])}
        onRule={props.onRule}
      />
    </Fold>
  );
}
