import type { LoggerService } from '@backstage/backend-plugin-api';
import type { OperationsKind } from 'backstage-plugin-mentorship-common';

/**
 * A source of what happens in operation: incidents, on-calls. It asks a tool, and
 * leaves to the core what the answers mean.
 *
 * @public
 */
export interface OperationsSource {
  /** A short kebab-case id, unique among all sources: `pagerduty`. */
  readonly id: string;
  /** The label on screen. */
  readonly title: string;
  /** The tool whose answers the core is to read. */
  readonly tool: 'pagerduty';
  /** The kinds of evidence that it brings. */
  readonly kinds: readonly OperationsKind[];

  /**
   * Collects what is new, once a run. Each kind ends with `succeed` or `fail` of
   * the sink; where this rejects, every kind that did not end has failed.
   */
  collect(request: OperationsRequest): Promise<void>;
}

/**
 * What a source of operations is asked for.
 *
 * @public
 */
export interface OperationsRequest {
  /** The tool's ids of the services that the catalog names, in order; never others. */
  serviceIds: readonly string[];
  /** The day that is judged as of, `YYYY-MM-DD`. */
  today: string;
  /** Where answers go. */
  sink: OperationsSink;
  /** A logger of the source's own. */
  logger: LoggerService;
  /** Raised when the run is given up; the source then stops soon. */
  signal: AbortSignal;
}

/**
 * Where a tool's answers go. They are kept, and handed to the core in every run,
 * so that a source asks for what is new only, and so that what it could not get
 * today is judged by what it got last.
 *
 * @public
 */
export interface OperationsSink {
  /** How a kind was collected when that succeeded last. */
  last(kind: OperationsKind): Promise<LastCollection | undefined>;

  /** The version of each answer that is kept of a kind, by its key. */
  kept(kind: OperationsKind): Promise<ReadonlyMap<string, string>>;

  /**
   * Keeps an answer in place of what was kept under its key. It counts even where
   * the kind fails later, so that an answer is to be true by itself.
   */
  put(kind: OperationsKind, answer: OperationsAnswer): Promise<void>;

  /** Tells that what is kept under a key is still so. */
  confirm(kind: OperationsKind, key: string): void;

  /** Ends a kind of which everything was had that was asked for. */
  succeed(
    kind: OperationsKind,
    collection: {
      /** The first day that is known now, `YYYY-MM-DD`; what is older goes. */
      since: string;
      /**
       * Whether all days were looked at: then also goes what was neither put nor
       * confirmed.
       */
      complete: boolean;
    },
  ): Promise<void>;

  /**
   * Ends a kind of which something could not be had. What is kept is used again
   * and marked stale. The reason is shown to readers and holds no secret.
   */
  fail(kind: OperationsKind, reason: string): Promise<void>;
}

/**
 * An answer of a tool.
 *
 * @public
 */
export interface OperationsAnswer {
  /** What tells it from the other answers of its kind. */
  key: string;
  /** Text that changes where the answer may have. */
  version: string;
  /** The day that it speaks of, `YYYY-MM-DD`; absent where it is of no day. */
  day?: string;
  /** As the tool sent it, without what nobody needs. */
  bytes: Uint8Array;
}

/**
 * A collection that succeeded.
 *
 * @public
 */
export interface LastCollection {
  /** RFC 3339. */
  collectedAt: string;
  /** When all days were looked at last, RFC 3339. */
  completeAt: string;
  /** The first day that is known, `YYYY-MM-DD`. */
  since: string;
  /** The services that were asked for. */
  serviceIds: string[];
}
