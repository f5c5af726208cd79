import type {
  BusFactorVerdict,
  Level,
  MentorshipStatus,
  RotationState,
} from './wire';

/**
 * What a service was from a day on, until its next point.
 *
 * @public
 */
export interface HistoryPoint {
  /** The first day, `YYYY-MM-DD`. */
  day: string;
  /** The level. */
  level: Level;
  /** Percent. */
  score: number | null;
  /** Percent of the rules' weight that could be judged. */
  coverage: number | null;
  /** The status of mentoring. */
  mentorshipStatus: MentorshipStatus;
  /** The state of the steward's rotation. */
  rotationState: RotationState;
  /** The headline bus factor. */
  busFactor: number | null;
  /** The verdict on it. */
  busFactorVerdict: BusFactorVerdict;
  /** Ids of the rules that failed, in their order. */
  failedRules: string[];
  /** Ids of the rules that could not be judged, in their order. */
  unknownRules: string[];
}

/**
 * A value of a point that changed.
 *
 * @public
 */
export type HistoryValue = Exclude<
  keyof HistoryPoint,
  'day' | 'failedRules' | 'unknownRules'
>;

/**
 * Why a point differs from the one before.
 *
 * @public
 */
export interface HistoryChange {
  /** The day of the point. */
  day: string;
  /** Values that changed. */
  values: Array<{
    value: HistoryValue;
    from: string | number | null;
    to: string | number | null;
  }>;
  /** Ids of rules that fail and did not before. */
  began: string[];
  /** Ids of rules that failed before and do not any more. */
  ceased: string[];
  /** Ids of rules that failed before and cannot be judged any more. */
  lostSight: string[];
}

/**
 * How a service came to be what it is.
 *
 * @public
 */
export interface AssessmentHistory {
  /** The service. */
  entityRef: string;
  /** The day that the newest results are of: the last point holds until then. */
  until: string;
  /** The days on which something changed, the oldest first. */
  points: HistoryPoint[];
  /** The reasons, for each point but the first. */
  changes: HistoryChange[];
}
