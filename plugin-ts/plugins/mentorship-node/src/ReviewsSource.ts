import type { LoggerService } from '@backstage/backend-plugin-api';
import type { ReviewEvidence } from 'backstage-plugin-mentorship-common';

/**
 * A source of reviews: a code host. It asks for what is new of each repository, and
 * leaves to the core what a review is worth.
 *
 * @public
 */
export interface ReviewsSource {
  /** A short kebab-case id, unique among all sources: `github`. */
  readonly id: string;
  /** The label on screen. */
  readonly title: string;

  /** Whether a repository's address lies on a host that it asks. */
  reads(repository: string): boolean;

  /**
   * Collects what is new, once a run. Each repository ends with `succeed` or `fail`
   * of the sink; where this rejects, every one that did not end has failed.
   */
  collect(request: ReviewsRequest): Promise<void>;
}

/**
 * What a source of reviews is asked for.
 *
 * @public
 */
export interface ReviewsRequest {
  /** Addresses of repositories that it reads, each once, in order. */
  repositories: readonly string[];
  /** The day that is judged as of, `YYYY-MM-DD`. */
  today: string;
  /** Where reviews go. */
  sink: ReviewsSink;
  /** A logger of the source's own. */
  logger: LoggerService;
  /** Raised when the run is given up; the source then stops soon. */
  signal: AbortSignal;
}

/**
 * Where reviews go. They are kept, so that a source asks for what is new only, and
 * so that what it could not get today is judged by what it got last.
 *
 * @public
 */
export interface ReviewsSink {
  /** How a repository was collected when that succeeded last. */
  last(repository: string): Promise<LastReviews | undefined>;

  /**
   * Keeps changes in place of what was kept of them. They count even where the
   * repository fails later.
   */
  put(repository: string, changes: readonly ReviewedChange[]): Promise<void>;

  /** Ends a repository of which everything was had that was asked for. */
  succeed(
    repository: string,
    collection: {
      /** The first day that is known now, `YYYY-MM-DD`; what is older goes. */
      since: string;
    },
  ): Promise<void>;

  /**
   * Ends a repository of which something could not be had. What is kept is used
   * again and marked stale. The reason is shown to readers and holds no secret.
   */
  fail(repository: string, reason: string): Promise<void>;
}

/**
 * A change that was proposed on the code host: a pull request, a merge request.
 *
 * @public
 */
export interface ReviewedChange {
  /** What tells it from the repository's other changes. */
  id: string;
  /** When anything about it changed last, RFC 3339. */
  updatedAt: string;
  /** Its reviews; none where nobody but its author looked at it. */
  reviews: ReviewEvidence[];
}

/**
 * A collection of a repository that succeeded.
 *
 * @public
 */
export interface LastReviews {
  /** RFC 3339. */
  collectedAt: string;
  /** The first day that is known, `YYYY-MM-DD`. */
  since: string;
}
