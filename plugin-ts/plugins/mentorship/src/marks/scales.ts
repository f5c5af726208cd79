/** Levels and verdicts in the order in which they are shown. */

import type {
  BusFactorVerdict,
  Level,
} from 'backstage-plugin-mentorship-common';

/** The four levels that a service climbs, from the lowest. */
export const LADDER = [
  'exposed',
  'developing',
  'covered',
  'resilient',
] as const satisfies readonly Level[];

/** All levels. */
export const LEVELS = [
  ...LADDER,
  'unknown',
  'not-enrolled',
] as const satisfies readonly Level[];

/** The verdicts on a bus factor, the fewest people first. */
export const VERDICTS = [
  'orphaned',
  'single',
  'thin',
  'resilient',
  'unknown',
] as const satisfies readonly BusFactorVerdict[];
