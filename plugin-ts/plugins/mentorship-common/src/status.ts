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
     * The place and the reason, without secrets; absent for readers who may
     * not read every service.
     */
    message?: string;
  };
  /**
   * What is set up so that it cannot work, with what to do about it; absent where
   * there is nothing to do.
   */
  warnings?: string[];
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
 * What the viewer may do. The server decides; a page only follows.
 *
 * @public
 */
export interface ViewerAbilities {
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
   * What will go wrong unless somebody does something about it; absent where there
   * is nothing to do.
   */
  warnings?: string[];
  /** What the viewer may do. */
  viewer: ViewerAbilities;
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
