import type {
  HistoryOutcome,
  RepositoryEvidence,
  RepositoryReport,
} from 'backstage-plugin-mentorship-common';
import type { EvidencePlace } from 'backstage-plugin-mentorship-node';
import type { Knex } from 'knex';
import { nothingFrom } from '../evidence/nothingFrom';
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

/** What a run judged a place by. */
export interface JudgedPlace {
  source: string;
  evidence: RepositoryEvidence;
  /** How its history ended; absent where none was collected. */
  history?: { state: HistoryOutcome['state']; reason?: string };
}

/** The worse of how the files of a place fared, and its history. */
const WORSE_STATE = `case
  when state = 'not-collected' then state
  when 'failed' in (state, history_state) then 'failed'
  when 'stale' in (state, history_state) then 'stale'
  else state end`;

/**
 * Keeps how each source fared at each place, and the last good evidence: a
 * place that cannot be read today is judged by what was read last. How its files
 * fared and how its history did are two things.
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
      ...NO_HISTORY,
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

  /** Keeps that a place gave nothing today; its last good evidence stays. */
  async staled(
    source: string,
    place: EvidencePlace,
    reason: string,
  ): Promise<void> {
    await this.write({
      source,
      repository: place.repository,
      state: 'stale',
      failed_at: new Date().toISOString(),
      reason,
      services: JSON.stringify(place.services),
      ...NO_HISTORY,
    });
  }

  /**
   * Keeps that nothing good is known of a place: it never gave anything, or what
   * it gave is not to be used again.
   */
  async failed(
    source: string,
    place: EvidencePlace,
    reason: string,
  ): Promise<void> {
    await this.write({
      source,
      repository: place.repository,
      state: 'failed',
      failed_at: new Date().toISOString(),
      reason,
      services: JSON.stringify(place.services),
      commit: null,
      changed_at: null,
      evidence: null,
      ...NO_HISTORY,
    });
  }

  /** Keeps how the history of a place ended, after its files. */
  async historyEnded(
    source: string,
    repository: string,
    outcome: HistoryOutcome,
  ): Promise<void> {
    const reason = 'reason' in outcome ? outcome.reason : null;
    await this.knex<EvidencePlaceRow>('mentorship_evidence_places')
      .where({ source, repository })
      .update({
        history_state: outcome.state,
        history_reason: reason,
        ...(reason !== null && { failed_at: new Date().toISOString() }),
      });
  }

  async leftOut(
    source: string,
    repository: string,
    reason: string,
  ): Promise<void> {
    await this.write({
      source,
      repository,
      state: 'not-collected',
      reason,
      ...NO_HISTORY,
    });
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
   * What the last run judged by, place by place, in the order of sources and
   * repositories. What is stale says so, and what failed says why.
   */
  async *judged(): AsyncGenerator<JudgedPlace> {
    const places = await this.knex<EvidencePlaceRow>(
      'mentorship_evidence_places',
    )
      .whereNot('state', 'not-collected')
      .orderBy(['source', 'repository'])
      .select('source', 'repository');
    // One at a time: a listing of a large repository has megabytes.
    for (const { source, repository } of places) {
      const row = await this.knex<EvidencePlaceRow>(
        'mentorship_evidence_places',
      )
        .where({ source, repository })
        .first();
      if (row) {
        yield judgedPlace(row);
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
      .groupByRaw(WORSE_STATE)
      .select({ state: this.knex.raw(WORSE_STATE) })
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
      .whereRaw(`${WORSE_STATE} in ('stale', 'failed')`)
      .orderBy('failed_at', 'desc')
      .first('repository', 'failed_at', 'reason', 'history_reason');
    return {
      fresh: count('fresh'),
      stale: count('stale'),
      failed: count('failed'),
      notCollected: count('not-collected'),
      ...(success?.at && { lastSuccessAt: success.at }),
      ...(failure?.failed_at && {
        lastFailure: {
          at: failure.failed_at,
          message: `${failure.repository}: ${
            failure.reason ?? failure.history_reason
          }`,
        },
      }),
    };
  }

  /** Every place of every source, those first that are not fresh. */
  async repositories(): Promise<RepositoryReport[]> {
    const worse = this.knex.raw(WORSE_STATE);
    const rows: Array<EvidencePlaceRow & Partial<HistoryRow>> = await this.knex(
      'mentorship_evidence_places as place',
    )
      .leftJoin('mentorship_histories as history', join =>
        join
          .on('history.source', 'place.source')
          .on('history.repository', 'place.repository'),
      )
      .orderByRaw(`(${WORSE_STATE} = 'fresh')`)
      .orderBy(['place.repository', 'place.source'])
      .select(
        'place.source',
        'place.repository',
        { state: worse },
        'place.reason',
        'place.history_reason',
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
      ...reasonOf(row),
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

const NO_HISTORY = { history_state: null, history_reason: null } as const;

function judgedPlace(row: EvidencePlaceRow): JudgedPlace {
  const { source, repository, state, history_state: history } = row;
  const services = JSON.parse(row.services ?? '[]');
  const why = row.reason ?? state;
  const evidence: RepositoryEvidence = row.evidence
    ? {
        ...JSON.parse(row.evidence),
        ...(row.services && { services }),
        ...(state === 'stale' && { failure: why }),
      }
    : nothingFrom({ repository, services }, row.failed_at ?? '', why);
  return {
    source,
    evidence,
    ...(history && {
      history: {
        state: history,
        ...(row.history_reason !== null && { reason: row.history_reason }),
      },
    }),
  };
}

function reasonOf(row: EvidencePlaceRow): { reason?: string } {
  const reason = row.reason ?? row.history_reason;
  return reason === null ? {} : { reason };
}
