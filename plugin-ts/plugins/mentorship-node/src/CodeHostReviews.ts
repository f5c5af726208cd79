import limiter from 'p-limit';
import { CodeHostError } from './GraphQlClient';
import type {
  LastReviews,
  ReviewedChange,
  ReviewsRequest,
  ReviewsSource,
} from './ReviewsSource';

/** A host's clock may be behind ours. */
const OVERLAP_MS = 60 * 60 * 1000;
const DAY_MS = 24 * 60 * 60 * 1000;
/** Changes of one repository; a host that sends more sends them without end. */
const MOST_CHANGES = 100_000;

/**
 * What is particular to a code host.
 *
 * @public
 */
export interface CodeHost {
  /** A short kebab-case id: `github`. */
  readonly id: string;
  /** The label on screen. */
  readonly title: string;
  /** Whether a repository's address lies on a host that it asks. */
  reads(repository: string): boolean;
  /**
   * The changes of a repository, those first that changed last, page by page; it may
   * end after the first that did not change since a time.
   *
   * @throws CodeHostError where the host does not tell.
   */
  changes(
    repository: string,
    since: Date,
    signal: AbortSignal,
  ): AsyncIterable<ReviewedChange[]>;
}

/**
 * How reviews are collected, whatever the host: repository by repository, a few at a
 * time, and of each what changed since. A host that asks for patience is left alone
 * for the rest of the run; those that waited longest come first in the next one.
 *
 * @public
 */
export class CodeHostReviews implements ReviewsSource {
  readonly id: string;
  readonly title: string;
  /** Until the end of a run: why a host is not asked again. */
  private impatience = new Map<string, CodeHostError>();

  constructor(
    private readonly options: {
      host: CodeHost;
      /** Days to look back on. */
      days: number;
      /** Repositories that are read at a time. */
      concurrency: number;
      /** The time; another one in tests. */
      now?: () => Date;
    },
  ) {
    this.id = options.host.id;
    this.title = options.host.title;
  }

  reads(repository: string): boolean {
    return this.options.host.reads(repository);
  }

  async collect(request: ReviewsRequest): Promise<void> {
    this.impatience = new Map();
    const limit = limiter(this.options.concurrency);
    const order = await this.longestWaitingFirst(request);
    const done = await Promise.allSettled(
      order.map(([repository, last]) =>
        limit(() => this.read(repository, last, request)),
      ),
    );
    const broken = done.find(each => each.status === 'rejected');
    if (broken) {
      throw broken.reason;
    }
  }

  private async longestWaitingFirst({
    repositories,
    sink,
  }: ReviewsRequest): Promise<Array<[string, LastReviews | undefined]>> {
    const all: Array<[string, LastReviews | undefined]> = [];
    for (const repository of repositories) {
      all.push([repository, await sink.last(repository)]);
    }
    const at = (last?: LastReviews) => last?.collectedAt ?? '';
    return all.sort(([, one], [, other]) => (at(one) < at(other) ? -1 : 1));
  }

  private async read(
    repository: string,
    last: LastReviews | undefined,
    request: ReviewsRequest,
  ): Promise<void> {
    const { sink, today, signal } = request;
    signal.throwIfAborted();
    const host = new URL(repository).host;
    try {
      const impatient = this.impatience.get(host);
      if (impatient) {
        throw impatient;
      }
      const since = new Date(Date.parse(today) - this.options.days * DAY_MS);
      const firstDay = since.toISOString().slice(0, 10);
      await this.readSince(
        repository,
        last && last.since <= firstDay
          ? new Date(Date.parse(last.collectedAt) - OVERLAP_MS)
          : since,
        request,
      );
      await sink.succeed(repository, { since: firstDay });
    } catch (error) {
      signal.throwIfAborted();
      if (!(error instanceof CodeHostError)) {
        throw error;
      }
      if (error.isLimit) {
        this.impatience.set(host, error);
      }
      await sink.fail(repository, error.message);
    }
  }

  private async readSince(
    repository: string,
    since: Date,
    { sink, signal }: ReviewsRequest,
  ): Promise<void> {
    const { host } = this.options;
    let read = 0;
    let newest = Infinity;
    for await (const page of host.changes(repository, since, signal)) {
      signal.throwIfAborted();
      for (const { updatedAt } of page) {
        // What comes in another order may end before it was all seen.
        if (!(Date.parse(updatedAt) <= newest)) {
          throw new CodeHostError(
            `${this.title} does not send changes in the order of their last update`,
          );
        }
        newest = Date.parse(updatedAt);
      }
      const isNew = ({ updatedAt }: ReviewedChange) =>
        Date.parse(updatedAt) >= since.getTime();
      await sink.put(repository, page.filter(isNew));
      read += page.length;
      if (page.some(change => !isNew(change))) {
        return;
      }
      if (read > MOST_CHANGES) {
        throw new CodeHostError(
          `${this.title} sends more than ${MOST_CHANGES} changes of one repository`,
        );
      }
    }
  }
}
