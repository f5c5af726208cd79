import type { ReactNode } from 'react';
import { stringifyEntityRef } from '@backstage/catalog-model';
import { useRouteRef, useTranslationRef } from '@backstage/frontend-plugin-api';
import { EntityInfoCard, useEntity } from '@backstage/plugin-catalog-react';
import { ButtonLink, Skeleton } from '@backstage/ui';
import type { Assessment } from 'backstage-plugin-mentorship-common';
import { useAssessment } from '../answers/useAnswer';
import { LevelMark } from '../marks/LevelMark';
import {
  BusFactorMark,
  MentorshipMark,
  RotationMark,
} from '../marks/StateMarks';
import { Score } from '../pictures/Score';
import { KnowledgePanel } from '../knowledge/KnowledgePanel';
import { entityContentRouteRef } from '../routes';
import { FailedEvidence } from '../service/FailedEvidence';
import { Loading } from '../states/Loading';
import { BriefProblem } from '../states/States';
import { mentorshipTranslationRef } from '../translation';
import { Words } from '../words/Words';
import { BusFactorPanel } from './BusFactorPanel';
import { RotationPanel } from './RotationPanel';
import styles from './entityCards.module.css';

/** Level, sentence, score and the first thing to do. */
export function StatusCard() {
  const { t } = useTranslationRef(mentorshipTranslationRef);
  return (
    <Assessed title={t('cards.status')}>
      {assessment => (
        <Titled title={t('cards.status')}>
          <Status assessment={assessment} />
        </Titled>
      )}
    </Assessed>
  );
}

/** The steward's rotation as a clock. */
export function RotationCard() {
  const { t } = useTranslationRef(mentorshipTranslationRef);
  return (
    <Assessed title={t('rotation.label')}>
      {({ rotation }) => <RotationPanel rotation={rotation} />}
    </Assessed>
  );
}

/** The bus factor, reading by reading. */
export function BusFactorCard() {
  const { t } = useTranslationRef(mentorshipTranslationRef);
  return (
    <Assessed title={t('busFactor.label')}>
      {({ busFactor }) => <BusFactorPanel busFactor={busFactor} />}
    </Assessed>
  );
}

/** Who knows which directory. */
export function KnowledgeCard() {
  const { t } = useTranslationRef(mentorshipTranslationRef);
  return (
    <Assessed title={t('knowledge.title')}>
      {({ entity }) => <KnowledgePanel entityRef={entity.entityRef} />}
    </Assessed>
  );
}

/** The level and three words. */
export function GlanceCard() {
  const { t } = useTranslationRef(mentorshipTranslationRef);
  return (
    <Assessed title={t('cards.glance')}>
      {assessment => (
        <Titled title={t('cards.glance')}>
          <div className={styles.glance}>
            <LevelMark level={assessment.level} />
            <ThreeWords assessment={assessment} />
          </div>
        </Titled>
      )}
    </Assessed>
  );
}

function Status({ assessment }: { assessment: Assessment }) {
  const { t } = useTranslationRef(mentorshipTranslationRef);
  const { nextActions } = assessment;
  return (
    <div className={styles.status}>
      <LevelMark level={assessment.level} size="large" />
      <p className={styles.headline}>
        <Words parts={assessment.headline} />
      </p>
      <Score assessment={assessment} />
      <ThreeWords assessment={assessment} />
      {nextActions.length > 0 && (
        <p className={styles.next}>
          <strong>{t('next.title')}:</strong>{' '}
          <Words parts={nextActions[0].action} />
        </p>
      )}
      <FailedEvidence evidence={assessment.evidence} />
    </div>
  );
}

function ThreeWords({ assessment }: { assessment: Assessment }) {
  const { t } = useTranslationRef(mentorshipTranslationRef);
  return (
    <dl className={styles.words}>
      <div>
        <dt>{t('rotation.label')}</dt>
        <dd>
          <RotationMark state={assessment.rotation.state} look="plain" />
        </dd>
      </div>
      <div>
        <dt>{t('busFactor.label')}</dt>
        <dd>
          <BusFactorMark verdict={assessment.busFactor.verdict} look="plain" />
        </dd>
      </div>
      <div>
        <dt>{t('mentorship.label')}</dt>
        <dd>
          <MentorshipMark status={assessment.mentorship.status} look="plain" />
        </dd>
      </div>
    </dl>
  );
}

/** Hands the entity's assessment to a card, or says in short why there is none. */
function Assessed(props: {
  title: string;
  children: (assessment: Assessment) => ReactNode;
}) {
  const { entity } = useEntity();
  const asked = useAssessment(stringifyEntityRef(entity));
  switch (asked.state) {
    case 'asking':
      return (
        <EntityInfoCard title={props.title}>
          <Loading className={styles.status}>
            <Skeleton width={110} height={28} />
            <Skeleton width="90%" height={22} />
            <Skeleton width="70%" height={16} />
            <Skeleton width="100%" height={54} />
          </Loading>
        </EntityInfoCard>
      );
    case 'failed':
      return (
        <EntityInfoCard title={props.title}>
          <BriefProblem problem={asked.problem} again={asked.again} />
        </EntityInfoCard>
      );
    default:
      return <div className={styles.card}>{props.children(asked.value)}</div>;
  }
}

function Titled(props: { title: string; children: ReactNode }) {
  const { t } = useTranslationRef(mentorshipTranslationRef);
  const tab = useRouteRef(entityContentRouteRef);
  return (
    <EntityInfoCard
      title={props.title}
      footerActions={
        tab && (
          <ButtonLink href={tab()} variant="tertiary" size="small">
            {t('cards.open')}
          </ButtonLink>
        )
      }
    >
      {props.children}
    </EntityInfoCard>
  );
}
