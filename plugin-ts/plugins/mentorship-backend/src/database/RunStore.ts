import type {
  Assessment,
  AssessmentRow,
  ResultItem,
  RunReport,
} from 'backstage-plugin-mentorship-common';
import type { Knex } from 'knex';
import { promisify } from 'util';
import { deflateRaw } from 'zlib';
import { setImmediate as nextTurn } from 'timers/promises';
import type {
  AssessmentTableRow,
  CurrentRunRow,
  ReportRow,
  RunErrorRow,
  RunRow,
  ShownRow,
} from './rows';

/** Rows written or removed in one statement, so that no statement takes long. */
const ROWS_AT_A_TIME = 100;
/** Finished runs whose figures are kept. */
const RUNS_KEPT = 200;

const RESULT_TABLES = [
  'mentorship_assessments',
  'mentorship_rows',
  'mentorship_reports',
] as const;
type ResultTable = (typeof RESULT_TABLES)[number];

const deflate = promisify<string, Buffer>((text, done) =>
  deflateRaw(text, { level: 1 }, done),
);

/** Something that a run could not judge. */
export interface RunError {
  /** An entity ref, a repository, or a place in the catalog's listing. */
  place: string;
  message: string;
}

/**
 * Writes runs. Results are staged under the run's id, where nobody reads them,
 * and become current in one transaction. Invariant: of the runs that were ever
 * current, the rows of the last two are kept, so that a reader who began before
 * a swap can end after it.
 */
export class RunStore {
  constructor(private readonly knex: Knex) {}

  async begin(asOf: string): Promise<number> {
    const [inserted] = await this.knex<RunRow>('mentorship_runs')
      .insert({
        as_of: asOf,
        started_at: now(),
        outcome: 'running',
      })
      .returning('id');
    return inserted.id;
  }

  /** Stages results. Nobody reads them before the run is published. */
  async stage(runId: number, items: ResultItem[]): Promise<void> {
    for (let start = 0; start < items.length; start += ROWS_AT_A_TIME) {
      const some = items.slice(start, start + ROWS_AT_A_TIME);
      const reports = await Promise.all(
        some.map(item => reportRow(runId, item)),
      );
      await this.knex.transaction(async transaction => {
        await transaction<AssessmentTableRow>('mentorship_assessments').insert(
          some.map(item => tableRow(runId, item)),
        );
        await transaction<ShownRow>('mentorship_rows').insert(
          some.map(({ row, csv }) => ({
            run_id: runId,
            entity_ref: row.entityRef,
            row: JSON.stringify(row),
            csv,
          })),
        );
        await transaction<ReportRow>('mentorship_reports').insert(reports);
      });
    }
  }

  /** Takes staged results back, so that they can be staged anew. */
  async unstage(runId: number, signal: AbortSignal): Promise<void> {
    for (const table of RESULT_TABLES) {
      await this.remove(table, runId, signal);
    }
  }

  async addErrors(runId: number, errors: RunError[]): Promise<void> {
    for (let start = 0; start < errors.length; start += ROWS_AT_A_TIME) {
      await this.knex<RunErrorRow>('mentorship_run_errors').insert(
        errors
          .slice(start, start + ROWS_AT_A_TIME)
          .map(({ place, message }) => ({ run_id: runId, place, message })),
      );
    }
  }

  /**
   * Makes a run the current one, all at once. Answers `superseded` and changes
   * nothing that is read where a newer run became current meanwhile.
   *
   * @throws Error where not every service of the run was staged.
   */
  async publish(
    runId: number,
    figures: { entities: number; services: number; errors: number },
  ): Promise<'published' | 'superseded'> {
    return this.knex.transaction(async transaction => {
      await this.requireStaged(transaction, runId, figures.services);
      const swapped = await transaction<CurrentRunRow>('mentorship_current_run')
        .where({ slot: 'current' })
        .andWhere(older => {
          older.whereNull('run_id').orWhere('run_id', '<', runId);
        })
        .update({
          previous_run_id: transaction.ref('run_id') as never,
          run_id: runId,
        });
      await transaction<RunRow>('mentorship_runs')
        .where({ id: runId })
        .update({
          ...figures,
          finished_at: now(),
          ...(swapped
            ? { outcome: 'complete' }
            : {
                outcome: 'failed',
                failure: 'a newer run was complete before this one',
              }),
        });
      return swapped ? 'published' : 'superseded';
    });
  }

  async fail(runId: number, failure: string): Promise<void> {
    await this.knex<RunRow>('mentorship_runs')
      .where({ id: runId, outcome: 'running' })
      .update({ outcome: 'failed', finished_at: now(), failure });
  }

  /**
   * Removes what nobody reads any more: rows of runs that failed or were
   * replaced, reports of the run before the current one, and runs that were cut
   * off (begun before `cutOffBefore` and still not finished).
   */
  async sweep(cutOffBefore: Date, signal: AbortSignal): Promise<void> {
    await this.knex<RunRow>('mentorship_runs')
      .where('outcome', 'running')
      .andWhere('started_at', '<', cutOffBefore.toISOString())
      .update({
        outcome: 'failed',
        finished_at: now(),
        failure: 'the run was cut off',
      });
    const current = await this.current();
    const running = await this.knex<RunRow>('mentorship_runs')
      .where('outcome', 'running')
      .pluck('id');
    const read = [current.run_id, ...running];
    const listed = [...read, current.previous_run_id];
    await this.removeAllBut('mentorship_reports', read, signal);
    await this.removeAllBut('mentorship_rows', listed, signal);
    await this.removeAllBut('mentorship_assessments', listed, signal);
    await this.forgetOldRuns(signal);
  }

  /** The run whose results are read. */
  async currentRun(): Promise<RunReport | undefined> {
    const { run_id } = await this.current();
    const row =
      run_id !== null &&
      (await this.knex<RunRow>('mentorship_runs')
        .where({ id: run_id })
        .first());
    return row ? report(row) : undefined;
  }

  /** The newest run. */
  async lastRun(): Promise<RunReport | undefined> {
    const row = await this.knex<RunRow>('mentorship_runs')
      .orderBy('id', 'desc')
      .first();
    return row && report(row);
  }

  private async current(): Promise<CurrentRunRow> {
    const row = await this.knex<CurrentRunRow>('mentorship_current_run')
      .where({ slot: 'current' })
      .first();
    if (!row) {
      throw new Error(
        'the row of mentorship_current_run is gone, which the migrations put there',
      );
    }
    return row;
  }

  private async requireStaged(
    transaction: Knex.Transaction,
    runId: number,
    services: number,
  ) {
    for (const table of RESULT_TABLES) {
      const [{ count }] = await transaction(table)
        .where({ run_id: runId })
        .count({ count: '*' });
      if (Number(count) !== services) {
        throw new Error(
          `run ${runId} staged ${count} of ${services} services in ${table}`,
        );
      }
    }
  }

  private async removeAllBut(
    table: ResultTable,
    kept: Array<number | null>,
    signal: AbortSignal,
  ) {
    const runs: number[] = await this.knex(table)
      .distinct('run_id')
      .whereNotIn(
        'run_id',
        kept.filter(id => id !== null),
      )
      .pluck('run_id');
    for (const runId of runs) {
      await this.remove(table, runId, signal);
    }
  }

  /** Removes a run's rows a few at a time, so that nobody waits long. */
  private async remove(table: ResultTable, runId: number, signal: AbortSignal) {
    let removed: number;
    do {
      signal.throwIfAborted();
      removed = await this.knex(table)
        .where({ run_id: runId })
        .whereIn(
          'entity_ref',
          this.knex(table)
            .select('entity_ref')
            .where({ run_id: runId })
            .limit(ROWS_AT_A_TIME),
        )
        .delete();
      await nextTurn();
    } while (removed > 0);
  }

  private async forgetOldRuns(signal: AbortSignal) {
    signal.throwIfAborted();
    const kept = this.knex<RunRow>('mentorship_runs')
      .select('id')
      .orderBy('id', 'desc')
      .limit(RUNS_KEPT);
    const rowsOf = this.knex('mentorship_assessments').select('run_id');
    const old: number[] = await this.knex<RunRow>('mentorship_runs')
      .whereNotIn('id', this.knex.select('id').from(kept.as('kept')))
      .whereNotIn('id', rowsOf)
      .pluck('id');
    await this.knex('mentorship_run_errors').whereIn('run_id', old).delete();
    await this.knex('mentorship_runs').whereIn('id', old).delete();
  }
}

function tableRow(
  runId: number,
  { row, named }: ResultItem,
): AssessmentTableRow {
  return {
    run_id: runId,
    entity_ref: row.entityRef,
    title: row.title.toLowerCase(),
    kind: row.kind.toLowerCase(),
    type: row.type,
    lifecycle: row.lifecycle,
    tier: row.tier,
    owner: row.owner,
    system: row.system,
    level: row.level,
    level_rank: row.levelRank,
    score: row.score,
    coverage: row.coverage,
    mentorship_status: row.mentorshipStatus,
    apprentices: row.apprentices,
    next_milestone_due: row.nextMilestoneDue,
    steward_since: row.stewardSince,
    rotation_state: row.rotationState,
    rotation_due: row.rotationDue,
    bus_factor: row.busFactor,
    bus_factor_verdict: row.busFactorVerdict,
    failed_rules: enclosed(row.failedRules),
    people: enclosed(peopleOf(named)),
    words: searchable(row),
  };
}

/** Deflating is done by Node's own threads, beside whatever else goes on. */
async function reportRow(
  runId: number,
  { row, named, counted }: ResultItem,
): Promise<ReportRow> {
  const [namedBytes, countedBytes] = await Promise.all([
    deflate(named),
    deflate(counted),
  ]);
  return {
    run_id: runId,
    entity_ref: row.entityRef,
    named: namedBytes,
    counted: countedBytes,
  };
}

/** Everything that a reader may search; people are not. */
function searchable(row: AssessmentRow): string {
  return [row.title, row.entityRef, row.owner ?? '', row.system ?? '']
    .join('\n')
    .toLowerCase();
}

/** Refs of the people whom an assessment is about, whatever it says of them. */
function peopleOf(named: string): string[] {
  const { escalation, mentorship } = JSON.parse(named) as Assessment;
  const refs = [...escalation, ...mentorship.apprentices].flatMap(person =>
    person.entityRef ? [person.entityRef] : [],
  );
  return [...new Set(refs)];
}

/** `;a;b;`, so that `;a;` finds exactly `a`. */
function enclosed(values: string[]): string {
  return values.length ? `;${values.join(';')};` : '';
}

function report(row: RunRow): RunReport {
  return {
    id: row.id,
    asOf: row.as_of,
    startedAt: row.started_at,
    outcome: row.outcome,
    ...(row.finished_at !== null && { finishedAt: row.finished_at }),
    ...(row.entities !== null && { entities: row.entities }),
    ...(row.services !== null && { services: row.services }),
    ...(row.errors !== null && { errors: row.errors }),
    ...(row.failure !== null && { failure: row.failure }),
  };
}

function now(): string {
  return new Date().toISOString();
}
