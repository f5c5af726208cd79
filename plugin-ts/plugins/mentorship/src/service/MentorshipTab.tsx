import { useState } from 'react';
import { stringifyEntityRef } from '@backstage/catalog-model';
import { useEntity } from '@backstage/plugin-catalog-react';
import type { Assessment } from 'backstage-plugin-mentorship-common';
import { useAssessment } from '../answers/useAnswer';
import { BusFactorPanel } from '../cards/BusFactorPanel';
import { MentorshipPanel } from '../cards/MentorshipPanel';
import { RotationPanel } from '../cards/RotationPanel';
import { HistoryPanel } from '../history/HistoryPanel';
import { KnowledgePanel } from '../knowledge/KnowledgePanel';
import { KeptAfterProblem, Problem } from '../states/States';
import { DocumentsPanel } from './DocumentsPanel';
import { EscalationPanel } from './EscalationPanel';
import { EvidencePanel, NotesPanel } from './EvidencePanel';
import { FindingsPanel } from './FindingsPanel';
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
      {asked.problem !== undefined && (
        <KeptAfterProblem problem={asked.problem} again={asked.again} />
      )}
      <Service assessment={asked.value} />
    </div>
  );
}

function Service({ assessment }: { assessment: Assessment }) {
  const [rule, openRule] = useState<string | undefined>();
  const { findings, notes } = assessment;
  const titleOf = (id: string) =>
    findings.find(finding => finding.rule === id)?.title ?? id;
  return (
    <>
      <Summary assessment={assessment} onRule={openRule} />
      <div className={styles.readings}>
        <RotationPanel rotation={assessment.rotation} />
        <BusFactorPanel busFactor={assessment.busFactor} />
        <MentorshipPanel
          mentorship={assessment.mentorship}
          audience={assessment.audience}
        />
      </div>
      <div className={styles.columns}>
        <div className={styles.main}>
          {(assessment.enrolment.enrolled || findings.length > 0) && (
            <FindingsPanel findings={findings} onRule={openRule} />
          )}
          <HistoryPanel
            entityRef={assessment.entity.entityRef}
            titleOf={titleOf}
            onRule={openRule}
          />
          <KnowledgePanel entityRef={assessment.entity.entityRef} />
        </div>
        <div className={styles.side}>
          <EscalationPanel escalation={assessment.escalation} />
          <DocumentsPanel documents={assessment.documents} />
          <EvidencePanel evidence={assessment.evidence} />
          {notes.length > 0 && <NotesPanel notes={notes} />}
        </div>
      </div>
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
