import type { RunReport } from 'backstage-plugin-mentorship-common';
import type { Knex } from 'knex';
import { holdCurrentRun } from './currentRun';
import type { SummedProgram } from './ProgramStore';
import {
  STILL,
  type AssessmentTableRow,
  type CurrentRunRow,
  type ProgramRow,
  type RunErrorRow,
  type RunRow,
} from './rows';
import { removeVersions, requireRunning, Staging } from './Staging';

/** Rows written or removed in one statement, so that no statement takes long. */
const ROWS_AT_A_TIME = 100;
/** Finished runs whose figures are kept. */
const RUNS_KEPT = 200;

/** Something that a run could not judge. */
export interface RunError {
  /** An entity ref, a repository, or a place in the catalog's listing. */
  place: string;
  message: string;
}

/**
 * Writes runs. One run writes at a time, the newest; its results are staged as
 * versions that nobody reads, and become current in one transaction. A service
 * whose results did not change keeps the version that it has. Invariant: what
 * the current run and the one before it show is kept, so that a reader who began
 * before a swap can end after it.
 */
export class RunStore {
  constructor(private readonly knex: Knex) {}

  /** Begins a run. One that is still under way can write nothing any more. */
  async begin(asOf: string): Promise<number> {
    return this.knex.transaction(async transaction => {
      await holdCurrentRun(transaction);
      await transaction<RunRow>('mentorship_runs')
        .where({ outcome: 'running' })
        .update({
          outcome: 'failed',
          finished_at: now(),
          failure: 'a newer run began before this one was complete',
        });
      const [inserted] = await transaction<RunRow>('mentorship_runs')
        .insert({ as_of: asOf, started_at: now(), outcome: 'running' })
        .returning('id');
      return inserted.id;
    });
  }

  /**
   * The staging of a run's results, from the first one on. What runs staged that
   * never became current is used where it is still true, and removed where not.
   *
   * @throws Error where a newer run began meanwhile.
   */
  async staging(runId: number): Promise<Staging> {
    const { run_id: current } = await this.current();
    await this.knex.transaction(transaction =>
      requireRunning(transaction, runId),
    );
    return new Staging(this.knex, { id: runId, current: current ?? 0 });
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
   * Makes a run the current one, with its program, all at once. Answers `superseded` and changes
   * nothing where a newer run began meanwhile.
   *
   * @throws Error where not every service of the run was staged.
   */
  async publish(
    runId: number,
    figures: { entities: number; services: number; errors: number },
    program?: SummedProgram,
  ): Promise<'published' | 'superseded'> {
    return this.knex.transaction(async transaction => {
      await holdCurrentRun(transaction);
      const [swapped] = await transaction<RunRow>('mentorship_runs')
        .where({ id: runId, outcome: 'running' })
        .update({ ...figures, finished_at: now(), outcome: 'complete' })
        .returning('id');
      if (!swapped) {
        return 'superseded';
      }
      await requireStaged(transaction, runId, figures.services);
      if (program) {
        await transaction<ProgramRow>('mentorship_programs').insert({
          run_id: runId,
          ...program,
        });
      }
      await transaction<CurrentRunRow>('mentorship_current_run')
        .where({ slot: 'current' })
        .update({
          previous_run_id: transaction.ref('run_id') as never,
          run_id: runId,
        });
      return 'published';
    });
  }

  async fail(runId: number, failure: string): Promise<void> {
    await this.knex<RunRow>('mentorship_runs')
      .where({ id: runId, outcome: 'running' })
      .update({ outcome: 'failed', finished_at: now(), failure });
  }

  /**
   * Removes what nobody reads any more: versions that were replaced before the
   * run before the current one, and the figures of old runs. Runs that were cut
   * off (begun before `cutOffBefore` and still not finished) are told as failed.
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
    const { previous_run_id: previous } = await this.current();
    await this.removeVersions(
      versions => versions.where('until_run', '<=', previous ?? 0),
      signal,
    );
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

  /** Removes versions a few at a time, so that nobody waits long. */
  private async removeVersions(
    chosen: (
      versions: Knex.QueryBuilder<AssessmentTableRow>,
    ) => Knex.QueryBuilder,
    signal: AbortSignal,
  ): Promise<void> {
    let some: Array<Pick<AssessmentTableRow, 'run_id' | 'entity_ref'>>;
    do {
      signal.throwIfAborted();
      some = await chosen(
        this.knex<AssessmentTableRow>('mentorship_assessments'),
      )
        .limit(ROWS_AT_A_TIME)
        .select('run_id', 'entity_ref');
      const removed = some;
      await this.knex.transaction(transaction =>
        removeVersions(transaction, removed),
      );
    } while (some.length > 0);
  }

  private async forgetOldRuns(signal: AbortSignal) {
    signal.throwIfAborted();
    const kept = this.knex<RunRow>('mentorship_runs')
      .select('id')
      .orderBy('id', 'desc')
      .limit(RUNS_KEPT);
    const rowsOf = this.knex('mentorship_assessments').select('run_id');
    const programs = this.knex('mentorship_programs').select('run_id');
    const old: number[] = await this.knex<RunRow>('mentorship_runs')
      .whereNotIn('id', this.knex.select('id').from(kept.as('kept')))
      .whereNotIn('id', rowsOf)
      .whereNotIn('id', programs)
      .pluck('id');
    await this.knex('mentorship_run_errors').whereIn('run_id', old).delete();
    await this.knex('mentorship_runs').whereIn('id', old).delete();
  }
}

/** The newest versions are the run's own, or those that it left as they were. */
async function requireStaged(
  transaction: Knex.Transaction,
  runId: number,
  services: number,
): Promise<void> {
  const [{ count }] = await transaction<AssessmentTableRow>(
    'mentorship_assessments',
  )
    .where({ until_run: STILL })
    .count({ count: '*' });
  if (Number(count) !== services) {
    throw new Error(`run ${runId} staged ${count} of ${services} services`);
  }
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
