import type { LoggerService } from '@backstage/backend-plugin-api';
import { ServiceUnavailableError } from '@backstage/errors';
import type { RunReport } from 'backstage-plugin-mentorship-common';
import type {
  OperationsSource,
  ReviewsSource,
} from 'backstage-plugin-mentorship-node';
import type { CatalogListing } from '../catalog/CatalogListing';
import { FirstPassPendingError } from '../FirstPassPendingError';
import type {
  EvidencePlaceStore,
  JudgedPlace,
} from '../database/EvidencePlaceStore';
import type { HistoryStore } from '../database/HistoryStore';
import type { OperationsStore } from '../database/OperationsStore';
import type { PushedEvidenceStore } from '../database/PushedEvidenceStore';
import type { ReviewStore } from '../database/ReviewStore';
import type { RunStore } from '../database/RunStore';
import { isEngineTrap, type Core, type Engine } from './Engine';
import { handOverOperations } from './operations';
import { BrokenOff, Suspects } from './Suspects';

/** An engine that nobody asks anything gives its memory back. */
const IDLE_MS = 30 * 60 * 1000;
/** Engines begun for one run; each leaves out more that the core breaks down over. */
const ATTEMPTS = 5;

/** An engine with the evidence of one run. */
interface Held {
  runId: number;
  asOf: string;
  engine: Engine;
  /** Questions that are not answered yet. */
  open: Set<Promise<unknown>>;
}

/**
 * Answers what cannot be computed beforehand, such as *what if she leaves*. It
 * holds an engine with the evidence that the last run left in the database, so
 * that any replica answers; it is made when somebody asks, made again after a
 * newer run while the older one still answers, and freed when nobody asks any
 * more.
 */
export class StandingEngine {
  private held: Held | undefined;
  private making: Promise<void> | undefined;
  private idle: NodeJS.Timeout | undefined;
  private readonly ended = new AbortController();

  constructor(
    private readonly options: {
      core: Core;
      policy: string;
      listing: Pick<CatalogListing, 'page'>;
      runs: RunStore;
      places: EvidencePlaceStore;
      histories: HistoryStore;
      pushed: PushedEvidenceStore;
      operations: OperationsStore;
      operationsSources: readonly OperationsSource[];
      reviews: ReviewStore;
      reviewsSources: readonly ReviewsSource[];
      logger: LoggerService;
    },
  ) {}

  /**
   * Puts a question to the engine, with the day that its run judged as of.
   *
   * @throws FirstPassPendingError where there is no run yet, and
   * ServiceUnavailableError where there is no engine.
   */
  async ask<T>(
    question: (engine: Engine, asOf: string) => Promise<T>,
  ): Promise<T> {
    const run = await this.options.runs.currentRun();
    if (!run) {
      throw new FirstPassPendingError();
    }
    this.restartIdle();
    if (this.held?.runId !== run.id) {
      const renewed = this.renew(run);
      if (!this.held) {
        await renewed;
      }
    }
    if (!this.held) {
      throw new ServiceUnavailableError(
        'The core broke down over another question just now; ask again',
      );
    }
    return this.answer(this.held, question);
  }

  /** Gives everything back. */
  async end(): Promise<void> {
    this.ended.abort();
    await this.release();
  }

  private async answer<T>(
    held: Held,
    question: (engine: Engine, asOf: string) => Promise<T>,
  ): Promise<T> {
    const answer = question(held.engine, held.asOf);
    held.open.add(answer);
    try {
      return await answer;
    } catch (error) {
      if (!isEngineTrap(error)) {
        throw error;
      }
      this.options.logger.error('the core broke down over a question', error);
      if (this.held === held) {
        this.held = undefined;
        await held.engine.free();
      }
      throw new ServiceUnavailableError(
        'The core broke down over this question, which is a defect of the core; the log of the backend says more',
      );
    } finally {
      held.open.delete(answer);
    }
  }

  /** Makes an engine of a newer run, once however many ask for it. */
  private renew(run: RunReport): Promise<void> {
    this.making ??= this.make(run).finally(() => {
      this.making = undefined;
    });
    this.making.catch(error => {
      // Whoever waits for it is told; an older engine goes on answering.
      this.options.logger.warn('no engine could be made for questions', error);
    });
    return this.making;
  }

  private async make(run: RunReport): Promise<void> {
    const engine = await this.filled(run);
    const older = this.held;
    this.held = { runId: run.id, asOf: run.asOf, engine, open: new Set() };
    if (this.ended.signal.aborted) {
      await this.release();
    }
    await freed(older);
  }

  /** An engine that knows what the run knew, but for what the core cannot take in. */
  private async filled(run: RunReport): Promise<Engine> {
    const { core, policy, logger } = this.options;
    const suspects = new Suspects();
    for (let attempt = 1; ; attempt++) {
      const engine = await core.createEngine(policy);
      try {
        await this.readCatalog(engine, suspects);
        await this.readEvidence(engine, suspects);
        // Takes note of who has a part in which service, which takes longest.
        await engine.whatIf({
          leaves: [],
          asOf: run.asOf,
          audience: 'counted',
        });
        this.ended.signal.throwIfAborted();
        return engine;
      } catch (error) {
        await engine.free();
        if (error instanceof BrokenOff && attempt < ATTEMPTS) {
          logger.error('the core broke down; it is asked without that', error);
        } else if (error instanceof BrokenOff || isEngineTrap(error)) {
          throw new ServiceUnavailableError(
            'The core broke down over the evidence, which is a defect of the core; the log of the backend says more',
            error,
          );
        } else {
          throw error;
        }
      }
    }
  }

  private async readCatalog(engine: Engine, suspects: Suspects): Promise<void> {
    const { core, policy, listing } = this.options;
    let cursor: string | undefined;
    do {
      const page = await listing.page(cursor, this.ended.signal);
      const { bytes } = suspects.cleared(page);
      const outcome = await suspects.watchPage(bytes, { core, policy }, () =>
        engine.upsertPage(bytes),
      );
      cursor = outcome.nextCursor;
    } while (cursor);
  }

  private async readEvidence(
    engine: Engine,
    suspects: Suspects,
  ): Promise<void> {
    const { places, logger } = this.options;
    for await (const place of places.judged()) {
      this.ended.signal.throwIfAborted();
      await suspects.watchPlace(place.evidence.repository, () =>
        this.readPlace(engine, place),
      );
    }
    await handOverOperations(engine, this.options, {
      logger,
      signal: this.ended.signal,
      guarded: (place, work) => suspects.watchPlace(place, work),
    });
  }

  /** What a run does with a place, from what it kept. */
  private async readPlace(
    engine: Engine,
    { source, evidence, history }: JudgedPlace,
  ): Promise<void> {
    const { histories, logger } = this.options;
    const { repository } = evidence;
    await engine.putRepository(
      new TextEncoder().encode(JSON.stringify(evidence)),
    );
    if (!history) {
      return;
    }
    const stored =
      history.state === 'found' || history.state === 'stale'
        ? await histories.find(source, repository)
        : undefined;
    let reason = history.reason;
    if (stored) {
      const bytes = await histories.load(source, repository);
      const restored = await engine.restoreHistory(
        repository,
        bytes,
        stored.basis,
      );
      if (restored.state === 'refused') {
        reason = restored.reason;
        logger.warn(`the history of ${repository}: ${reason}`);
      }
    } else if (history.state === 'found') {
      reason = 'what was read of it is not kept any more';
    }
    await engine.finishHistory(repository, reason);
  }

  private async release(): Promise<void> {
    const { held } = this;
    this.held = undefined;
    await freed(held);
  }

  private restartIdle(): void {
    clearTimeout(this.idle);
    this.idle = setTimeout(() => this.release(), IDLE_MS);
    this.idle.unref();
  }
}

/** Frees an engine, once its last question is answered. */
async function freed(held: Held | undefined): Promise<void> {
  if (held) {
    await Promise.allSettled(held.open);
    await held.engine.free();
  }
}
