import { useState } from 'react';
import {
  toastApiRef,
  useAnalytics,
  useApi,
  useRouteRef,
  useTranslationRef,
} from '@backstage/frontend-plugin-api';
import { Skeleton } from '@backstage/ui';
import { RiErrorWarningLine, RiRefreshLine } from '@remixicon/react';
import { Link } from 'react-router-dom';
import type {
  MentorshipStatusReport,
  SourceReport,
} from 'backstage-plugin-mentorship-common';
import { mentorshipApiRef } from '../api';
import { ReasonedButton } from '../layout/ReasonedButton';
import { sourcesRouteRef } from '../routes';
import { Loading } from '../states/Loading';
import { message } from '../states/States';
import { mentorshipTranslationRef } from '../translation';
import { Moment } from '../words/Dates';
import styles from './overview.module.css';

/** When the services were judged, what is under way, and what went wrong. */
export function RunLine(props: {
  status: MentorshipStatusReport | undefined;
  again: () => void;
}) {
  const { t } = useTranslationRef(mentorshipTranslationRef);
  if (!props.status) {
    return (
      <Loading className={styles.run}>
        <Skeleton width="min(22rem, 60%)" height={20} />
      </Loading>
    );
  }
  const { currentRun, lastRun, sources, viewer } = props.status;
  const troubled = sources.filter(({ failed, stale }) => failed + stale > 0);
  return (
    <div className={styles.run}>
      <p className={styles.runText}>
        {currentRun?.finishedAt && (
          <span>
            {t('overview.lastRun')} <Moment at={currentRun.finishedAt} />
          </span>
        )}
        {lastRun?.outcome === 'running' && (
          <span role="status">{t('overview.running')}</span>
        )}
        {lastRun?.outcome === 'failed' && (
          <span className={styles.runTrouble} role="status">
            <RiErrorWarningLine aria-hidden="true" />
            {t('overview.runFailed')}
            {lastRun.failure ? `: ${lastRun.failure}` : '.'}{' '}
            {currentRun && t('overview.runFailedKept')}
          </span>
        )}
        {troubled.map(source => (
          <SourceTrouble key={source.id} source={source} />
        ))}
      </p>
      <RefreshButton permitted={viewer.refresh} again={props.again} />
    </div>
  );
}

/** How many places a source could not read; leads to where it is said why. */
function SourceTrouble({ source }: { source: SourceReport }) {
  const { t } = useTranslationRef(mentorshipTranslationRef);
  const sources = useRouteRef(sourcesRouteRef);
  const { title, failed, stale } = source;
  const words = t('overview.sourceTrouble', { title, count: failed + stale });
  return (
    <span className={styles.runTrouble}>
      <RiErrorWarningLine aria-hidden="true" />
      {sources ? <Link to={sources()}>{words}</Link> : words}
    </span>
  );
}

function RefreshButton(props: { permitted: boolean; again: () => void }) {
  const { t } = useTranslationRef(mentorshipTranslationRef);
  const api = useApi(mentorshipApiRef);
  const toasts = useApi(toastApiRef);
  const analytics = useAnalytics();
  const [busy, setBusy] = useState(false);
  const refresh = async () => {
    setBusy(true);
    try {
      const { outcome } = await api.refresh();
      analytics.captureEvent('click', 'run now');
      toasts.post({
        title:
          outcome === 'started'
            ? t('overview.refreshStarted')
            : t('overview.refreshJoined'),
        status: 'success',
      });
      props.again();
    } catch (problem) {
      toasts.post({
        title: t('overview.refreshFailed'),
        description: message(problem),
        status: 'danger',
      });
    } finally {
      setBusy(false);
    }
  };
  return (
    <ReasonedButton
      label={t('overview.refresh')}
      icon={<RiRefreshLine />}
      isPending={busy}
      reasonAgainst={
        props.permitted ? undefined : t('overview.refreshNotPermitted')
      }
      onPress={refresh}
    >
      {t('overview.refresh')}
    </ReasonedButton>
  );
}
