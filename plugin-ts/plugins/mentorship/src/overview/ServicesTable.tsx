import { memo, startTransition, useEffect, useMemo, useState } from 'react';
import { useTranslationRef } from '@backstage/frontend-plugin-api';
import {
  Skeleton,
  Table,
  TablePagination,
  TableProps,
  useBreakpoint,
} from '@backstage/ui';
import { RiCompass3Line, RiSearchLine } from '@remixicon/react';
import type { AssessmentsFilter } from 'backstage-plugin-mentorship-common';
import { Loading } from '../states/Loading';
import { Blank } from '../states/States';
import { mentorshipTranslationRef } from '../translation';
import { useColumns } from './columns';
import { ServiceList } from './ServiceList';
import type { Service } from './Service';
import { ColumnId, isNarrowed } from '../view/view';
import styles from './overview.module.css';

type ServiceTable = Omit<
  TableProps<Service>,
  'columnConfig' | 'rowConfig' | 'selection' | 'emptyState' | 'error'
>;

interface Props {
  table: ServiceTable;
  filter: AssessmentsFilter;
  columns: readonly ColumnId[];
}

/**
 * The services, one a row; one below the other where the screen is narrow. Drawn
 * again only where something of it changed: of all the page, it takes longest.
 */
export const ServicesTable = memo(Drawn);

function Drawn(props: Props) {
  const { t } = useTranslationRef(mentorshipTranslationRef);
  const { filter } = props;
  const table = useFirstScreenFirst(props.table);
  const columns = useColumns(props.columns);
  const { down } = useBreakpoint();
  const empty = <Empty filter={filter} />;
  if (table.data?.length === 0 && !table.isStale) {
    return empty;
  }
  if (!table.data) {
    return <RowsSkeleton />;
  }
  if (down('sm')) {
    return (
      <>
        <ServiceList services={table.data} isStale={table.isStale} />
        {table.pagination.type === 'page' && (
          <TablePagination {...table.pagination} />
        )}
      </>
    );
  }
  return (
    <section aria-label={t('overview.table')}>
      <Table
        {...table}
        columnConfig={columns}
        emptyState={empty}
        className={styles.table}
      />
    </section>
  );
}

/** More rows than fit on the first screen of most windows. */
const FIRST_SCREEN = 6;

/** The rows that are in sight at first, and a moment later all. */
function useFirstScreenFirst(table: ServiceTable): ServiceTable {
  const [isWhole, setWhole] = useState(false);
  const hasRows = table.data !== undefined;
  useEffect(() => {
    if (hasRows) {
      startTransition(() => setWhole(true));
    }
  }, [hasRows]);
  return useMemo(
    () =>
      isWhole ? table : { ...table, data: table.data?.slice(0, FIRST_SCREEN) },
    [table, isWhole],
  );
}

/** As plain as can be, so that the rows come sooner. */
function RowsSkeleton() {
  return (
    <Loading className={styles.rowsSkeleton}>
      {Array.from({ length: 5 }, (_, row) => (
        <Skeleton key={row} width="100%" height={56} />
      ))}
    </Loading>
  );
}

function Empty({ filter }: { filter: AssessmentsFilter }) {
  const { t } = useTranslationRef(mentorshipTranslationRef);
  return isNarrowed(filter) ? (
    <Blank icon={<RiSearchLine />} title={t('overview.noMatchTitle')}>
      {t('overview.noMatchText')}
    </Blank>
  ) : (
    <Blank icon={<RiCompass3Line />} title={t('overview.emptyTitle')}>
      {t('overview.emptyText')}
    </Blank>
  );
}
