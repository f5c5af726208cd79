import type { ReactNode } from 'react';
import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { Skeleton } from '@backstage/ui';
import type {
  MentorshipStatusReport,
  RunReport,
} from 'backstage-plugin-mentorship-common';
import { useStatus } from '../answers/useAnswer';
import { Page, Sheet } from '../layout/Page';
import { Facts, Panel } from '../layout/Panel';
import { Loading } from '../states/Loading';
import { KeptAfterProblem } from '../states/Kept';
import { Problem } from '../states/States';
import { mentorshipTranslationRef } from '../translation';
import { Day, Moment, useLanguage } from '../words/Dates';
import { Repositories } from './Repositories';
import { SourceTable } from './SourceTable';
import { Warning } from './Warning';
import text from '../layout/text.module.css';
import styles from './sources.module.css';

/** For operators: what was read when, what failed, and why. */
export function SourcesPage() {
  const asked = useStatus();
  return (
    <Page>
      {asked.state === 'asking' && <SourcesSkeleton />}
      {asked.state === 'failed' && (
        <Problem problem={asked.problem} again={asked.again} />
      )}
      {asked.state === 'answered' && (
        <>
          {asked.problem !== undefined && (
            <KeptAfterProblem problem={asked.problem} again={asked.again} />
          )}
          <Status status={asked.value} />
        </>
      )}
    </Page>
  );
}

function Status({ status }: { status: MentorshipStatusReport }) {
  const { t } = useTranslationRef(mentorshipTranslationRef);
  return (
    <>
      <Runs status={status} />
      <Panel headingLevel={2} title={t('sources.title')}>
        <SourceTable sources={status.sources} />
      </Panel>
      <Repositories runId={status.currentRun?.id} />
    </>
  );
}

function Runs({ status }: { status: MentorshipStatusReport }) {
  const { t } = useTranslationRef(mentorshipTranslationRef);
  const { currentRun, lastRun, version, warnings } = status;
  const isNewer = lastRun && lastRun.id !== currentRun?.id;
  return (
    <Panel
      headingLevel={2}
      title={t('sources.run')}
      aside={
        <span className={text.quiet}>
          {t('sources.version')} {version}
        </span>
      }
    >
      {warnings?.map(warning => (
        <Warning key={warning} text={warning} />
      ))}
      <div className={styles.runs}>
        {currentRun ? (
          <Run label={t('sources.shown')} run={currentRun} />
        ) : (
          <p className={styles.text}>
            <strong>{t('states.pendingTitle')}.</strong>{' '}
            {t('states.pendingText')}
          </p>
        )}
        {isNewer && <Run label={t('sources.last')} run={lastRun} />}
      </div>
    </Panel>
  );
}

function Run({ label, run }: { label: string; run: RunReport }) {
  const { t } = useTranslationRef(mentorshipTranslationRef);
  const format = new Intl.NumberFormat(useLanguage());
  const counted = (
    name: string,
    count: number | undefined,
  ): readonly [string, ReactNode] | undefined =>
    count === undefined ? undefined : [name, format.format(count)];
  return (
    <section aria-label={label} className={styles.run}>
      <h3 className={styles.runTitle}>
        {label}{' '}
        <span className={text.quiet}>
          {t(`sources.outcome.${run.outcome}`)}
          {' · '}
          {t('sources.asOf', { date: <Day day={run.asOf} /> })}
        </span>
      </h3>
      {run.failure && <Warning text={run.failure} />}
      <Facts
        look="line"
        facts={[
          [t('sources.started'), <Moment key="started" at={run.startedAt} />],
          run.finishedAt
            ? [
                t('sources.finished'),
                <Moment key="finished" at={run.finishedAt} />,
              ]
            : undefined,
          counted(t('sources.entities'), run.entities),
          counted(t('sources.services'), run.services),
          counted(t('sources.errors'), run.errors),
        ]}
      />
    </section>
  );
}

function SourcesSkeleton() {
  return (
    <Loading className={styles.runs}>
      {[1, 2].map(key => (
        <Sheet key={key} className={styles.skeleton}>
          <Skeleton width="30%" height={24} />
          <Skeleton width="100%" height={120} />
        </Sheet>
      ))}
    </Loading>
  );
}
