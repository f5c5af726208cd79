/**
 * What the backend is asked and answers. Generated from its OpenAPI description by
 * `cargo xtask codegen`; do not edit.
 */
import type {
  Apprentice,
  Assessment,
  AssessmentRow,
  BusFactorVerdict,
  Knowledge,
  Level,
  MentorshipStatus,
  Program,
  ProgramDecided,
  RotationState,
  RuleCatalogue,
  RuleEntry,
  ServiceRisk,
  WhatIf,
} from './wire';

/**
 * Services by value of each field that can be filtered by. The filter's own
 * values of a field are set aside there, so that each number tells what
 * choosing that value would list.
 *
 * @public
 */
export interface AssessmentFacets {
  owner: Facet;
  system: Facet;
  level: Facet;
  mentorshipStatus: Facet;
  rotationState: Facet;
  busFactorVerdict: Facet;
  lifecycle: Facet;
  kind: Facet;
  type: Facet;
  tier: Facet;
  rule: Facet;
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
  /** Services by level. */
  byLevel: LevelCounts;
  /** How many of them fail each rule, by id; rules that none fails are absent. */
  failedRules: {
    [key: string]: number;
  };
}

/**
 * A page of groups, the largest first. Counts only services that match the
 * filter and that the reader may read.
 *
 * @public
 */
export interface AssessmentGroups {
  /** The page. */
  items: AssessmentGroup[];
  /** Groups there are. */
  totalItems: number;
  /** Where to go on. */
  pageInfo: NextPage;
}

/**
 * A page of groups of services.
 *
 * @public
 */
export interface AssessmentGroupsQuery {
  /** What services of one group have in common. */
  by: 'owner' | 'system';
  /**
   * Words that must all occur, in any letter case, in the title, the entity ref,
   * the owner or the system. People are not searched.
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
  /**
   * Where the page begins: a cursor of an earlier answer to the same question.
   * The first page where absent.
   */
  cursor?: string;
  /** Items on the page, 1 to 100; 20 where absent. */
  limit?: number;
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
     * Services by level. The filter's own `level` is set aside, so that each
     * number tells what choosing that level would list.
     */
    byLevel: LevelCounts;
  };
}

/**
 * Which services to list. Fields are joined by *and*, the values of one field
 * by *or*; a field that is absent or empty does not narrow the list.
 *
 * @public
 */
export interface AssessmentsFilter {
  /**
   * Words that must all occur, in any letter case, in the title, the entity ref,
   * the owner or the system. People are not searched.
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
 * How a baseline came to be frozen.
 *
 * @public
 */
export interface BaselineOrigin {
  /** The measure. */
  measure: string;
  /**
   * The user who set it to the value that it has; absent where the reader may
   * not see names.
   */
  setBy?: string;
  /** When, RFC 3339. */
  setAt: string;
}

/**
 * How many services have each value of a field.
 *
 * @public
 */
export interface Facet {
  /** The most frequent values, at most 100; `null` is to have none. */
  values: {
    value: string | number | null;
    services: number;
  }[];
  /** Whether these are all of them. */
  isComplete: boolean;
}

/**
 * What is kept of somebody.
 *
 * @public
 */
export interface HeldRecords {
  /** Services whose assessment names them in a role or as an apprentice. */
  assessments: number;
  /** Whether weekly snapshots name them as a steward or an owner. */
  inSnapshots: boolean;
  /**
   * Sources whose evidence is kept as it came, such as the authors of a git
   * history, and so may name them.
   */
  sources: {
    id: string;
    title: string;
  }[];
}

/**
 * Why a point differs from the one before.
 *
 * @public
 */
export interface HistoryChange {
  /** The day of the point. */
  day: string;
  /** Values that changed. */
  values: {
    value: HistoryValue;
    from: string | number | null;
    to: string | number | null;
  }[];
  /** Ids of rules that fail and did not before. */
  began: string[];
  /** Ids of rules that failed before and do not any more. */
  ceased: string[];
  /** Ids of rules that failed before and cannot be judged any more. */
  lostSight: string[];
}

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
export type HistoryValue =
  | 'level'
  | 'score'
  | 'coverage'
  | 'mentorshipStatus'
  | 'rotationState'
  | 'busFactor'
  | 'busFactorVerdict';

/**
 * Services by level, every level named.
 *
 * @public
 */
export interface LevelCounts {
  exposed: number;
  developing: number;
  covered: number;
  resilient: number;
  unknown: number;
  'not-enrolled': number;
}

/**
 * What concerns the caller alone.
 *
 * @public
 */
export interface Me {
  /** The caller's User entity. */
  entityRef: string;
  /** The day that the results are of, `YYYY-MM-DD`. */
  asOf: string;
  /** Services of which the caller is the steward, the rotation due first leading. */
  stewardships: MyService[];
  /** Services in which the caller has another role, in the same order. */
  otherRoles: MyService[];
  /** Services that the caller learns or has learnt, in the order of refs. */
  apprenticeships: MyApprenticeship[];
  /** What is held about the caller. */
  held: HeldRecords;
}

/**
 * The body that each route takes and what it answers.
 *
 * @public
 */
export interface MentorshipRoutes {
  /**
   * A page of the services that the caller may read, with totals; all of one
   * run.
   */
  'GET /assessments': {
    answer: AssessmentList;
  };
  /**
   * Services that the caller may read by value of each field. The filter's own
   * values of a field are set aside there.
   */
  'GET /assessments/facets': {
    answer: AssessmentFacets;
  };
  /**
   * A page of groups of the services that match and that the caller may read,
   * the largest first, each with its services by level and by failed rule.
   */
  'GET /assessments/groups': {
    answer: AssessmentGroups;
  };
  /**
   * All services that match and that the caller may read, in the order of their
   * refs. A failure midway breaks the connection.
   */
  'GET /assessments.csv': {
    answer: string;
  };
  /**
   * The rows of up to 100 services in the order asked for, as the catalog
   * answers about entities by their refs; null for what is no service, has no
   * results yet or may not be read by the caller.
   */
  'POST /assessments/by-refs': {
    body: {
      /** In the default namespace where none is given. */
      entityRefs: string[];
    };
    answer: {
      items: (AssessmentRow | null)[];
    };
  };
  /**
   * One service's assessment; with names where the caller may see them, else
   * with counts.
   */
  'GET /assessments/by-entity/{kind}/{namespace}/{name}': {
    answer: Assessment;
  };
  /**
   * Who knows which directory of a service; with names where the caller may see
   * them, else with counts.
   */
  'GET /assessments/by-entity/{kind}/{namespace}/{name}/knowledge': {
    answer: Knowledge;
  };
  /**
   * The days on which a service changed, what it was from then on, and why, as
   * ids and values. It names nobody.
   */
  'GET /assessments/by-entity/{kind}/{namespace}/{name}/history': {
    answer: AssessmentHistory;
  };
  /**
   * A page of the services at risk that match and that the caller may read,
   * where to mentor first.
   */
  'GET /risk-queue': {
    answer: RiskQueue;
  };
  /**
   * What concerns the caller alone, and what is held about them. For users, who
   * need no permission for their own records; services that the catalog keeps
   * from them are counted only.
   */
  'GET /me': {
    answer: Me;
  };
  /**
   * The program as the last run summed it up, for callers who may read every
   * service.
   */
  'GET /program': {
    answer: ProgramReport;
  };
  /**
   * Freezes baselines in place of all that were frozen before, and starts a run
   * that takes them into account.
   */
  'PUT /program/baseline': {
    body: {
      /** At most one of each measure */
      baselines: {
        measure: string;
        value: number;
      }[];
    };
    answer: ProgramDecided;
  };
  /**
   * Confirms a step of the rollout that evidence cannot tell of, or takes that
   * back, and starts a run that takes it into account.
   */
  'PUT /program/rollout/{step}': {
    body: {
      confirmed: boolean;
      /** Since when; today where absent */
      on?: string;
    };
    answer: ProgramDecided;
  };
  /**
   * The weeks of which there is a snapshot, for callers who may export and read
   * every service.
   */
  'GET /snapshots': {
    answer: SnapshotList;
  };
  /**
   * What the export said in a week, byte for byte; people who were erased since
   * are blank. A failure midway breaks the connection.
   */
  'GET /snapshots/{isoWeek}.csv': {
    answer: string;
  };
  /**
   * What the services that the caller may read lose when people leave, the worst
   * first. Callers who may not see names ask about groups of at least five
   * people only, and get counts.
   */
  'POST /what-if': {
    body: WhatIfRequest;
    answer: WhatIf;
  };
  /**
   * What POST /what-if says, one line a service, the worst first. Needs the
   * permission `mentorship.export`; successors are named to callers who may see
   * names.
   */
  'POST /what-if.csv': {
    body: WhatIfRequest;
    answer: string;
  };
  /** The rules in the order in which they are shown */
  'GET /rules': {
    answer: RuleCatalogue;
  };
  /** One rule with its page */
  'GET /rules/{id}': {
    answer: RuleEntry;
  };
  /** How the plugin is doing, and what the caller may do */
  'GET /status': {
    answer: MentorshipStatusReport;
  };
  /** Starts a run, or joins the one under way */
  'POST /refresh': {
    answer: RefreshReport;
  };
}

/**
 * How the plugin is doing, for whoever is signed in.
 *
 * @public
 */
export interface MentorshipStatusReport {
  /** The version of the core. */
  version: string;
  /**
   * Whether any run was ever completed; until then there are no results, and
   * that says nothing about any service.
   */
  firstPassComplete: boolean;
  /** The run whose results are shown; absent before the first pass. */
  currentRun?: RunReport;
  /** The newest run: under way, complete or failed; absent before the first. */
  lastRun?: RunReport;
  /** Sources of evidence, by id. */
  sources: SourceReport[];
  /**
   * Every repository, those first that are not fresh, then by address. Present
   * where it was asked for by a reader who may read every service.
   */
  repositories?: RepositoryReport[];
  /**
   * What will go wrong unless somebody does something about it; absent where
   * there is nothing to do.
   */
  warnings?: string[];
  /** What the viewer may do. */
  viewer: ViewerAbilities;
}

/**
 * A service that somebody learns.
 *
 * @public
 */
export interface MyApprenticeship {
  /** The service. */
  entityRef: string;
  /** The title, else the name. */
  title: string;
  /** How far the apprenticeship is. */
  apprentice: Apprentice;
}

/**
 * A service in which somebody has a role.
 *
 * @public
 */
export interface MyService {
  /** The role. */
  role: 'steward' | 'backup' | 'program-owner' | 'maintainer';
  /** The service. */
  entityRef: string;
  /** The title, else the name. */
  title: string;
  /** The level. */
  level: Level;
  /** The state of the steward's rotation. */
  rotationState: RotationState;
  /** When the rotation is due, `YYYY-MM-DD`; `null` where that is not known. */
  rotationDue: string | null;
}

/**
 * Where a list goes on.
 *
 * @public
 */
export interface NextPage {
  /** The cursor of the next page; absent where there is none. */
  nextCursor?: string;
}

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
   * Who froze the baselines of `decided`, and when, where that is known. Names
   * whom the reader may see.
   */
  frozen: BaselineOrigin[];
  /**
   * Whether the program is of the run that is shown and takes all of `decided`
   * into account; the next run makes it so.
   */
  isUpToDate: boolean;
}

/**
 * The answer to a request for a run.
 *
 * @public
 */
export interface RefreshReport {
  /**
   * `started`, or `joined` where a run was under way already: it goes on, and
   * its results are the answer.
   */
  outcome: 'started' | 'joined';
}

/**
 * How one repository was read.
 *
 * @public
 */
export interface RepositoryReport {
  /** The id of the source that reads it. */
  source: string;
  /** An `http(s)` address without credentials, or a folder's path. */
  repository: string;
  /**
   * Whether what is known is of the last run, is older because that one failed,
   * or is nothing: because reading failed, or because this installation does not
   * read it.
   */
  state: 'fresh' | 'stale' | 'failed' | 'not-collected';
  /** Why it is not fresh. */
  reason?: string;
  /** When it was read last, RFC 3339; absent where it never was. */
  collectedAt?: string;
  /** What is known of its history; absent where that is nothing. */
  history?: {
    /** Full name of the last commit that is known. */
    tip: string;
    /** Commits that are known, merges included. */
    commits: number;
    /** Whether the last reading was of everything or of new commits only. */
    reading?: 'full' | 'incremental';
    /** Why everything was read. */
    fullBecause?: string;
  };
}

/**
 * Where to mentor first, in the core's order: the most points, then incidents,
 * then tier. Counts only services at risk that the reader may read.
 *
 * @public
 */
export interface RiskQueue {
  /** The page. */
  items: ServiceRisk[];
  /** Services at risk that match the filter. */
  totalItems: number;
  /** Where to go on. */
  pageInfo: NextPage;
}

/**
 * A page of the risk queue.
 *
 * @public
 */
export interface RiskQueueQuery {
  /**
   * Words that must all occur, in any letter case, in the title, the entity ref,
   * the owner or the system. People are not searched.
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
  /**
   * Where the page begins: a cursor of an earlier answer to the same question.
   * The first page where absent.
   */
  cursor?: string;
  /** Items on the page, 1 to 100; 20 where absent. */
  limit?: number;
}

/**
 * How far a run came.
 *
 * @public
 */
export type RunOutcome = 'running' | 'complete' | 'failed';

/**
 * One pass over the whole catalog.
 *
 * @public
 */
export interface RunReport {
  /** The run's number; a later run has a larger one. */
  id: number;
  /** The day that services are judged as of, `YYYY-MM-DD`. */
  asOf: string;
  /** RFC 3339. */
  startedAt: string;
  /** RFC 3339; absent while it runs. */
  finishedAt?: string;
  /** How far it came. */
  outcome: RunOutcome;
  /** Entities read from the catalog; absent until the listing is whole. */
  entities?: number;
  /** Services judged; absent until results are there. */
  services?: number;
  /** Entities or services that could not be judged, each by itself. */
  errors?: number;
  /**
   * Why it failed, in one sentence; absent where it did not fail, and for
   * readers who may not read every service.
   */
  failure?: string;
}

/**
 * What the CSV export said in a week. It never changes, but that people who
 * were erased are blank in it.
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

/**
 * How a source of evidence is doing.
 *
 * @public
 */
export interface SourceReport {
  /** The source's id: `git`. */
  id: string;
  /** The label on screen. */
  title: string;
  /** Places, such as repositories, whose evidence is fresh. */
  fresh: number;
  /** Places whose last collection failed, with older good evidence in use. */
  stale: number;
  /** Places whose collection failed, with nothing to fall back on. */
  failed: number;
  /** Places left out because this installation does not read them. */
  notCollected: number;
  /** When the source last delivered anything, RFC 3339. */
  lastSuccessAt?: string;
  /** The newest failure, where the last collection of some place failed. */
  lastFailure?: {
    /** RFC 3339. */
    at: string;
    /**
     * The place and the reason, without secrets; absent for readers who may not
     * read every service.
     */
    message?: string;
  };
  /**
   * What is set up so that it cannot work, with what to do about it: kinds of
   * evidence that the policy's `sources` do not name, and so do not count.
   * Absent where there is nothing to do.
   */
  warnings?: string[];
}

/**
 * What the viewer may do. The server decides; a page only follows.
 *
 * @public
 */
export interface ViewerAbilities {
  /** Read assessments, of some services at least. */
  assessments: boolean;
  /** See who learns from whom, and who knows what. */
  people: boolean;
  /** Take the list out as CSV. */
  export: boolean;
  /** Start a run. */
  refresh: boolean;
  /** Read the program, which sums up every service. */
  program: boolean;
  /** Set the program's baselines and confirm its rollout. */
  decide: boolean;
}

/**
 * A question: what do services lose when people leave? Somebody is named, or
 * every steward whose rotation is due is asked about.
 *
 * @public
 */
export interface WhatIfRequest {
  /**
   * Users, groups for everybody in them, handles with a leading @, addresses, or
   * names as a history writes them.
   */
  leaves?: readonly string[];
  /**
   * Whether every steward leaves too whose rotation is due by the end of the
   * quarter, or overdue.
   */
  dueThisQuarter?: boolean;
}
