import type {
  RepositoryEvidence,
  RepositoryReport,
  ServicePlace,
} from 'backstage-plugin-mentorship-common';
import type { Knex } from 'knex';
import type { EvidencePlaceRow, HistoryRow } from './rows';

/** How a source is doing over all its places. */
export interface SourceFigures {
  fresh: number;
  stale: number;
  failed: number;
  notCollected: number;
  lastSuccessAt?: string;
  lastFailure?: { at: string; message: string };
}

/**
 * Keeps how each source fared at each place, and the last good evidence: a
 * place that cannot be read today is judged by what was read last.
 */
export class EvidencePlaceStore {
  constructor(private readonly knex: Knex) {}

  /** Keeps fresh evidence; of a commit that is kept already, only when it was read. */
  async succeeded(source: string, evidence: RepositoryEvidence): Promise<void> {
    const { repository, commit } = evidence;
    const changed = (await this.unchangedSince(source, evidence)) === undefined;
    await this.write({
      source,
      repository,
      state: 'fresh',
      succeeded_at: evidence.collectedAt,
      reason: null,
      services: JSON.stringify(evidence.services),
      ...(changed && {
        commit: commit ?? null,
        changed_at: evidence.collectedAt,
        evidence: JSON.stringify(evidence),
      }),
    });
  }

  /**
   * When the evidence that is kept was collected, where it is of the same commit;
   * `undefined` where what is given is new. Reviews change without a commit.
   */
  async unchangedSince(
    source: string,
    { repository, commit, reviews }: RepositoryEvidence,
  ): Promise<string | undefined> {
    if (commit === undefined || reviews !== undefined) {
      return undefined;
    }
    const kept = await this.knex<EvidencePlaceRow>('mentorship_evidence_places')
      .where({ source, repository, commit })
      .whereNotNull('changed_at')
      .first('changed_at');
    return kept?.changed_at ?? undefined;
  }

  /** Keeps a failure; the last good evidence stays as it is. */
  async failed(
    source: string,
    repository: string,
    state: 'stale' | 'failed',
    reason: string,
    services?: readonly ServicePlace[],
  ): Promise<void> {
    await this.write({
      source,
      repository,
      state,
      failed_at: new Date().toISOString(),
      reason,
      ...(services && { services: JSON.stringify(services) }),
    });
  }

  async leftOut(
    source: string,
    repository: string,
    reason: string,
  ): Promise<void> {
    await this.write({ source, repository, state: 'not-collected', reason });
  }

  /** The last good evidence from a place. */
  async lastGood(
    source: string,
    repository: string,
  ): Promise<RepositoryEvidence | undefined> {
    const row = await this.knex<EvidencePlaceRow>('mentorship_evidence_places')
      .where({ source, repository })
      .first('evidence');
    return row?.evidence ? JSON.parse(row.evidence) : undefined;
  }

  /**
   * The evidence that the last run judged by, place by place, in the order of
   * sources and repositories. What is stale says so.
   */
  async *evidence(): AsyncGenerator<{
    source: string;
    evidence: RepositoryEvidence;
  }> {
    const places = await this.knex<EvidencePlaceRow>(
      'mentorship_evidence_places',
    )
      .whereIn('state', ['fresh', 'stale'])
      .orderBy(['source', 'repository'])
      .select('source', 'repository');
    // One at a time: a listing of a large repository has megabytes.
    for (const { source, repository } of places) {
      const row = await this.knex<EvidencePlaceRow>(
        'mentorship_evidence_places',
      )
        .where({ source, repository })
        .first('evidence', 'services', 'state', 'reason');
      if (row?.evidence) {
        const evidence: RepositoryEvidence = JSON.parse(row.evidence);
        yield {
          source,
          evidence: {
            ...evidence,
            ...(row.services && { services: JSON.parse(row.services) }),
            ...(row.state === 'stale' && { failure: row.reason ?? 'stale' }),
          },
        };
      }
    }
  }

  /** Forgets places where no service lives any more. */
  async forgetOthers(source: string, repositories: string[]): Promise<void> {
    const known: string[] = await this.knex<EvidencePlaceRow>(
      'mentorship_evidence_places',
    )
      .where({ source })
      .pluck('repository');
    const lives = new Set(repositories);
    for (const repository of known.filter(place => !lives.has(place))) {
      await this.knex<EvidencePlaceRow>('mentorship_evidence_places')
        .where({ source, repository })
        .delete();
    }
  }

  async figures(source: string): Promise<SourceFigures> {
    const places = () =>
      this.knex<EvidencePlaceRow>('mentorship_evidence_places').where({
        source,
      });
    const counts = (await places()
      .groupBy('state')
      .select('state')
      .count({ count: '*' })) as Array<{
      state: EvidencePlaceRow['state'];
      count: number | string;
    }>;
    const count = (state: EvidencePlaceRow['state']) =>
      Number(counts.find(each => each.state === state)?.count ?? 0);
    const success = await places()
      .max({ at: 'succeeded_at' })
      .first<{ at: string | null }>();
    const failure = await places()
      .whereIn('state', ['stale', 'failed'])
      .orderBy('failed_at', 'desc')
      .first('repository', 'failed_at', 'reason');
    return {
      fresh: count('fresh'),
      stale: count('stale'),
      failed: count('failed'),
      notCollected: count('not-collected'),
      ...(success?.at && { lastSuccessAt: success.at }),
      ...(failure?.failed_at && {
        lastFailure: {
          at: failure.failed_at,
          message: `${failure.repository}: ${failure.reason}`,
        },
      }),
    };
  }

  /** Every place of every source, those first that are not fresh. */
  async repositories(): Promise<RepositoryReport[]> {
    const rows: Array<EvidencePlaceRow & Partial<HistoryRow>> = await this.knex(
      'mentorship_evidence_places as place',
    )
      .leftJoin('mentorship_histories as history', join =>
        join
          .on('history.source', 'place.source')
          .on('history.repository', 'place.repository'),
      )
      .orderByRaw(`(place.state = 'fresh')`)
      .orderBy(['place.repository', 'place.source'])
      .select(
        'place.source',
        'place.repository',
        'place.state',
        'place.reason',
        'place.succeeded_at',
        'history.tip',
        'history.commits',
        'history.reading',
        'history.full_because',
      );
    return rows.map(row => ({
      source: row.source,
      repository: row.repository,
      state: row.state,
      ...(row.reason !== null && { reason: row.reason }),
      ...(row.succeeded_at !== null && { collectedAt: row.succeeded_at }),
      ...(row.tip && {
        history: {
          tip: row.tip,
          commits: row.commits ?? 0,
          ...(row.reading && { reading: row.reading }),
          ...(row.full_because && { fullBecause: row.full_because }),
        },
      }),
    }));
  }

  private async write(
    row: Partial<EvidencePlaceRow> &
      Pick<EvidencePlaceRow, 'source' | 'repository' | 'state'>,
  ) {
    await this.knex<EvidencePlaceRow>('mentorship_evidence_places')
      .insert(row as EvidencePlaceRow)
      .onConflict(['source', 'repository'])
      .merge(row);
  }
}
