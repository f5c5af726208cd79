import type {
  PushedEvidence,
  PushedService,
  ReviewEvidence,
  ServiceLocation,
} from 'backstage-plugin-mentorship-common';
import type { ReviewsSource } from 'backstage-plugin-mentorship-node';
import type { ReviewStore } from '../database/ReviewStore';
import type { ReviewsRow } from '../database/rows';
import { byAddress } from '../evidence/repositories';
import type { Engine } from './Engine';

const LOCATIONS_AT_A_TIME = 1_000;

/** What is known of reviews. */
export interface KnownReviews {
  reviews: Pick<ReviewStore, 'states' | 'reviews'>;
  reviewsSources: readonly ReviewsSource[];
}

/**
 * What code hosts told of each service, in the shape in which anybody may push it:
 * what was had, and after it what could not be had this time.
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
      const { repository } = state;
      const places = repositories.get(repository) ?? [];
      const all =
        places.length > 0 && state.succeeded_at
          ? await reviews.reviews({ source: id, repository })
          : [];
      const found = byDirectory(all, places);
      for (const { entityRef, directory } of places) {
        const touching = found.get(directory) ?? [];
        for (const document of documents(state, entityRef, touching)) {
          yield {
            place: `reviews of ${entityRef} from ${title}`,
            document,
          };
        }
      }
    }
  }
}

/** Told by the day: the time would make every result a new one in every run. */
function* documents(
  { succeeded_at, since, failed_at, reason }: ReviewsRow,
  entityRef: string,
  reviews: ReviewEvidence[],
): Generator<PushedEvidence> {
  const told = (
    at: string,
    from: string,
    rest: Partial<PushedService>,
  ): PushedEvidence => ({
    schema: 'mentorship/pushed/v1',
    collectedAt: at.slice(0, 10),
    since: from,
    services: [{ entityRef, ...rest }],
  });
  if (succeeded_at && since) {
    yield told(succeeded_at, since, { reviews });
  }
  if (failed_at && reason !== null) {
    yield told(failed_at, failed_at.slice(0, 10), {
      failures: [{ kind: 'reviews', reason }],
    });
  }
}

/**
 * The reviews that touch something below each service's directory, in their order.
 * They are told what they touch, and not each directory which ones touch it: a
 * repository may have thousands of both.
 */
function byDirectory(
  reviews: readonly ReviewEvidence[],
  services: readonly { directory: string }[],
): Map<string, ReviewEvidence[]> {
  const found = new Map<string, ReviewEvidence[]>();
  for (const { directory } of services) {
    found.set(directory, []);
  }
  for (const review of reviews) {
    const touched = new Set(['']);
    for (const path of review.paths) {
      for (
        let at = path.indexOf('/');
        at >= 0;
        at = path.indexOf('/', at + 1)
      ) {
        touched.add(path.slice(0, at));
      }
    }
    for (const directory of touched) {
      found.get(directory)?.push(review);
    }
  }
  return found;
}

async function locationsOf(
  engine: Pick<Engine, 'locations' | 'serviceCount'>,
): Promise<ServiceLocation[]> {
  const locations: ServiceLocation[] = [];
  const total = await engine.serviceCount();
  while (locations.length < total) {
    const some = await engine.locations(locations.length, LOCATIONS_AT_A_TIME);
    if (some.length === 0) {
      break;
    }
    locations.push(...some);
  }
  return locations;
}
