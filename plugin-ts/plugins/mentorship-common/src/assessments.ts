import type {
  AssessmentRow,
  BusFactorVerdict,
  Level,
  MentorshipStatus,
  RotationState,
} from './wire';

/**
 * Which services to list. Fields are joined by *and*, the values of one field
 * by *or*; a field that is absent or empty does not narrow the list.
 *
 * @public
 */
export interface AssessmentsFilter {
  /**
   * Words that must all occur, in any letter case, in the title, the entity
   * ref, the owner or the system. People are not searched.
   */
  text?: string;
  /** Entity refs of owners. */
  owner?: string[];
  /** Entity refs of systems. */
  system?: string[];
  /** Levels. */
  level?: Level[];
  /** Statuses of mentoring. */
  mentorshipStatus?: MentorshipStatus[];
  /** States of the steward's rotation. */
  rotationState?: RotationState[];
  /** Verdicts on the headline bus factor. */
  busFactorVerdict?: BusFactorVerdict[];
  /** Lifecycles, as the catalog writes them. */
  lifecycle?: string[];
  /** Kinds, in any letter case. */
  kind?: string[];
  /** Types, as the catalog writes them. */
  type?: string[];
  /** Tiers; 1 is most critical. */
  tier?: number[];
  /** Ids of rules; services that fail at least one of them. */
  rule?: string[];
}

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

/**
 * A page of assessments with totals. Everything in one answer is of one run,
 * and counts only services that the reader may read.
 *
 * @public
 */
export interface AssessmentList {
  /** The page. */
  items: AssessmentRow[];
  /** Services that match the filter. */
  totalItems: number;
  /** Cursors of the neighbouring pages; absent where there is none. */
  pageInfo: {
    nextCursor?: string;
    prevCursor?: string;
  };
  /** Totals. */
  totals: {
    /**
     * Services by level, every level named. The filter's own `level` is set
     * aside, so that each number tells what choosing that level would list.
     */
    byLevel: Record<Level, number>;
  };
}

/**
 * How many services have each value of a field.
 *
 * @public
 */
export interface Facet {
  /** The most frequent values, at most 100; `null` is to have none. */
  values: Array<{ value: string | number | null; services: number }>;
  /** Whether these are all of them. */
  isComplete: boolean;
}

/**
 * Services by value of each field that can be filtered by. The filter's own values
 * of a field are set aside there, so that each number tells what choosing that
 * value would list.
 *
 * @public
 */
export type AssessmentFacets = Record<
  Exclude<keyof AssessmentsFilter, 'text'>,
  Facet
>;

/**
 * A page of groups of services.
 *
 * @public
 */
export interface AssessmentGroupsQuery extends AssessmentsFilter {
  /** What services of one group have in common. */
  by: 'owner' | 'system';
  /**
   * Where the page begins: a cursor of an earlier answer to the same query. The
   * first page where absent.
   */
  cursor?: string;
  /** Groups on the page, 1 to 100; 20 where absent. */
  limit?: number;
}

/**
 * Services that have an owner or a system in common.
 *
 * @public
 */
export interface AssessmentGroup {
  /** The ref; `null` for services without one. */
  group: string | null;
  /** Services in the group. */
  services: number;
  /** Services by level, every level named. */
  byLevel: Record<Level, number>;
  /** How many of them fail each rule, by id; rules that none fails are absent. */
  failedRules: Record<string, number>;
}

/**
 * A page of groups, the largest first. Counts only services that match the filter
 * and that the reader may read.
 *
 * @public
 */
export interface AssessmentGroups {
  /** The page. */
  items: AssessmentGroup[];
  /** Groups there are. */
  totalItems: number;
  /** The cursor of the next page; absent where there is none. */
  pageInfo: { nextCursor?: string };
}

/**
 * A question: what do services lose when people leave? Somebody is named, or every
 * steward whose rotation is due is asked about.
 *
 * @public
 */
export interface WhatIfRequest {
  /**
   * Users, groups for everybody in them, handles, addresses, or names as a history
   * writes them.
   */
  leaves?: readonly string[];
  /** Whether every steward leaves too whose rotation is due by the end of the quarter. */
  dueThisQuarter?: boolean;
}
