import { lazy, Suspense, useDeferredValue, useState } from 'react';
import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { Skeleton, useBreakpoint } from '@backstage/ui';
import { RiGridFill } from '@remixicon/react';
import type { AssessmentsFilter } from 'backstage-plugin-mentorship-common';
import { useStatus } from '../answers/useAnswer';
import { useReloadAfterRun } from '../answers/useReloadAfterRun';
import { Look, LookSwitch } from '../layout/LookSwitch';
import { Page, Sheet } from '../layout/Page';
import { Loading } from '../states/Loading';
import { KeptAfterProblem } from '../states/Kept';
import { FirstPass, Problem } from '../states/States';
import { mentorshipTranslationRef } from '../translation';
import { ColumnChoice } from './ColumnChoice';
import { Filters } from './Filters';
import { GroupingSwitch } from './GroupingSwitch';
import { LevelTotals } from './LevelTotals';
import { MentorFirst } from './MentorFirst';
import { ProgramHeadline } from './ProgramHeadline';
import { RunLine } from './RunLine';
import { ServicesTable } from './ServicesTable';
import { useEffectiveFilter } from '../view/useEffectiveFilter';
import { useServiceTable } from './useServiceTable';
import { USUAL_COLUMNS, useView, View } from '../view/view';
import styles from './overview.module.css';

// The map is loaded where it is drawn.
const GroupedServices = lazy(() =>
  import('../groups/GroupedServices').then(m => ({
    default: m.GroupedServices,
  })),
);

/** The catalog-wide page. */
export function ServicesPage() {
  const status = useStatus();
  const pending =
    status.state === 'answered' && !status.value.firstPassComplete;
  return (
    <Page>
      {status.state !== 'failed' && (
        <RunLine
          status={status.state === 'answered' ? status.value : undefined}
          again={status.again}
        />
      )}
      {pending ? (
        <FirstPass />
      ) : (
        <Services
          runId={
            status.state === 'answered'
              ? status.value.currentRun?.id
              : undefined
          }
        />
      )}
    </Page>
  );
}

function Services({ runId }: { runId?: number }) {
  const [view, change] = useView();
  const filter = useEffectiveFilter(view);
  // Until it is known who reads, nothing of theirs can be asked for.
  return filter ? (
    <Listed view={view} filter={filter} change={change} runId={runId} />
  ) : null;
}

function Listed(props: {
  view: View;
  filter: AssessmentsFilter;
  change: (change: Partial<View>) => void;
  runId: number | undefined;
}) {
  const { t } = useTranslationRef(mentorshipTranslationRef);
  const { view, filter, change, runId } = props;
  const { columns = USUAL_COLUMNS } = view;
  const [look, setLook] = useState<Look>('picture');
  // One below the other, services have no columns.
  const isNarrow = useBreakpoint().down('sm');

  const { table, totals, error, problem, reload } = useServiceTable({
    view,
    filter,
    change,
  });
  useReloadAfterRun(runId, reload);
  // The rows are drawn first: what is to be chosen among them can wait for them.
  const isListed = useDeferredValue(table.data !== undefined);
  if (error && !table.data) {
    return <Problem problem={error} again={reload} />;
  }
  return (
    <>
      <div className={styles.lead}>
        <ProgramHeadline runId={runId} />
        <LevelTotals
          totals={totals}
          chosen={view.filter.level ?? []}
          onChange={level => change({ filter: { ...view.filter, level } })}
        />
      </div>
      <MentorFirst runId={runId} isFolded={isNarrow || view.by !== undefined} />
      <Sheet className={styles.services}>
        <Filters
          view={view}
          filter={filter}
          matching={totals?.matching}
          hasChoices={isListed}
          onChange={change}
        >
          <GroupingSwitch by={view.by} onChange={by => change({ by })} />
          {view.by && (
            <LookSwitch
              look={look}
              picture={t('groups.heatMap')}
              icon={<RiGridFill />}
              onChange={setLook}
            />
          )}
          {!view.by && !isNarrow && (
            <ColumnChoice
              columns={columns}
              onChange={chosen => change({ columns: chosen })}
            />
          )}
        </Filters>
        {problem !== undefined && (
          <KeptAfterProblem
            part={t('overview.table')}
            problem={problem}
            again={reload}
          />
        )}
        {view.by ? (
          <Suspense fallback={<MapSkeleton />}>
            <GroupedServices
              by={view.by}
              look={look}
              filter={filter}
              runId={runId}
            />
          </Suspense>
        ) : (
          <ServicesTable table={table} filter={filter} columns={columns} />
        )}
      </Sheet>
    </>
  );
}

function MapSkeleton() {
  return (
    <Loading>
      <Skeleton width="100%" height={240} />
    </Loading>
  );
}
