import { useMemo } from 'react';
import { useTranslationRef } from '@backstage/frontend-plugin-api';
import {
  Cell,
  ColumnConfig,
  Table,
  TablePagination,
  TableProps,
  useBreakpoint,
} from '@backstage/ui';
import { RiCompass3Line, RiSearchLine } from '@remixicon/react';
import type { AssessmentsFilter } from 'backstage-plugin-mentorship-common';
import { LevelMark } from '../marks/LevelMark';
import { MentorshipMark, RotationMark } from '../marks/StateMarks';
import { Blank } from '../states/States';
import { mentorshipTranslationRef } from '../translation';
import { plainText, Words } from '../words/Words';
import {
  BusFactorFigure,
  OwnerLink,
  ScoreFigure,
  ServiceLink,
  StewardAge,
} from './RowParts';
import { ServiceList } from './ServiceList';
import type { Service } from './ServicesPage';
import { isNarrowed } from './view';
import styles from './overview.module.css';

type ServiceTable = Omit<
  TableProps<Service>,
  'columnConfig' | 'rowConfig' | 'selection' | 'emptyState' | 'error'
>;

/** The services, one a row; one below the other where the screen is narrow. */
export function ServicesTable(props: {
  table: ServiceTable;
  filter: AssessmentsFilter;
}) {
  const { t } = useTranslationRef(mentorshipTranslationRef);
  const { table, filter } = props;
  const columns = useColumns();
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

/** The ids are the backend's order fields, where a column can be sorted. */
function useColumns(): ColumnConfig<Service>[] {
  const { t } = useTranslationRef(mentorshipTranslationRef);
  return useMemo(
    () => [
      {
        id: 'title',
        label: t('overview.column.title'),
        isSortable: true,
        isRowHeader: true,
        minWidth: 138,
        defaultWidth: '1.4fr',
        cell: row => (
          <Cell>
            <ServiceLink row={row} />
          </Cell>
        ),
      },
      {
        id: 'level',
        label: t('overview.column.level'),
        isSortable: true,
        minWidth: 144,
        cell: row => (
          <Cell>
            <LevelMark level={row.level} />
          </Cell>
        ),
      },
      {
        id: 'score',
        label: t('overview.column.score'),
        isSortable: true,
        minWidth: 80,
        width: 80,
        cell: row => (
          <Cell>
            <ScoreFigure row={row} />
          </Cell>
        ),
      },
      {
        id: 'stewardSince',
        label: t('overview.column.steward'),
        isSortable: true,
        minWidth: 138,
        cell: row => (
          <Cell>
            <StewardAge row={row} />
          </Cell>
        ),
      },
      {
        id: 'rotationState',
        label: t('overview.column.rotation'),
        isSortable: true,
        minWidth: 134,
        cell: row => (
          <Cell>
            <RotationMark state={row.rotationState} look="plain" />
          </Cell>
        ),
      },
      {
        id: 'busFactor',
        label: t('overview.column.busFactor'),
        isSortable: true,
        minWidth: 116,
        cell: row => (
          <Cell>
            <BusFactorFigure row={row} />
          </Cell>
        ),
      },
      {
        id: 'mentorshipStatus',
        label: t('overview.column.mentorship'),
        isSortable: true,
        minWidth: 130,
        cell: row => (
          <Cell>
            <MentorshipMark status={row.mentorshipStatus} look="plain" />
          </Cell>
        ),
      },
      {
        id: 'owner',
        label: t('overview.column.owner'),
        isSortable: true,
        minWidth: 92,
        cell: row => (
          <Cell>
            <OwnerLink row={row} />
          </Cell>
        ),
      },
      {
        id: 'finding',
        label: t('overview.column.finding'),
        minWidth: 164,
        defaultWidth: '2fr',
        cell: row => (
          <Cell>
            <span
              className={styles.finding}
              title={row.topFinding ? plainText(row.topFinding) : undefined}
            >
              {row.topFinding && <Words parts={row.topFinding} />}
            </span>
          </Cell>
        ),
      },
    ],
    [t],
  );
}
