import type { LoggerService } from '@backstage/backend-plugin-api';
import { ServiceUnavailableError } from '@backstage/errors';
import type { RunReport } from 'backstage-plugin-mentorship-common';
import type { OperationsSource } from 'backstage-plugin-mentorship-node';
import type { CatalogListing } from '../catalog/CatalogListing';
import type { EvidencePlaceStore } from '../database/EvidencePlaceStore';
import type { HistoryStore } from '../database/HistoryStore';
import type { OperationsStore } from '../database/OperationsStore';
import type { PushedEvidenceStore } from '../database/PushedEvidenceStore';
import type { RunStore } from '../database/RunStore';
import { isEngineTrap, type Core, type Engine } from './Engine';
import { handOverOperations } from './operations';

/** An engine that nobody asks anything gives its memory back. */
const IDLE_MS = 30 * 60 * 1000;

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
      logger: LoggerService;
    },
  ) {}

  /**
   * Puts a question to the engine, with the day that its run judged as of.
   *
   * @throws ServiceUnavailableError where there is no run yet, or no engine.
   */
  async ask<T>(
    question: (engine: Engine, asOf: string) => Promise<T>,
  ): Promise<T> {
    const run = await this.options.runs.currentRun();
    if (!run) {
      throw new ServiceUnavailableError(
        'The first pass over the catalog is not complete yet; GET /status tells how far it is',
      );
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
    const { core, policy } = this.options;
    const engine = await core.createEngine(policy);
    try {
      await this.readCatalog(engine);
      await this.readEvidence(engine);
      // Takes note of who has a part in which service, which takes longest.
      await engine.whatIf({ leaves: [], asOf: run.asOf, audience: 'counted' });
      this.ended.signal.throwIfAborted();
    } catch (error) {
      await engine.free();
      throw isEngineTrap(error)
        ? new ServiceUnavailableError(
            'The core broke down over the evidence, which is a defect of the core; the log of the backend says more',
            error,
          )
        : error;
    }
    await this.release();
    this.held = { runId: run.id, asOf: run.asOf, engine, open: new Set() };
  }

  private async readCatalog(engine: Engine): Promise<void> {
    let cursor: string | undefined;
    do {
      const page = await this.options.listing.page(cursor, this.ended.signal);
      cursor = (await engine.upsertPage(page)).nextCursor;
    } while (cursor);
  }

  private async readEvidence(engine: Engine): Promise<void> {
    const { places, histories } = this.options;
    for await (const { source, evidence } of places.evidence()) {
      this.ended.signal.throwIfAborted();
      const { repository } = evidence;
      await engine.putRepository(
        new TextEncoder().encode(JSON.stringify(evidence)),
      );
      const stored = await histories.find(source, repository);
      if (stored) {
        const bytes = await histories.load(source, repository);
        await engine.restoreHistory(repository, bytes, stored.basis);
        await engine.finishHistory(repository);
      }
    }
    await handOverOperations(engine, this.options, {
      logger: this.options.logger,
      signal: this.ended.signal,
      guarded: (_, work) => work(),
    });
  }

  /** Frees what is held, once its last question is answered. */
  private async release(): Promise<void> {
    const held = this.held;
    this.held = undefined;
    if (held) {
      await Promise.allSettled(held.open);
      await held.engine.free();
    }
  }

  private restartIdle(): void {
    clearTimeout(this.idle);
    this.idle = setTimeout(() => this.release(), IDLE_MS);
    this.idle.unref();
  }
}
