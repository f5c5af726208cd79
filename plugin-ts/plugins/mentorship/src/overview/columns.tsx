import { useMemo } from 'react';
import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { Cell, ColumnConfig } from '@backstage/ui';
import { LevelMark } from '../marks/LevelMark';
import { MentorshipMark } from '../marks/StateMarks';
import { mentorshipTranslationRef } from '../translation';
import {
  BusFactorFigure,
  DayCell,
  NextSteps,
  NumberCell,
  OwnerLink,
  Rotation,
  ScoreFigure,
  ServiceLink,
  StewardAge,
  SystemLink,
  TextCell,
} from './RowParts';
import type { Service } from './Service';
import type { ColumnId } from '../view/view';

type Column = Omit<ColumnConfig<Service>, 'id' | 'label'>;

/** Widths in pixels, so that what is said in words gets all that is left. */
const COLUMNS: Record<ColumnId, Column> = {
  level: sortable(144, row => <LevelMark level={row.level} />),
  score: sortable(92, row => <ScoreFigure row={row} />),
  rotationState: {
    ...sortable(164, row => <Rotation row={row} />),
    defaultWidth: '1.1fr',
  },
  stewardSince: sortable(112, row => <StewardAge row={row} />),
  rotationDue: sortable(124, row => <DayCell day={row.rotationDue} />),
  busFactor: sortable(108, row => <BusFactorFigure row={row} />),
  mentorshipStatus: sortable(120, row => (
    <MentorshipMark status={row.mentorshipStatus} look="plain" />
  )),
  apprentices: sortable(100, row => <NumberCell value={row.apprentices} />),
  nextMilestoneDue: sortable(140, row => (
    <DayCell day={row.nextMilestoneDue} />
  )),
  owner: named(row => <OwnerLink row={row} />),
  system: named(row => <SystemLink row={row} />),
  tier: sortable(72, row => <NumberCell value={row.tier} />),
  lifecycle: sortable(112, row => <TextCell text={row.lifecycle} />),
  nextSteps: {
    minWidth: 190,
    defaultWidth: '1.2fr',
    cell: row => (
      <Cell>
        <NextSteps row={row} />
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
        minWidth: 150,
        // As wide as whose a service is, and what, in a line.
        defaultWidth: '1.6fr',
        cell: row => (
          <Cell>
            <ServiceLink row={row} columns={chosen} />
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

/** A name has the length that somebody gave it. */
function named(content: (row: Service) => JSX.Element): Column {
  return { ...sortable(116, content), defaultWidth: '0.8fr' };
}

function sortable(
  width: number,
  content: (row: Service) => JSX.Element,
): Column {
  return {
    isSortable: true,
    minWidth: width,
    defaultWidth: width,
    cell: row => <Cell>{content(row)}</Cell>,
  };
}
