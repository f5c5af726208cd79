import { useState } from 'react';
import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { stringifyEntityRef } from '@backstage/catalog-model';
import { useEntity } from '@backstage/plugin-catalog-react';
import { useBreakpoint } from '@backstage/ui';
import type { Assessment } from 'backstage-plugin-mentorship-common';
import { useAssessment } from '../answers/useAnswer';
import { BusFactorPanel } from '../cards/BusFactorPanel';
import { MentorshipPanel } from '../cards/MentorshipPanel';
import { RotationPanel } from '../cards/RotationPanel';
import { HistoryPanel } from '../history/HistoryPanel';
import { KnowledgePanel } from '../knowledge/KnowledgePanel';
import { PanelPlace } from '../layout/Panel';
import { KeptAfterProblem, KeptNotice } from '../states/Kept';
import { Problem } from '../states/States';
import { mentorshipTranslationRef } from '../translation';
import { DocumentsPanel } from './DocumentsPanel';
import { EscalationPanel } from './EscalationPanel';
import { EvidencePanel, NotesPanel } from './EvidencePanel';
import { FindingsPanel } from './FindingsPanel';
import { JumpList } from './JumpList';
import { RuleDialog } from '../rules/RuleDialog';
import { ServiceSkeleton } from './ServiceSkeleton';
import { Summary } from './Summary';
import styles from './service.module.css';

/** The Mentorship tab of a service. */
export function MentorshipTab() {
  const { entity } = useEntity();
  const asked = useAssessment(stringifyEntityRef(entity));

  if (asked.state === 'asking') {
    return <ServiceSkeleton />;
  }
  if (asked.state === 'failed') {
    return <Problem problem={asked.problem} again={asked.again} />;
  }
  return (
    <div className={styles.service}>
      <KeptNotice>
        {asked.problem !== undefined && (
          <KeptAfterProblem problem={asked.problem} again={asked.again} />
        )}
        <Service assessment={asked.value} />
      </KeptNotice>
    </div>
  );
}

/**
 * How many failures are shown at first, on a narrow screen those that weigh most, and
 * how many are so few that what stands beside them is longer.
 */
const FAILURES = { wide: 6, narrow: 3, few: 3 };

function Service({ assessment }: { assessment: Assessment }) {
  const { t } = useTranslationRef(mentorshipTranslationRef);
  const [rule, openRule] = useState<string | undefined>();
  const isNarrow = useBreakpoint().down('sm');
  const { findings, notes } = assessment;
  const { entityRef } = assessment.entity;
  const titleOf = (id: string) =>
    findings.find(finding => finding.rule === id)?.title ?? id;
  const hasFindings = assessment.enrolment.enrolled || findings.length > 0;
  const hasNotes = notes.length > 0;
  const failures = findings.filter(
    ({ outcome }) => outcome.verdict === 'fail',
  ).length;
  // Beside what is known of the service where there is room, else as wide as the page.
  const isBeside = isNarrow ? !hasFindings : failures <= FAILURES.few;
  const knowledge = (
    <PanelPlace id="mentorship-knowledge" isFolded={isNarrow}>
      <KnowledgePanel entityRef={entityRef} />
    </PanelPlace>
  );
  const toKnowledge = ['mentorship-knowledge', t('knowledge.title')] as const;
  return (
    <>
      {isNarrow && (
        <JumpList
          panels={[
            ['mentorship-rotation', t('rotation.label')],
            ['mentorship-bus-factor', t('busFactor.label')],
            ['mentorship-mentoring', t('mentorship.label')],
            ...(hasFindings
              ? ([['mentorship-findings', t('findings.title')]] as const)
              : []),
            ['mentorship-history', t('history.title')],
            ...(isBeside ? [toKnowledge] : []),
            ['mentorship-call', t('call.title')],
            ['mentorship-documents', t('documents.title')],
            ['mentorship-evidence', t('evidence.title')],
            ...(hasNotes
              ? ([['mentorship-notes', t('notes.title')]] as const)
              : []),
            ...(isBeside ? [] : [toKnowledge]),
          ]}
        />
      )}
      <Summary assessment={assessment} titleOf={titleOf} onRule={openRule} />
      <div className={styles.readings}>
        <PanelPlace id="mentorship-rotation" isFolded={isNarrow}>
          <RotationPanel rotation={assessment.rotation} />
        </PanelPlace>
        <PanelPlace id="mentorship-bus-factor" isFolded={isNarrow}>
          <BusFactorPanel busFactor={assessment.busFactor} />
        </PanelPlace>
        <PanelPlace id="mentorship-mentoring" isFolded={isNarrow}>
          <MentorshipPanel
            mentorship={assessment.mentorship}
            audience={assessment.audience}
          />
        </PanelPlace>
      </div>
      <div className={styles.columns}>
        <div className={styles.main}>
          {hasFindings && (
            <PanelPlace id="mentorship-findings">
              <FindingsPanel
                findings={findings}
                shown={isNarrow ? FAILURES.narrow : FAILURES.wide}
                onRule={openRule}
              />
            </PanelPlace>
          )}
          <PanelPlace id="mentorship-history" isFolded={isNarrow}>
            <HistoryPanel
              entityRef={entityRef}
              titleOf={titleOf}
              onRule={openRule}
            />
          </PanelPlace>
          {isBeside && knowledge}
        </div>
        <div className={styles.side}>
          <PanelPlace id="mentorship-call">
            <EscalationPanel escalation={assessment.escalation} />
          </PanelPlace>
          <PanelPlace id="mentorship-documents" isFolded={isNarrow}>
            <DocumentsPanel documents={assessment.documents} />
          </PanelPlace>
          <PanelPlace id="mentorship-evidence" isFolded={isNarrow}>
            <EvidencePanel evidence={assessment.evidence} />
          </PanelPlace>
          {hasNotes && (
            <PanelPlace id="mentorship-notes" isFolded={isNarrow}>
              <NotesPanel notes={notes} />
            </PanelPlace>
          )}
        </div>
      </div>
      {!isBeside && knowledge}
      {rule !== undefined && (
        <RuleDialog
          id={rule}
          title={findings.find(finding => finding.rule === rule)?.title}
          onClose={() => openRule(undefined)}
        />
      )}
    </>
  );
}
