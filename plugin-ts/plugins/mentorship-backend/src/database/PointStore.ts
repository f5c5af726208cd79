import type {
  AssessmentRow,
  HistoryPoint,
} from 'backstage-plugin-mentorship-common';
import type { Knex } from 'knex';
import { setImmediate as nextTurn } from 'timers/promises';
import { daysBefore } from '../days';
import type { CurrentRunRow, PointRow, ShownRow } from './rows';
import { rowsAtATime } from './statements';

/** What a service was, without the day. */
type State = Omit<HistoryPoint, 'day'>;

/**
 * Keeps what histories are drawn of after the versions that it comes from were
 * removed: a point for each day on which a service was not what it had been. A
 * service that stays as it is costs nothing, however many days pass.
 */
export class PointStore {
  /** The day as of which this process removed old points last. */
  private sweptAsOf: string | undefined;

  constructor(
    private readonly knex: Knex,
    private readonly options: { keepDays: number },
  ) {}

  /**
   * Keeps the points of everything that was published since this was done last.
   * Done again, or by two at once, it comes to the same.
   */
  async keep(signal: AbortSignal): Promise<void> {
    const { run_id: current, points_run_id: kept } = await this.currentRun();
    if (current === null || current === kept) {
      return;
    }
    let edge: Pick<ShownRow, 'run_id' | 'entity_ref'> | undefined = {
      run_id: (kept ?? 0) + 1,
      entity_ref: '',
    };
    do {
      signal.throwIfAborted();
      edge = await this.keepSome(edge, current);
      await nextTurn();
    } while (edge);
    await this.knex<CurrentRunRow>('mentorship_current_run')
      .where({ slot: 'current' })
      .update({ points_run_id: current });
  }

  /** A service's points in the order of their days. */
  async of(entityRef: string): Promise<HistoryPoint[]> {
    const rows = await this.knex<PointRow>('mentorship_points')
      .where({ entity_ref: entityRef })
      .orderBy('day')
      .select('day', 'point');
    return rows.map(({ day, point }) => ({ day, ...JSON.parse(point) }));
  }

  /**
   * Removes points from before the days that are kept, once a day. What a service
   * was on the first of those days stays known.
   */
  async sweep(asOf: string, signal: AbortSignal): Promise<void> {
    if (this.sweptAsOf === asOf) {
      return;
    }
    const first = daysBefore(asOf, this.options.keepDays);
    let removed: number;
    do {
      signal.throwIfAborted();
      const old = await this.knex('mentorship_points as point')
        .where('point.day', '<', first)
        .andWhere(either =>
          either
            .whereExists(
              this.knex('mentorship_points as next')
                .whereRaw('next.entity_ref = point.entity_ref')
                .whereRaw('next.day > point.day')
                .andWhere('next.day', '<=', first),
            )
            .orWhereNotExists(
              this.knex('mentorship_assessments as version').whereRaw(
                'version.entity_ref = point.entity_ref',
              ),
            ),
        )
        .limit(rowsAtATime(this.knex))
        .select('point.entity_ref', 'point.day');
      removed = await this.knex<PointRow>('mentorship_points')
        .whereIn(
          ['entity_ref', 'day'],
          old.map(({ entity_ref, day }) => [entity_ref, day]),
        )
        .delete();
      await nextTurn();
    } while (removed > 0);
    this.sweptAsOf = asOf;
  }

  /** Keeps the next points of one run; answers where to go on. */
  private async keepSome(
    edge: Pick<ShownRow, 'run_id' | 'entity_ref'>,
    current: number,
  ): Promise<typeof edge | undefined> {
    const found = await this.knex<ShownRow>('mentorship_rows')
      .whereRaw('(run_id, entity_ref) > (?, ?)', [edge.run_id, edge.entity_ref])
      .andWhere('run_id', '<=', current)
      .orderBy(['run_id', 'entity_ref'])
      .limit(rowsAtATime(this.knex))
      .select('run_id', 'entity_ref', 'row');
    const runId = found.at(0)?.run_id;
    const some = found.filter(each => each.run_id === runId);
    if (some.length > 0) {
      await this.add(some.map(each => JSON.parse(each.row)));
    }
    return some.at(-1);
  }

  /** Adds what differs from the day before; all rows are of one day. */
  private async add(rows: AssessmentRow[]): Promise<void> {
    const day = rows[0].asOf;
    await this.knex.transaction(async transaction => {
      const points = () => transaction<PointRow>('mentorship_points');
      const refs = rows.map(row => row.entityRef);
      const newest = points()
        .whereIn('entity_ref', refs)
        .andWhere('day', '<', day)
        .groupBy('entity_ref')
        .select('entity_ref')
        .max('day');
      const before = new Map(
        (
          await points()
            .whereIn(['entity_ref', 'day'], newest)
            .select('entity_ref', 'point')
        ).map(each => [each.entity_ref, each.point]),
      );
      const now = rows.map(row => ({
        entity_ref: row.entityRef,
        day,
        point: JSON.stringify(stateOf(row)),
      }));
      const differs = (each: PointRow) =>
        before.get(each.entity_ref) !== each.point;
      await points().whereIn('entity_ref', refs).andWhere({ day }).delete();
      const changed = now.filter(differs);
      if (changed.length > 0) {
        await points()
          .insert(changed)
          .onConflict(['entity_ref', 'day'])
          .merge();
      }
    });
  }

  private async currentRun(): Promise<
    Pick<CurrentRunRow, 'run_id' | 'points_run_id'>
  > {
    const row = await this.knex<CurrentRunRow>('mentorship_current_run')
      .where({ slot: 'current' })
      .first('run_id', 'points_run_id');
    return row ?? { run_id: null, points_run_id: null };
  }
}

/** Rules in the order of ids, so that only which ones they are makes a difference. */
function stateOf(row: AssessmentRow): State {
  return {
    level: row.level,
    score: row.score,
    coverage: row.coverage,
    mentorshipStatus: row.mentorshipStatus,
    rotationState: row.rotationState,
    busFactor: row.busFactor,
    busFactorVerdict: row.busFactorVerdict,
    failedRules: [...row.failedRules].sort(),
    unknownRules: [...row.unknownRules].sort(),
  };
}
