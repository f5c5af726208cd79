import type {
  AssessmentHistory,
  HistoryChange,
  HistoryValue,
} from 'backstage-plugin-mentorship-common';
import { civilDay } from '../words/days';

const WEEK = 7 * 24 * 60 * 60 * 1_000;

/** The changes of the last seven days and those before, the newest first. */
export function byWeek(history: AssessmentHistory): {
  lately: readonly HistoryChange[];
  earlier: readonly HistoryChange[];
} {
  const until = civilDay(history.until) ?? 0;
  const isLate = ({ day }: HistoryChange) =>
    until - (civilDay(day) ?? 0) < WEEK;
  const newestFirst = [...history.changes].reverse();
  return {
    lately: newestFirst.filter(isLate),
    earlier: newestFirst.filter(change => !isLate(change)),
  };
}

/** What several changes come to: what came and went again is not told. */
export function summedUp(
  newestFirst: readonly HistoryChange[],
): Pick<HistoryChange, 'values' | 'began' | 'ceased'> {
  const values = new Map<HistoryValue, HistoryChange['values'][number]>();
  const began = new Set<string>();
  const ceased = new Set<string>();
  for (const change of [...newestFirst].reverse()) {
    for (const { value, from, to } of change.values) {
      values.set(value, { value, from: values.get(value)?.from ?? from, to });
    }
    move(change.began, ceased, began);
    move([...change.ceased, ...change.lostSight], began, ceased);
    change.lostSight.forEach(rule => ceased.delete(rule));
  }
  return {
    values: [...values.values()].filter(({ from, to }) => from !== to),
    began: [...began],
    ceased: [...ceased],
  };
}

/** Takes rules out of one set, or else puts them into the other. */
function move(rules: readonly string[], from: Set<string>, to: Set<string>) {
  for (const rule of rules) {
    if (!from.delete(rule)) {
      to.add(rule);
    }
  }
}

/** Whether the service has been watched for less than a week. */
export function isNew({ points, until }: AssessmentHistory): boolean {
  const [first] = points;
  return !first || (civilDay(until) ?? 0) - (civilDay(first.day) ?? 0) < WEEK;
}
