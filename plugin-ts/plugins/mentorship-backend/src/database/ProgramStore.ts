import type {
  BaselineOrigin,
  ConfirmedStep,
  FrozenBaseline,
  ProgramDecided,
} from 'backstage-plugin-mentorship-common';
import type { Knex } from 'knex';
import { holdCurrentRun } from './currentRun';
import type {
  BaselineRow,
  CurrentRunRow,
  ProgramRow,
  RolloutRow,
} from './rows';

/** The program as a run summed it up. */
export interface SummedProgram {
  /** JSON of the `Program`. */
  program: string;
  /** JSON of the `ProgramDecided` that it rests on. */
  decided: string;
}

/**
 * Keeps what the program owner decided, which outlives every run, and reads the
 * program that the current run made of it.
 */
export class ProgramStore {
  constructor(private readonly knex: Knex) {}

  /** What the program owner has set by now, in the order of ids. */
  async decided(): Promise<Required<ProgramDecided>> {
    const [baselines, confirmed] = await Promise.all([
      this.knex<BaselineRow>('mentorship_baselines')
        .orderBy('measure')
        .select('measure', 'value'),
      this.knex<RolloutRow>('mentorship_rollout')
        .orderBy('step')
        .select('step', 'confirmed_on'),
    ]);
    return {
      baselines: baselines.map(({ measure, value }) => ({ measure, value })),
      confirmed: confirmed.map(
        ({ step, confirmed_on }): ConfirmedStep => ({ step, on: confirmed_on }),
      ),
    };
  }

  /**
   * Replaces all frozen baselines; a measure without one has its own again. One that
   * stays as it was keeps who set it.
   */
  async freeze(
    baselines: FrozenBaseline[],
    set: { by: string | undefined; at: string },
  ): Promise<void> {
    await this.knex.transaction(async transaction => {
      // Of two owners at once, the later one decides, and nothing is half of each.
      await holdCurrentRun(transaction);
      const before = await transaction<BaselineRow>('mentorship_baselines');
      await transaction<BaselineRow>('mentorship_baselines').delete();
      const rows = baselines.map(
        ({ measure, value }) =>
          before.find(
            row => row.measure === measure && row.value === value,
          ) ?? { measure, value, set_by: set.by ?? null, set_at: set.at },
      );
      if (rows.length > 0) {
        await transaction<BaselineRow>('mentorship_baselines').insert(rows);
      }
    });
  }

  /** Who froze which baseline, and when, in the order of ids. */
  async baselineOrigins(): Promise<BaselineOrigin[]> {
    const rows = await this.knex<BaselineRow>('mentorship_baselines')
      .whereNotNull('set_at')
      .orderBy('measure')
      .select('measure', 'set_by', 'set_at');
    return rows.map(({ measure, set_by, set_at }) => ({
      measure,
      ...(set_by !== null && { setBy: set_by }),
      setAt: String(set_at),
    }));
  }

  /** Confirms a step on a day, or takes that back. */
  async confirm(step: string, on: string | undefined): Promise<void> {
    if (on === undefined) {
      await this.knex<RolloutRow>('mentorship_rollout')
        .where({ step })
        .delete();
      return;
    }
    await this.knex<RolloutRow>('mentorship_rollout')
      .insert({ step, confirmed_on: on })
      .onConflict('step')
      .merge();
  }

  /**
   * The program of the current run; that of an older one where the current run
   * could not sum it up.
   */
  async program(): Promise<(SummedProgram & { isOfRun: boolean }) | undefined> {
    const current = this.knex<CurrentRunRow>('mentorship_current_run')
      .where({ slot: 'current' })
      .select('run_id');
    const row: (ProgramRow & { current: number }) | undefined = await this.knex(
      'mentorship_programs',
    )
      .where('run_id', '<=', current)
      .orderBy('run_id', 'desc')
      .first('program', 'decided', 'run_id', { current });
    return (
      row && {
        program: row.program,
        decided: row.decided,
        isOfRun: row.run_id === row.current,
      }
    );
  }

  /** Removes programs that nobody reads any more. */
  async sweep(): Promise<void> {
    const previous = this.knex<CurrentRunRow>('mentorship_current_run')
      .where({ slot: 'current' })
      .select('previous_run_id');
    const shown = this.knex<ProgramRow>('mentorship_programs')
      .where('run_id', '<=', previous)
      .max('run_id');
    await this.knex<ProgramRow>('mentorship_programs')
      .where('run_id', '<', shown)
      .delete();
  }
}
