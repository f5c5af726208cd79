import { useMemo } from 'react';
import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { Cell, ColumnConfig } from '@backstage/ui';
import { LevelMark } from '../marks/LevelMark';
import { MentorshipMark, RotationMark } from '../marks/StateMarks';
import { mentorshipTranslationRef } from '../translation';
import { plainText, Words } from '../words/Words';
import {
  BusFactorFigure,
  DayCell,
  NumberCell,
  OwnerLink,
  ScoreFigure,
  ServiceLink,
  StewardAge,
  SystemLink,
  TextCell,
} from './RowParts';
import type { Service } from './Service';
import type { ColumnId } from './view';
import styles from './overview.module.css';

type Column = Omit<ColumnConfig<Service>, 'id' | 'label'>;

const COLUMNS: Record<ColumnId, Column> = {
  level: sortable(144, row => <LevelMark level={row.level} />),
  score: {
    ...sortable(94, row => <ScoreFigure row={row} />),
    width: 94,
  },
  stewardSince: sortable(138, row => <StewardAge row={row} />),
  rotationState: sortable(134, row => (
    <RotationMark state={row.rotationState} look="plain" />
  )),
  rotationDue: sortable(120, row => <DayCell day={row.rotationDue} />),
  busFactor: sortable(116, row => <BusFactorFigure row={row} />),
  mentorshipStatus: sortable(128, row => (
    <MentorshipMark status={row.mentorshipStatus} look="plain" />
  )),
  apprentices: sortable(100, row => <NumberCell value={row.apprentices} />),
  nextMilestoneDue: sortable(120, row => (
    <DayCell day={row.nextMilestoneDue} />
  )),
  owner: sortable(92, row => <OwnerLink row={row} />),
  system: sortable(110, row => <SystemLink row={row} />),
  tier: sortable(70, row => <NumberCell value={row.tier} />),
  lifecycle: sortable(110, row => <TextCell text={row.lifecycle} />),
  finding: {
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
};

/** The service, and the columns chosen. */
export function useColumns(
  chosen: readonly ColumnId[],
): ColumnConfig<Service>[] {
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
      ...chosen.map(id => ({
        ...COLUMNS[id],
        id,
        label: t(`overview.column.${id}`),
      })),
    ],
    [t, chosen],
  );
}

function sortable(
  minWidth: number,
  content: (row: Service) => JSX.Element,
): Column {
  return {
    isSortable: true,
    minWidth,
    cell: row => <Cell>{content(row)}</Cell>,
  };
}
