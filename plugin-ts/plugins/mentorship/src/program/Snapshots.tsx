import { useApi, useTranslationRef } from '@backstage/frontend-plugin-api';
import { Button, Skeleton } from '@backstage/ui';
import { RiDownloadLine } from '@remixicon/react';
import type { Snapshot } from 'backstage-plugin-mentorship-common';
import { mentorshipApiRef } from '../api';
import { useSnapshots } from '../answers/useAnswer';
import { useDownload } from '../downloads/useDownload';
import { Fold, Panel } from '../layout/Panel';
import { KeptAfterProblem } from '../states/Kept';
import { Failure, isNotPermitted } from '../states/States';
import { mentorshipTranslationRef } from '../translation';
import { Day, useLanguage } from '../words/Dates';
import text from '../layout/text.module.css';
import styles from './programPage.module.css';

/** How many weeks stand there before anybody asks for earlier ones. */
const SHOWN = 6;

/** The CSV of past weeks, for readers who may take it out. */
export function Snapshots({ mayExport }: { mayExport: boolean | undefined }) {
  const { t } = useTranslationRef(mentorshipTranslationRef);
  return (
    <Panel headingLevel={2} title={t('snapshots.title')}>
      {mayExport === false ? (
        <p className={styles.text}>{t('snapshots.notPermitted')}</p>
      ) : (
        <Weeks />
      )}
    </Panel>
  );
}

function Weeks() {
  const { t } = useTranslationRef(mentorshipTranslationRef);
  const asked = useSnapshots();
  if (asked.state === 'asking') {
    return <Skeleton width="100%" height={72} />;
  }
  if (asked.problem !== undefined && isNotPermitted(asked.problem)) {
    return <p className={styles.text}>{t('snapshots.notPermitted')}</p>;
  }
  if (asked.state === 'failed') {
    return <Failure problem={asked.problem} again={asked.again} />;
  }
  const { items } = asked.value;
  return (
    <>
      {asked.problem !== undefined && (
        <KeptAfterProblem
          part={t('snapshots.title')}
          problem={asked.problem}
          again={asked.again}
        />
      )}
      <p className={styles.text}>
        {items.length === 0 ? t('snapshots.empty') : t('snapshots.text')}
      </p>
      <List items={items.slice(0, SHOWN)} />
      {items.length > SHOWN && (
        <Fold label={t('snapshots.more', { count: items.length - SHOWN })}>
          <List items={items.slice(SHOWN)} />
        </Fold>
      )}
    </>
  );
}

function List({ items }: { items: readonly Snapshot[] }) {
  return items.length === 0 ? null : (
    <ul className={styles.rows}>
      {items.map(snapshot => (
        <Week key={snapshot.week} snapshot={snapshot} />
      ))}
    </ul>
  );
}

function Week({ snapshot }: { snapshot: Snapshot }) {
  const { t } = useTranslationRef(mentorshipTranslationRef);
  const api = useApi(mentorshipApiRef);
  const format = new Intl.NumberFormat(useLanguage());
  const { week, asOf, services } = snapshot;
  const { download, isPending } = useDownload({
    subject: 'snapshot',
    fetch: () => api.downloadSnapshot(week),
    fileName: () => `mentorship-${week}.csv`,
  });
  return (
    <li>
      <span>
        <strong className={styles.tabular}>{week}</strong>{' '}
        <span className={text.quiet}>
          {t('snapshots.asOf', { date: <Day day={asOf} /> })}
          {' · '}
          {t('snapshots.services', {
            count: services,
            formattedCount: format.format(services),
          })}
        </span>
      </span>
      <Button
        variant="tertiary"
        size="small"
        iconStart={<RiDownloadLine />}
        isPending={isPending}
        aria-label={t('snapshots.download', { week })}
        onPress={download}
      >
        {t('download.csv')}
      </Button>
    </li>
  );
}
