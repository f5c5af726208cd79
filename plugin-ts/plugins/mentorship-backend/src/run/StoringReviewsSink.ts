import type { LoggerService } from '@backstage/backend-plugin-api';
import type {
  LastReviews,
  ReviewedChange,
  ReviewsSink,
  ReviewsSource,
} from 'backstage-plugin-mentorship-node';
import type { ReviewStore } from '../database/ReviewStore';

/** Keeps one code host's reviews, and how it fared with each repository. */
export class StoringReviewsSink implements ReviewsSink {
  private readonly begunAt = new Date();
  private readonly ended = new Set<string>();

  constructor(
    private readonly options: {
      source: ReviewsSource;
      store: ReviewStore;
      logger: LoggerService;
    },
  ) {}

  last(repository: string): Promise<LastReviews | undefined> {
    return this.options.store.last(this.of(repository));
  }

  async put(
    repository: string,
    changes: readonly ReviewedChange[],
  ): Promise<void> {
    await this.options.store.put(this.of(repository), changes);
  }

  async succeed(
    repository: string,
    { since }: { since: string },
  ): Promise<void> {
    this.ended.add(repository);
    // What changed while it was read is read again by the next run.
    await this.options.store.succeeded(this.of(repository), {
      since,
      begunAt: this.begunAt,
    });
  }

  async fail(repository: string, reason: string): Promise<void> {
    const { store, logger } = this.options;
    this.ended.add(repository);
    logger.warn(`reviews of ${repository} could not be had: ${reason}`);
    await store.failed(this.of(repository), reason);
  }

  /** Ends the repositories that the source did not end. */
  async close(repositories: readonly string[], reason: string): Promise<void> {
    for (const repository of repositories) {
      if (!this.ended.has(repository)) {
        await this.fail(repository, reason);
      }
    }
  }

  private of(repository: string) {
    return { source: this.options.source.id, repository };
  }
}
