import type {
  HistoryChange,
  HistoryPoint,
  HistoryValue,
} from 'backstage-plugin-mentorship-common';

const VALUES: HistoryValue[] = [
  'level',
  'score',
  'coverage',
  'mentorshipStatus',
  'rotationState',
  'busFactor',
  'busFactorVerdict',
];

/** Why each point but the first differs from the one before it. */
export function changesBetween(points: HistoryPoint[]): HistoryChange[] {
  return points.slice(1).map((now, at) => changeOf(points[at], now));
}

function changeOf(before: HistoryPoint, now: HistoryPoint): HistoryChange {
  const failed = new Set(before.failedRules);
  const fails = new Set(now.failedRules);
  const unknown = new Set(now.unknownRules);
  const gone = before.failedRules.filter(rule => !fails.has(rule));
  return {
    day: now.day,
    values: VALUES.filter(value => before[value] !== now[value]).map(value => ({
      value,
      from: before[value],
      to: now[value],
    })),
    began: now.failedRules.filter(rule => !failed.has(rule)),
    ceased: gone.filter(rule => !unknown.has(rule)),
    lostSight: gone.filter(rule => unknown.has(rule)),
  };
}
