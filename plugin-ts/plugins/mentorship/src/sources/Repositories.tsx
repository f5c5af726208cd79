import { useState } from 'react';
import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { Button, Skeleton } from '@backstage/ui';
import {
  RiCheckboxCircleLine,
  RiErrorWarningLine,
  RiEyeOffLine,
  RiHistoryLine,
} from '@remixicon/react';
import type { RepositoryReport } from 'backstage-plugin-mentorship-common';
import { useRepositories } from '../answers/useAnswer';
import { useReloadAfterRun } from '../answers/useReloadAfterRun';
import { DataTable } from '../layout/DataTable';
import { Panel } from '../layout/Panel';
import { Mark, Tone } from '../marks/Mark';
import { KeptAfterProblem } from '../states/Kept';
import { Problem } from '../states/States';
import { mentorshipTranslationRef } from '../translation';
import { Moment, useLanguage } from '../words/Dates';
import { OutsideLink, WithCode } from '../words/Words';
import text from '../layout/text.module.css';
import styles from './sources.module.css';

/** How every repository was read; those first that are not fresh. */
export function Repositories({ runId }: { runId?: number }) {
  const { t } = useTranslationRef(mentorshipTranslationRef);
  const asked = useRepositories();
  useReloadAfterRun(runId, asked.again);
  return (
    <Panel headingLevel={2} title={t('sources.repositories')}>
      {asked.state === 'asking' && <Skeleton width="100%" height={120} />}
      {asked.state === 'failed' && (
        <Problem problem={asked.problem} again={asked.again} />
      )}
      {asked.state === 'answered' && (
        <>
          {asked.problem !== undefined && (
            <KeptAfterProblem
              part={t('sources.repositories')}
              problem={asked.problem}
              again={asked.again}
            />
          )}
          {asked.value.repositories ? (
            <List repositories={asked.value.repositories} />
          ) : (
            <p className={styles.text}>{t('sources.notPermitted')}</p>
          )}
        </>
      )}
    </Panel>
  );
}

/** How many repositories are drawn at first, and more at each press. */
const SHOWN = 25;

function List(props: { repositories: readonly RepositoryReport[] }) {
  const { t } = useTranslationRef(mentorshipTranslationRef);
  const format = new Intl.NumberFormat(useLanguage());
  const [shown, setShown] = useState(SHOWN);
  const { repositories } = props;
  const hidden = repositories.length - shown;
  if (repositories.length === 0) {
    return <p className={styles.text}>{t('sources.noRepositories')}</p>;
  }
  return (
    <>
      <DataTable
        label={t('sources.repositories')}
        columns={[
          { label: t('sources.repository') },
          { label: t('sources.state') },
          { label: t('sources.read') },
          { label: t('sources.commits'), isNumber: true },
        ]}
        rows={repositories.slice(0, shown).map(repository => ({
          key: `${repository.source} ${repository.repository}`,
          cells: [
            <div key="repository" className={styles.repository}>
              <OutsideLink href={repository.repository}>
                {repository.repository}
              </OutsideLink>
              {repository.reason && (
                <p className={text.quiet}>
                  <WithCode text={repository.reason} />
                </p>
              )}
            </div>,
            <RepositoryMark key="state" state={repository.state} />,
            repository.collectedAt ? (
              <Moment key="read" at={repository.collectedAt} />
            ) : (
              t('sources.never')
            ),
            repository.history
              ? format.format(repository.history.commits)
              : '–',
          ],
        }))}
      />
      {hidden > 0 && (
        <Button
          variant="secondary"
          size="small"
          className={styles.more}
          onPress={() => setShown(shown + SHOWN)}
        >
          {t('sources.more', { count: hidden })}
        </Button>
      )}
    </>
  );
}

const STATES: Record<RepositoryReport['state'], [Tone, JSX.Element]> = {
  fresh: ['positive', <RiCheckboxCircleLine />],
  stale: ['warning', <RiHistoryLine />],
  failed: ['negative', <RiErrorWarningLine />],
  'not-collected': ['neutral', <RiEyeOffLine />],
};

function RepositoryMark({ state }: { state: RepositoryReport['state'] }) {
  const { t } = useTranslationRef(mentorshipTranslationRef);
  const [tone, icon] = STATES[state];
  return (
    <Mark tone={tone} icon={icon} look="plain">
      {t(`sources.states.${state}`)}
    </Mark>
  );
}
