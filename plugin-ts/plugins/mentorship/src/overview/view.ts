import { useCallback, useMemo } from 'react';
import { useSearchParams } from 'react-router-dom';
import {
  ASSESSMENTS_ORDER_FIELDS,
  AssessmentsFilter,
  AssessmentsOrder,
  BusFactorVerdict,
  Level,
  MentorshipStatus,
  RotationState,
} from 'backstage-plugin-mentorship-common';
import { LEVELS } from '../marks/LevelMark';
import { VERDICTS } from '../marks/StateMarks';

/** What the catalog-wide page shows; lives in the address, so that it can be shared. */
export interface View {
  filter: AssessmentsFilter;
  order: AssessmentsOrder | undefined;
}

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
  return { filter: filter as AssessmentsFilter, order: orderOf(parameters) };
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
  if (view.order) {
    parameters.set('order', `${view.order.field},${view.order.direction}`);
  }
  return parameters;
}

/** The view in the address, and how to change it. */
export function useView(): [View, (change: Partial<View>) => void] {
  const [parameters, setParameters] = useSearchParams();
  const text = parameters.toString();
  // Equal addresses give the same object, so that nothing is asked twice.
  const view = useMemo(() => viewOf(new URLSearchParams(text)), [text]);
  const change = useCallback(
    (changed: Partial<View>) =>
      setParameters(
        current => parametersOf({ ...viewOf(current), ...changed }),
        { replace: true },
      ),
    [setParameters],
  );
  return [view, change];
}

/** Whether anything narrows the list. */
export function isNarrowed(filter: AssessmentsFilter): boolean {
  return Object.values(filter).some(value =>
    Array.isArray(value) ? value.length > 0 : Boolean(value),
  );
}

function orderOf(parameters: URLSearchParams): AssessmentsOrder | undefined {
  const [name, direction] = (parameters.get('order') ?? '').split(',');
  const field = ASSESSMENTS_ORDER_FIELDS.find(known => known === name);
  return field && (direction === 'asc' || direction === 'desc')
    ? { field, direction }
    : undefined;
}
