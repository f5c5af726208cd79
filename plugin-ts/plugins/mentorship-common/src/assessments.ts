import type { AssessmentsFilter } from './http';

/**
 * Fields by which assessments can be put in order. `level` runs from *exposed*
 * to *resilient*, then *unknown* and *not enrolled*.
 *
 * @public
 */
export const ASSESSMENTS_ORDER_FIELDS = [
  'entityRef',
  'title',
  'kind',
  'type',
  'lifecycle',
  'tier',
  'owner',
  'system',
  'level',
  'score',
  'coverage',
  'mentorshipStatus',
  'apprentices',
  'nextMilestoneDue',
  'stewardSince',
  'rotationState',
  'rotationDue',
  'busFactor',
] as const;

/**
 * A field by which assessments can be put in order.
 *
 * @public
 */
export type AssessmentsOrderField = (typeof ASSESSMENTS_ORDER_FIELDS)[number];

/**
 * An order of assessments. Services without a value come last in both
 * directions; equal values are ordered by entity ref.
 *
 * @public
 */
export interface AssessmentsOrder {
  /** The field. */
  field: AssessmentsOrderField;
  /** From the smallest up, or from the largest down. */
  direction: 'asc' | 'desc';
}

/**
 * The largest page of assessments.
 *
 * @public
 */
export const ASSESSMENTS_MAX_LIMIT = 100;

/**
 * A page of assessments.
 *
 * @public
 */
export interface AssessmentsQuery extends AssessmentsFilter {
  /** The order; by level, the most exposed first, where absent. */
  order?: AssessmentsOrder;
  /**
   * Where the page begins: a cursor of an earlier answer to the same filter
   * and order. The first page where absent.
   */
  cursor?: string;
  /** Services on the page, 1 to 100; 20 where absent. */
  limit?: number;
}
