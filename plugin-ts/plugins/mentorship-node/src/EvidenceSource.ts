import type { LoggerService } from '@backstage/backend-plugin-api';
import type {
  HistoryOutcome,
  Note,
  RepositoryEvidence,
  ServiceLocation,
  ServicePlace,
} from 'backstage-plugin-mentorship-common';

/**
 * A source of evidence: it fetches text, and hands it to the core as it is. What
 * the text means is the core's business.
 *
 * @public
 */
export interface EvidenceSource {
  /** A short kebab-case id, unique among the sources: `git`. */
  readonly id: string;
  /** The label on screen. */
  readonly title: string;
  /**
   * `true` where it stands in for others: it comes after them, and is asked of
   * those services only of which no other source delivered anything.
   */
  readonly standsIn?: boolean;

  /**
   * Collects what there is for these services, once a run. One place that
   * cannot be read is told to the sink and does not stop the others. Rejects
   * only where nothing at all could be collected, for example because the
   * signal was raised, or with the sink's own error, which is passed on as it
   * is.
   */
  collect(request: EvidenceRequest): Promise<void>;
}

/**
 * What a source is asked for.
 *
 * @public
 */
export interface EvidenceRequest {
  /** Every service with its source location, in the order of their refs. */
  services: readonly ServiceLocation[];
  /** Where evidence goes. */
  sink: EvidenceSink;
  /** A logger of the source's own. */
  logger: LoggerService;
  /** Raised when the run is given up; the source then stops soon. */
  signal: AbortSignal;
}

/**
 * Where evidence goes. Of the four states of evidence, *found* and *missing*
 * follow from what is put; *failed* and *not collected* are told.
 *
 * @public
 */
export interface EvidenceSink {
  /**
   * The paths whose contents the core asks for, out of a listing as
   * `git ls-tree -r -z --name-only` prints it.
   */
  wantedPaths(listing: Uint8Array): Promise<string[]>;

  /**
   * The paths whose earlier versions the core asks for, out of the same listing.
   */
  wantedVersions(listing: Uint8Array): Promise<string[]>;

  /**
   * What was put of a repository when it was last read without a failure, so that
   * a source need not read again what did not change since.
   */
  lastGood(repository: string): Promise<RepositoryEvidence | undefined>;

  /**
   * Hands over what one repository holds. With `failure` set, what stands
   * beside it is the source's own last good evidence, and stale. Answers with
   * what the core did not understand.
   */
  put(evidence: RepositoryEvidence): Promise<Note[]>;

  /**
   * Tells that a place could not be read and that the source has nothing to
   * fall back on. The last good evidence, where there is any, is used again and
   * marked stale.
   */
  fail(place: EvidencePlace, reason: string): Promise<void>;

  /**
   * Tells that a place is left out because this installation does not read it,
   * which says nothing about the services.
   */
  leaveOut(place: EvidencePlace, reason: string): void;

  /**
   * Begins a repository's history, after the repository was put, with what an
   * earlier run kept of it. Answers with the last commit that is known: only what
   * came after it is to be handed over; everything where the answer is
   * `undefined`. A history begun so is kept for the next run; one that is only
   * handed over is not.
   */
  beginHistory(
    repository: string,
    beginning: HistoryBeginning,
  ): Promise<string | undefined>;

  /**
   * Hands over the next bytes of a repository's history stream, in order.
   * Resolves when the core has taken them in.
   */
  pushHistory(repository: string, chunk: Uint8Array): Promise<void>;

  /**
   * Ends a repository's history stream. `failure` says why it was cut short: a
   * history cut short is a failure, never a smaller history, and the last good
   * one is used in its place. Where the answer is `failed` though nothing was
   * cut, what an earlier run kept cannot be gone on from after all, and the whole
   * history may be handed over.
   */
  finishHistory(repository: string, failure?: string): Promise<HistoryOutcome>;
}

/**
 * Where a history may begin.
 *
 * @public
 */
export interface HistoryBeginning {
  /**
   * Text that changes with what the history depends on beside its commits, such
   * as the mailmap and the options of git. On another basis nothing is gone on
   * from.
   */
  basis: string;
  /** Whether what is to be read comes after this commit. */
  goesOnFrom(commit: string): Promise<boolean>;
}

/**
 * A place where evidence lives.
 *
 * @public
 */
export interface EvidencePlace {
  /**
   * One string for one place, shown to readers: an `http(s)` address without
   * credentials, or a folder's path.
   */
  repository: string;
  /** The services that live there. */
  services: ServicePlace[];
}
