import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { RiErrorWarningLine } from '@remixicon/react';
import type { EvidenceStatus } from 'backstage-plugin-mentorship-common';
import { Notice } from '../layout/Notice';
import { mentorshipTranslationRef } from '../translation';
import { plainText, Words } from '../words/Words';

/** What could not be read and why; each reason once. */
export function FailedEvidence(props: { evidence: readonly EvidenceStatus[] }) {
  const { t } = useTranslationRef(mentorshipTranslationRef);
  const byReason = new Map<string, EvidenceStatus[]>();
  for (const status of props.evidence) {
    if (status.state === 'failed') {
      const reason = plainText(status.detail);
      byReason.set(reason, [...(byReason.get(reason) ?? []), status]);
    }
  }
  return (
    <>
      {[...byReason].map(([reason, failed]) => (
        <Notice
          key={reason}
          tone="negative"
          icon={<RiErrorWarningLine aria-hidden="true" />}
        >
          <strong>
            {t('evidence.couldNotBeRead', {
              labels: failed.map(({ label }) => label).join(', '),
            })}
          </strong>{' '}
          <Words parts={failed[0].detail} />
        </Notice>
      ))}
    </>
  );
}
