import type { AssessmentsFilter } from './assessments';
import type { Program, ProgramDecided, ServiceRisk } from './wire';

/**
 * The program, for readers who may read every service.
 *
 * @public
 */
export interface ProgramReport {
  /** As the engine of the last run summed it up. */
  program: Program;
  /** What the program owner has set by now. */
  decided: ProgramDecided;
  /**
   * Who froze the baselines of `decided`, and when, where that is known. Names whom
   * the reader may see.
   */
  frozen: BaselineOrigin[];
  /**
   * Whether the program is of the run that is shown and takes all of `decided` into
   * account; the next run makes it so.
   */
  isUpToDate: boolean;
}

/**
 * How a baseline came to be frozen.
 *
 * @public
 */
export interface BaselineOrigin {
  /** The measure. */
  measure: string;
  /**
   * The user who set it to the value that it has; absent where the reader may not see
   * names.
   */
  setBy?: string;
  /** When, RFC 3339. */
  setAt: string;
}

/**
 * A page of the risk queue.
 *
 * @public
 */
export interface RiskQueueQuery extends AssessmentsFilter {
  /**
   * Where the page begins: a cursor of an earlier answer to the same filter. The
   * first page where absent.
   */
  cursor?: string;
  /** Services on the page, 1 to 100; 20 where absent. */
  limit?: number;
}

/**
 * Where to mentor first, in the core's order: the most points, then incidents, then
 * tier. Counts only services at risk that the reader may read.
 *
 * @public
 */
export interface RiskQueue {
  /** The page. */
  items: ServiceRisk[];
  /** Services at risk that match the filter. */
  totalItems: number;
  /** The cursor of the next page; absent where there is none. */
  pageInfo: { nextCursor?: string };
}

/**
 * What the CSV export said in a week. It never changes, but that people who were
 * erased are blank in it.
 *
 * @public
 */
export interface Snapshot {
  /** The week of ISO 8601, in UTC: `2026-W47`. */
  week: string;
  /** When it was taken, RFC 3339. */
  takenAt: string;
  /** The day that services were judged as of, `YYYY-MM-DD`. */
  asOf: string;
  /** How many there were. */
  services: number;
}

/**
 * All snapshots.
 *
 * @public
 */
export interface SnapshotList {
  /** The newest week first. */
  items: Snapshot[];
}
