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
   * Whether the program is of the run that is shown and takes all of `decided` into
   * account; the next run makes it so.
   */
  isUpToDate: boolean;
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
