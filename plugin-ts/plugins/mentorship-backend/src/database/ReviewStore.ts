import type { ReviewEvidence } from 'backstage-plugin-mentorship-common';
import type {
  LastReviews,
  ReviewedChange,
} from 'backstage-plugin-mentorship-node';
import type { Knex } from 'knex';
import type { SourceFigures } from './EvidencePlaceStore';
import { Forgotten } from './Forgotten';
import type { ReviewedChangeRow, ReviewsRow } from './rows';

const ROWS_AT_A_TIME = 100;

/** The reviews of one repository, from one code host. */
export interface ReviewedRepository {
  source: string;
  repository: string;
}

/** Keeps what code hosts told of reviews, and how each repository fared. */
export class ReviewStore {
  constructor(
    private readonly knex: Knex,
    private readonly forgotten = new Forgotten(),
  ) {}

  /** Keeps changes in place of what was kept of them; those without a review go. */
  async put(
    of: ReviewedRepository,
    changes: readonly ReviewedChange[],
  ): Promise<void> {
    // A page may hold a change twice, and no statement may write a row twice.
    const byId = new Map(changes.map(change => [change.id, change]));
    const rows: ReviewedChangeRow[] = [...byId.values()]
      .map(change => ({
        ...change,
        reviews: this.forgotten.outOfReviews(change.reviews),
      }))
      .filter(({ reviews }) => reviews.length > 0)
      .map(({ id, reviews }) => ({
        ...of,
        change: id,
        day: reviews
          .map(({ at }) => at.slice(0, 10))
          .reduce((one, other) => (one > other ? one : other)),
        reviews: JSON.stringify(reviews),
      }));
    const ids = [...byId.keys()];
    await this.knex.transaction(async transaction => {
      for (let start = 0; start < ids.length; start += ROWS_AT_A_TIME) {
        await this.changeRows(transaction)
          .where(of)
          .whereIn('change', ids.slice(start, start + ROWS_AT_A_TIME))
          .delete();
      }
      for (let start = 0; start < rows.length; start += ROWS_AT_A_TIME) {
        await this.changeRows(transaction).insert(
          rows.slice(start, start + ROWS_AT_A_TIME),
        );
      }
    });
  }

  async last(of: ReviewedRepository): Promise<LastReviews | undefined> {
    const row = await this.rows().where(of).first();
    return row?.succeeded_at
      ? { collectedAt: row.succeeded_at, since: row.since ?? '' }
      : undefined;
  }

  /** Notes a collection that succeeded, begun at a time, and drops what is older. */
  async succeeded(
    of: ReviewedRepository,
    { since, begunAt }: { since: string; begunAt: Date },
  ): Promise<void> {
    await this.knex.transaction(async transaction => {
      await this.write(transaction, {
        ...of,
        state: 'fresh',
        succeeded_at: begunAt.toISOString(),
        since,
        reason: null,
      });
      await this.changeRows(transaction)
        .where(of)
        .andWhere('day', '<', since)
        .delete();
    });
  }

  /** Notes a collection that failed; what is kept stays as it is. */
  async failed(of: ReviewedRepository, reason: string): Promise<void> {
    await this.write(this.knex, {
      ...of,
      state: (await this.last(of)) ? 'stale' : 'failed',
      failed_at: new Date().toISOString(),
      reason,
    });
  }

  /** Forgets the repositories that no service names any more. */
  async keepOnly(
    source: string,
    repositories: ReadonlySet<string>,
  ): Promise<void> {
    const known = await this.rows().where({ source }).select('repository');
    for (const { repository } of known) {
      if (!repositories.has(repository)) {
        await this.knex.transaction(async transaction => {
          await this.changeRows(transaction)
            .where({ source, repository })
            .delete();
          await this.rows(transaction).where({ source, repository }).delete();
        });
      }
    }
  }

  /** How each repository fared, by address. */
  async states(source: string): Promise<ReviewsRow[]> {
    return this.rows().where({ source }).orderBy('repository');
  }

  /** Every review of a repository, change by change. */
  async reviews(of: ReviewedRepository): Promise<ReviewEvidence[]> {
    const rows = await this.changeRows().where(of).orderBy('change');
    return rows.flatMap(({ reviews }) => JSON.parse(reviews));
  }

  /** How fresh a source is; a place is a repository. */
  async figures(source: string): Promise<SourceFigures> {
    const states = await this.states(source);
    const count = (state: ReviewsRow['state']) =>
      states.filter(each => each.state === state).length;
    const newest = (times: Array<string | null>) =>
      times.reduce((a, b) => ((b ?? '') > (a ?? '') ? b : a), null);
    const lastSuccessAt = newest(states.map(each => each.succeeded_at));
    const failures = states.filter(each => each.reason !== null);
    const failedAt = newest(failures.map(each => each.failed_at));
    const failure = failures.find(each => each.failed_at === failedAt);
    return {
      fresh: count('fresh'),
      stale: count('stale'),
      failed: count('failed'),
      notCollected: 0,
      ...(lastSuccessAt && { lastSuccessAt }),
      ...(failure?.failed_at && {
        lastFailure: {
          at: failure.failed_at,
          message: `${failure.repository}: ${failure.reason}`,
        },
      }),
    };
  }

  private async write(
    knex: Knex,
    row: Partial<ReviewsRow> & ReviewedRepository,
  ): Promise<void> {
    await this.rows(knex)
      .insert(row as ReviewsRow)
      .onConflict(['source', 'repository'])
      .merge(row);
  }

  private rows(knex: Knex = this.knex) {
    return knex<ReviewsRow>('mentorship_reviews');
  }

  private changeRows(knex: Knex = this.knex) {
    return knex<ReviewedChangeRow>('mentorship_reviewed_changes');
  }
}
