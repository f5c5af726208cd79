import { useTranslationRef } from '@backstage/frontend-plugin-api';
import type { EvidenceStatus, Note } from 'backstage-plugin-mentorship-common';
import { Panel } from '../layout/Panel';
import { EvidenceMark } from '../marks/StateMarks';
import { mentorshipTranslationRef } from '../translation';
import { Moment } from '../words/Dates';
import { plainText, Words } from '../words/Words';
import styles from './side.module.css';

/** What was looked at, what was not, and what failed. */
export function EvidencePanel(props: { evidence: readonly EvidenceStatus[] }) {
  const { t } = useTranslationRef(mentorshipTranslationRef);
  const { evidence } = props;
  return (
    <Panel headingLevel={2} title={t('evidence.title')}>
      <ul className={styles.list}>
        {evidence.map((status, index) => (
          <li key={status.kind} className={styles.evidence}>
            <span className={styles.name}>{status.label}</span>
            <EvidenceMark state={status.state} />
            {!isSaidBefore(evidence, index) && (
              <span className={styles.quiet}>
                <Words parts={status.detail} />
              </span>
            )}
            {status.collectedAt && (
              <span className={styles.when}>
                <Moment at={status.collectedAt} />
              </span>
            )}
          </li>
        ))}
      </ul>
    </Panel>
  );
}

/** Whether something above failed for the same reason. */
function isSaidBefore(evidence: readonly EvidenceStatus[], index: number) {
  const reason = plainText(evidence[index].detail);
  return (
    evidence[index].state === 'failed' &&
    evidence
      .slice(0, index)
      .some(
        ({ state, detail }) =>
          state === 'failed' && plainText(detail) === reason,
      )
  );
}

/** What the reader of the evidence should know. */
export function NotesPanel({ notes }: { notes: readonly Note[] }) {
  const { t } = useTranslationRef(mentorshipTranslationRef);
  return (
    <Panel headingLevel={2} title={t('notes.title')}>
      <ul className={styles.list}>
        {notes.map(({ place, line, message }) => (
          <li key={`${place} ${line ?? ''} ${message}`}>
            {message}
            <span className={styles.quiet}>
              {' '}
              {line === undefined
                ? place
                : t('notes.place', { place, line: String(line) })}
            </span>
          </li>
        ))}
      </ul>
    </Panel>
  );
}
