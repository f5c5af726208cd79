import { useCallback, useMemo, useState } from 'react';
import { useAnalytics } from '@backstage/frontend-plugin-api';
import { useSearchParams } from 'react-router-dom';
import {
  AssessmentGroupsQuery,
  ASSESSMENTS_ORDER_FIELDS,
  AssessmentsFilter,
  AssessmentsOrder,
  BusFactorVerdict,
  Level,
  MentorshipStatus,
  RotationState,
} from 'backstage-plugin-mentorship-common';
import { LEVELS, VERDICTS } from '../marks/scales';

/** What the catalog-wide page shows; lives in the address, so that it can be shared. */
export interface View {
  filter: AssessmentsFilter;
  /** Whether only what the reader or their teams own is listed. */
  mine?: boolean;
  order?: AssessmentsOrder;
  /** By what services are grouped; one by one where absent. */
  by?: Grouping;
  /** The columns of the table beside the service; the usual ones where absent. */
  columns?: readonly ColumnId[];
  /** Rows of a page; as many as the first of `PAGE_SIZES` where absent. */
  pageSize?: number;
  /** Where the page of rows begins; the first page where absent. */
  cursor?: string;
}

/** Page sizes on offer; the backend's largest page is the last. */
export const PAGE_SIZES = [20, 50, 100];

/** What services of one group have in common. */
export type Grouping = AssessmentGroupsQuery['by'];

const GROUPINGS = ['owner', 'system'] as const satisfies readonly Grouping[];

/** Columns in their order; the ids are the backend's order fields, where there is one. */
export const COLUMN_IDS = [
  'level',
  'score',
  'rotationState',
  'stewardSince',
  'rotationDue',
  'busFactor',
  'mentorshipStatus',
  'apprentices',
  'nextMilestoneDue',
  'owner',
  'system',
  'tier',
  'lifecycle',
  'nextSteps',
] as const;

/** What the column of next steps was called in addresses that people kept. */
const FORMER_STEPS = 'finding';

/** A column that can be shown or not. */
export type ColumnId = (typeof COLUMN_IDS)[number];

/** What the table shows as long as nobody chooses. */
export const USUAL_COLUMNS: readonly ColumnId[] = [
  'level',
  'score',
  'rotationState',
  'busFactor',
  'mentorshipStatus',
  'nextSteps',
];

export const STATUSES = [
  'active',
  'planned',
  'stalled',
  'graduated',
  'none',
  'unknown',
] as const satisfies readonly MentorshipStatus[];

export const ROTATIONS = [
  'overdue',
  'vacant',
  'window',
  'settling',
  'unknown',
] as const satisfies readonly RotationState[];

/** The filters that hold lists, and the values they may take where it is known. */
const LISTS = {
  level: LEVELS as readonly Level[],
  mentorshipStatus: STATUSES as readonly MentorshipStatus[],
  rotationState: ROTATIONS as readonly RotationState[],
  busFactorVerdict: VERDICTS as readonly BusFactorVerdict[],
  owner: undefined,
  system: undefined,
  rule: undefined,
  type: undefined,
  lifecycle: undefined,
} as const;

/** The name of a filter that holds a list. */
export type ListFilter = keyof typeof LISTS;

/** The view that the address describes; what it cannot mean is left out. */
export function viewOf(parameters: URLSearchParams): View {
  const filter: Record<string, unknown> = {};
  const text = parameters.get('text');
  if (text) {
    filter.text = text;
  }
  for (const [name, allowed] of Object.entries(LISTS)) {
    const values = parameters
      .getAll(name)
      .filter(
        value =>
          value && (!allowed || (allowed as readonly string[]).includes(value)),
      );
    if (values.length > 0) {
      filter[name] = [...new Set(values)];
    }
  }
  const tiers = parameters
    .getAll('tier')
    .filter(tier => /^[1-9]\d?$/.test(tier));
  if (tiers.length > 0) {
    filter.tier = [...new Set(tiers.map(Number))];
  }
  const order = orderOf(parameters);
  const by = GROUPINGS.find(known => known === parameters.get('by'));
  const columns = columnsOf(parameters);
  const wanted = Number(parameters.get('limit'));
  const pageSize = PAGE_SIZES.slice(1).find(size => size === wanted);
  const cursor = parameters.get('cursor');
  return {
    filter: filter as AssessmentsFilter,
    ...(parameters.get('mine') === 'true' && { mine: true }),
    ...(order && { order }),
    ...(by && { by }),
    ...(columns && { columns }),
    ...(pageSize && { pageSize }),
    ...(cursor && { cursor }),
  };
}

/** The address of a view. */
export function parametersOf(view: View): URLSearchParams {
  const parameters = new URLSearchParams();
  if (view.filter.text) {
    parameters.set('text', view.filter.text);
  }
  for (const name of Object.keys(LISTS) as ListFilter[]) {
    for (const value of view.filter[name] ?? []) {
      parameters.append(name, value);
    }
  }
  for (const tier of view.filter.tier ?? []) {
    parameters.append('tier', String(tier));
  }
  if (view.mine) {
    parameters.set('mine', 'true');
  }
  if (view.by) {
    parameters.set('by', view.by);
  }
  if (view.columns) {
    parameters.set('columns', view.columns.join(','));
  }
  if (view.order) {
    parameters.set('order', `${view.order.field},${view.order.direction}`);
  }
  if (view.pageSize) {
    parameters.set('limit', String(view.pageSize));
  }
  if (view.cursor) {
    parameters.set('cursor', view.cursor);
  }
  return parameters;
}

/** The view in the address, and how to change it. */
export function useView(): [View, (change: Partial<View>) => void] {
  const [parameters, setParameters] = useSearchParams();
  const text = parameters.toString();
  const read = useMemo(() => viewOf(new URLSearchParams(text)), [text]);
  const filter = useSame(read.filter);
  const order = useSame(read.order);
  const view = useMemo(
    () => ({ ...read, filter, ...(order && { order }) }),
    [read, filter, order],
  );
  const analytics = useAnalytics();
  const change = useCallback(
    (changed: Partial<View>) => {
      // What was changed, not to what: values may name people.
      analytics.captureEvent('change view', Object.keys(changed).join(', '));
      setParameters(
        current => {
          const { cursor, ...others } = viewOf(current);
          // Other rows begin with their first page; columns show the same rows.
          const kept = 'columns' in changed ? { cursor } : {};
          return parametersOf({ ...others, ...kept, ...changed });
        },
        { replace: true },
      );
    },
    [analytics, setParameters],
  );
  return [view, change];
}

/** The same object as before where it says the same, so that nothing is asked twice. */
function useSame<T>(value: T): T {
  const [last, setLast] = useState(value);
  if (JSON.stringify(value) === JSON.stringify(last)) {
    return last;
  }
  setLast(value);
  return value;
}

/** Whether anything narrows the list. */
export function isNarrowed(filter: AssessmentsFilter): boolean {
  return Object.values(filter).some(value =>
    Array.isArray(value) ? value.length > 0 : Boolean(value),
  );
}

/**
 * How many filters narrow the view, beside what is in sight of every list: the
 * words looked for, and the levels.
 */
export function activeFilters({ filter, mine }: View): number {
  const { text, level, ...others } = filter;
  const narrowing = Object.values(others).filter(
    value => Array.isArray(value) && value.length > 0,
  );
  return narrowing.length + (mine ? 1 : 0);
}

function columnsOf(parameters: URLSearchParams): ColumnId[] | undefined {
  const chosen = parameters.get('columns')?.split(',');
  const named = chosen?.map(id => (id === FORMER_STEPS ? 'nextSteps' : id));
  return named && COLUMN_IDS.filter(id => named.includes(id));
}

function orderOf(parameters: URLSearchParams): AssessmentsOrder | undefined {
  const [name, direction] = (parameters.get('order') ?? '').split(',');
  const field = ASSESSMENTS_ORDER_FIELDS.find(known => known === name);
  return field && (direction === 'asc' || direction === 'desc')
    ? { field, direction }
    : undefined;
}
