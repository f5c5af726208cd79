import type { LoggerService } from '@backstage/backend-plugin-api';
import type {
  EvidenceSource,
  OperationsSource,
  ReviewsSource,
} from 'backstage-plugin-mentorship-node';
import { setTimeout as sleep } from 'timers/promises';
import type { CatalogListing } from '../catalog/CatalogListing';
import type { AssessmentReader } from '../database/AssessmentReader';
import type { Erasure } from '../database/Erasure';
import type { EvidencePlaceStore } from '../database/EvidencePlaceStore';
import type { HistoryStore } from '../database/HistoryStore';
import type { OperationsStore } from '../database/OperationsStore';
import type { PointStore } from '../database/PointStore';
import type { ProgramStore } from '../database/ProgramStore';
import type { PushedEvidenceStore } from '../database/PushedEvidenceStore';
import type { ReviewStore } from '../database/ReviewStore';
import type { RunStore } from '../database/RunStore';
import type { SnapshotStore } from '../database/SnapshotStore';
import type { Core } from '../engine/Engine';
import type { Reminding } from './Reminding';
import type { RunMetrics } from './RunMetrics';
import { Attempt, type AttemptOutcome } from './Attempt';
import { BrokenOff, Suspects } from '../engine/Suspects';

/** Attempts of one run; each narrows down what the core broke down over. */
const ATTEMPTS = 20;
/** Runs that may follow one another while the catalog still changes. */
const RUNS_IN_A_ROW = 8;

/** Judges the whole catalog and publishes the results. */
export class AssessmentRunner {
  constructor(
    private readonly options: {
      core: Core;
      policy: string;
      listing: Pick<CatalogListing, 'page'>;
      sources: readonly EvidenceSource[];
      runs: RunStore;
      places: EvidencePlaceStore;
      histories: HistoryStore;
      pushed: PushedEvidenceStore;
      operations: OperationsStore;
      operationsSources: readonly OperationsSource[];
      reviews: ReviewStore;
      reviewsSources: readonly ReviewsSource[];
      programs: ProgramStore;
      points: PointStore;
      snapshots: SnapshotStore;
      reader: Pick<AssessmentReader, 'csvLines'>;
      /** Absent where nobody asked to be forgotten. */
      erasure?: Pick<Erasure, 'sweep'>;
      /** Absent where nobody is to be reminded. */
      reminding?: Pick<Reminding, 'tell'>;
      logger: LoggerService;
      metrics?: Pick<RunMetrics, 'began'>;
      /** The day that services are judged as of, `YYYY-MM-DD`. */
      today: () => string;
      /** How long to wait for a catalog that still changes. */
      settleMs: number;
      /** After how long the schedule stops what it began. */
      timeoutMs: number;
      /** After how long an unfinished run counts as cut off. */
      cutOffMs: number;
    },
  ) {}

  /**
   * Runs until two runs in a row find as many services. A portal that starts
   * lists nothing, then a part, then everything; nobody should wait for the
   * next turn of the schedule to see the rest.
   */
  async runUntilSettled(signal: AbortSignal): Promise<void> {
    const { runs, settleMs, timeoutMs, logger } = this.options;
    const deadline = Date.now() + timeoutMs;
    let before = (await runs.currentRun())?.services;
    for (let turn = 1; ; turn++) {
      let services: number | undefined;
      const begun = Date.now();
      try {
        services = await this.run(signal, deadline);
      } catch (error) {
        signal.throwIfAborted();
        if (turn === RUNS_IN_A_ROW) {
          throw error;
        }
        logger.warn(`the run failed and is tried again: ${error}`);
      }
      if (
        turn === RUNS_IN_A_ROW ||
        (services !== undefined && services === before)
      ) {
        return;
      }
      if (Date.now() + settleMs + (Date.now() - begun) > deadline) {
        logger.info('the catalog still changes; the next run sees the rest');
        return;
      }
      before = services;
      await sleep(settleMs, undefined, { signal });
    }
  }

  /**
   * One run; answers with the number of services judged. What stops it after the
   * deadline, in milliseconds since the epoch, is its time-out.
   */
  async run(signal: AbortSignal, deadline = Infinity): Promise<number> {
    const { runs, logger, metrics, today } = this.options;
    const asOf = today();
    await this.tidy(asOf, signal);
    const before = await runs.currentRun();
    const runId = await runs.begin(asOf);
    const ended = metrics?.began();
    try {
      const { entities, services, errors, reminders, program } =
        await this.judge(runId, asOf, signal);
      await runs.addErrors(runId, errors);
      const outcome = await runs.publish(
        runId,
        { entities, services, errors: errors.length },
        program,
      );
      ended?.(outcome, services);
      if (outcome === 'published') {
        if (services === before?.services) {
          await this.takeSnapshot(asOf, services);
        }
        await this.options.reminding?.tell(reminders, asOf, signal);
      }
      logger.info(
        `run ${runId} ${outcome}; services: ${services}, entities: ${entities}, errors: ${errors.length}`,
      );
      return services;
    } catch (error) {
      ended?.(signal.aborted ? 'stopped' : 'failed');
      await runs.fail(
        runId,
        signal.aborted ? this.whyStopped(deadline) : (error as Error).message,
      );
      throw error;
    } finally {
      if (!signal.aborted) {
        await this.tidy(asOf, signal);
      }
    }
  }

  private whyStopped(deadline: number): string {
    const minutes = Math.round(this.options.timeoutMs / 60_000);
    return Date.now() < deadline
      ? 'the run was stopped'
      : `the run was stopped at its time-out, after ${minutes} minutes; the next one goes on from what it wrote. If that happens again, set \`mentorship.schedule.timeout\` to more than a run takes`;
  }

  /**
   * The first run of a week that finds as many services as the one before is its
   * snapshot, for good: a portal that starts lists a part of its catalog. What fails
   * here is done by the next.
   */
  private async takeSnapshot(asOf: string, services: number): Promise<void> {
    const { core, snapshots, reader, logger } = this.options;
    try {
      await snapshots.take({
        asOf,
        services,
        header: core.csvHeader(),
        lines: reader.csvLines({}, {}),
      });
    } catch (error) {
      logger.error('no snapshot of the week was taken', error as Error);
    }
  }

  /**
   * Puts together what was pushed of days that are over, keeps what histories need of
   * the results, and then removes what is old.
   */
  private async tidy(asOf: string, signal: AbortSignal): Promise<void> {
    const { runs, points, programs, snapshots, pushed, erasure, cutOffMs } =
      this.options;
    await pushed.putDaysTogether(asOf, signal);
    await points.keep(signal);
    await points.sweep(asOf, signal);
    await programs.sweep();
    await snapshots.sweep();
    await erasure?.sweep(asOf, signal);
    await runs.sweep(new Date(Date.now() - cutOffMs), signal);
  }

  private async judge(
    runId: number,
    asOf: string,
    signal: AbortSignal,
  ): Promise<AttemptOutcome> {
    const { runs, logger } = this.options;
    const suspects = new Suspects();
    for (let attempt = 1; ; attempt++) {
      try {
        const outcome = await Attempt.judge({
          ...this.options,
          suspects,
          asOf,
          signal,
          staging: await runs.staging(runId),
        });
        return {
          ...outcome,
          errors: [...outcome.errors, ...suspects.errors()],
        };
      } catch (error) {
        if (!(error instanceof BrokenOff) || attempt === ATTEMPTS) {
          throw error;
        }
        logger.error(
          'the core broke down; the run begins again without what it broke down over',
          error,
        );
      }
    }
  }
}
