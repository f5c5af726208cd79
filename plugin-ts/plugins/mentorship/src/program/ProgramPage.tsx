import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { Skeleton } from '@backstage/ui';
import type {
  ProgramReport,
  ViewerAbilities,
} from 'backstage-plugin-mentorship-common';
import { RiHourglassLine, RiLockLine } from '@remixicon/react';
import { useProgram, useStatus } from '../answers/useAnswer';
import { useReloadAfterRun } from '../answers/useReloadAfterRun';
import { Page, Sheet } from '../layout/Page';
import { Loading } from '../states/Loading';
import { KeptAfterProblem } from '../states/Kept';
import {
  Blank,
  Failure,
  FirstPass,
  isNotPermitted,
  isUnavailable,
  message,
} from '../states/States';
import { mentorshipTranslationRef } from '../translation';
import { Measures } from './Measures';
import { Beginning, Enrolled } from './Enrolled';
import { Rollout } from './Rollout';
import { RotationsDue } from './RotationsDue';
import { Snapshots } from './Snapshots';
import styles from './programPage.module.css';

/** The program: its measures, its first two weeks, and what needs its owner. */
export function ProgramPage() {
  const status = useStatus();
  const known = status.state === 'answered' ? status.value : undefined;
  return (
    <Page>
      {known && !known.firstPassComplete ? (
        <FirstPass />
      ) : (
        <Answered runId={known?.currentRun?.id} viewer={known?.viewer} />
      )}
    </Page>
  );
}

function Answered(props: { runId?: number; viewer?: ViewerAbilities }) {
  const { t } = useTranslationRef(mentorshipTranslationRef);
  const asked = useProgram();
  useReloadAfterRun(props.runId, asked.again);
  if (asked.state === 'asking') {
    return <ProgramSkeleton />;
  }
  if (asked.problem !== undefined && isNotPermitted(asked.problem)) {
    return (
      <Blank icon={<RiLockLine />} title={t('states.notPermittedTitle')}>
        {t('program.notPermitted')}
      </Blank>
    );
  }
  if (asked.state === 'failed') {
    // Services can be judged already where no run has summed them up yet.
    return isUnavailable(asked.problem) ? (
      <Blank icon={<RiHourglassLine />} title={t('program.notYetTitle')}>
        {message(asked.problem)}
      </Blank>
    ) : (
      <Failure problem={asked.problem} again={asked.again} />
    );
  }
  return (
    <>
      {asked.problem !== undefined && (
        <KeptAfterProblem problem={asked.problem} again={asked.again} />
      )}
      <Report
        report={asked.value}
        viewer={props.viewer}
        again={asked.again}
        asking={asked.asking}
      />
    </>
  );
}

function Report(props: {
  report: ProgramReport;
  viewer: ViewerAbilities | undefined;
  again: () => void;
  asking: boolean;
}) {
  const { report, viewer, again } = props;
  const { program, decided } = report;
  const mayDecide = viewer?.decide ?? false;
  return (
    <div className={styles.program} aria-busy={props.asking}>
      <Enrolled program={program} isUpToDate={report.isUpToDate} />
      {program.proposal.length > 0 && <Beginning proposal={program.proposal} />}
      <Measures
        measures={program.measures}
        frozen={decided.baselines ?? []}
        origins={report.frozen}
        mayDecide={mayDecide}
        again={again}
      />
      <div className={styles.columns}>
        <Rollout
          steps={program.rollout}
          confirmed={decided.confirmed ?? []}
          mayDecide={mayDecide}
          again={again}
        />
        <RotationsDue rotations={program.rotations} />
        <Snapshots mayExport={viewer?.export} />
      </div>
    </div>
  );
}

function ProgramSkeleton() {
  return (
    <Loading className={styles.program}>
      <Sheet>
        <Skeleton width="min(30rem, 90%)" height={76} />
      </Sheet>
      <Skeleton width="min(22rem, 60%)" height={32} />
      <div className={styles.measures}>
        {[1, 2, 3, 4, 5, 6].map(key => (
          <Sheet key={key} className={styles.measure}>
            <div className={styles.section}>
              <Skeleton width="60%" height={20} />
              <Skeleton width="40%" height={36} />
              <Skeleton width="100%" height={10} />
              <Skeleton width="90%" height={64} />
            </div>
          </Sheet>
        ))}
      </div>
    </Loading>
  );
}
