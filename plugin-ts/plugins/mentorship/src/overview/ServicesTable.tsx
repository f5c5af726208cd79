import { useTranslationRef } from '@backstage/frontend-plugin-api';
import {
  Table,
  TablePagination,
  TableProps,
  useBreakpoint,
} from '@backstage/ui';
import { RiCompass3Line, RiSearchLine } from '@remixicon/react';
import type { AssessmentsFilter } from 'backstage-plugin-mentorship-common';
import { Blank } from '../states/States';
import { mentorshipTranslationRef } from '../translation';
import { useColumns } from './columns';
import { ServiceList } from './ServiceList';
import type { Service } from './ServicesPage';
import { ColumnId, isNarrowed } from './view';
import styles from './overview.module.css';

type ServiceTable = Omit<
  TableProps<Service>,
  'columnConfig' | 'rowConfig' | 'selection' | 'emptyState' | 'error'
>;

/** The services, one a row; one below the other where the screen is narrow. */
export function ServicesTable(props: {
  table: ServiceTable;
  filter: AssessmentsFilter;
  columns: readonly ColumnId[];
}) {
  const { t } = useTranslationRef(mentorshipTranslationRef);
  const { table, filter } = props;
  const columns = useColumns(props.columns);
  const { down } = useBreakpoint();
  const empty = <Empty filter={filter} />;
  if (table.data?.length === 0 && !table.isStale) {
    return empty;
  }
  if (down('sm') && table.data) {
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
