import type {
  PushedEvidence,
  PushedFailure,
} from 'backstage-plugin-mentorship-common';
import type { ReviewsSource } from 'backstage-plugin-mentorship-node';
import type { ReviewStore } from '../database/ReviewStore';
import { byAddress } from '../evidence/repositories';
import type { Engine } from './Engine';
import { locationsOf } from './locations';

/** What is known of reviews. */
export interface KnownReviews {
  reviews: Pick<ReviewStore, 'states' | 'reviews'>;
  reviewsSources: readonly ReviewsSource[];
}

/**
 * What code hosts told of each repository, in the shape in which anybody may push it:
 * what was had, and after it what could not be had this time. Which of its reviews
 * count for which of the services is for the core to say.
 */
export async function* reviewDocuments(
  engine: Pick<Engine, 'locations' | 'serviceCount'>,
  { reviews, reviewsSources }: KnownReviews,
): AsyncGenerator<{ place: string; document: PushedEvidence }> {
  if (reviewsSources.length === 0) {
    return;
  }
  const repositories = byAddress(await locationsOf(engine));
  for (const { id, title } of reviewsSources) {
    for (const state of await reviews.states(id)) {
      const { repository, succeeded_at, since, failed_at, reason } = state;
      const services = repositories.get(repository);
      if (!services) {
        continue;
      }
      const told = (at: string, rest: Omit<PushedEvidence, Always>) => ({
        place: `reviews of ${repository} from ${title}`,
        document: {
          schema: 'mentorship/pushed/v1',
          // By the day: the time would make every result a new one in every run.
          collectedAt: at.slice(0, 10),
          ...rest,
        },
      });
      if (succeeded_at && since) {
        yield told(succeeded_at, {
          since,
          services: services.map(({ entityRef }) => ({ entityRef })),
          reviews: await reviews.reviews({ source: id, repository }),
        });
      }
      if (failed_at && reason !== null) {
        const failures: PushedFailure[] = [{ kind: 'reviews', reason }];
        yield told(failed_at, {
          since: failed_at.slice(0, 10),
          services: services.map(({ entityRef }) => ({ entityRef, failures })),
        });
      }
    }
  }
}

/** What every document says in the same way. */
type Always = 'schema' | 'collectedAt';
