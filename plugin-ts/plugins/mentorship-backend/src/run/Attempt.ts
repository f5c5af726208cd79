import type { LoggerService } from '@backstage/backend-plugin-api';
import { ServiceUnavailableError } from '@backstage/errors';
import type {
  Reminder,
  ServiceLocation,
} from 'backstage-plugin-mentorship-common';
import type {
  EvidenceSource,
  OperationsSource,
  ReviewsSource,
} from 'backstage-plugin-mentorship-node';
import type { CatalogListing } from '../catalog/CatalogListing';
import type { EvidencePlaceStore } from '../database/EvidencePlaceStore';
import type { HistoryStore } from '../database/HistoryStore';
import type { OperationsStore } from '../database/OperationsStore';
import type { ProgramStore, SummedProgram } from '../database/ProgramStore';
import type { PushedEvidenceStore } from '../database/PushedEvidenceStore';
import type { ReviewStore } from '../database/ReviewStore';
import type { RunError } from '../database/RunStore';
import type { Staging } from '../database/Staging';
import { daysBefore } from '../days';
import { isEngineTrap, type Core, type Engine } from '../engine/Engine';
import { locationsOf } from '../engine/locations';
import { handOverOperations } from '../engine/operations';
import { listIn, resultsIn, type Results } from '../engine/results';
import { byAddress } from '../evidence/repositories';
import { EngineEvidenceSink, ServiceRepositories } from './EngineEvidenceSink';
import type { ServiceReminder } from './Reminding';
import { StoringOperationsSink } from './StoringOperationsSink';
import { StoringReviewsSink } from './StoringReviewsSink';
import { BrokenOff, RepositoryTrap, type Suspects } from '../engine/Suspects';

/** Enough that asking for them takes no time, and few enough to be held in memory. */
const RESULTS_AT_A_TIME = 100;
/** The core looks back no further. */
const PUSHED_KEPT_DAYS = 550;

/** What an attempt works with. */
export interface AttemptOptions {
  core: Core;
  policy: string;
  listing: Pick<CatalogListing, 'page'>;
  sources: readonly EvidenceSource[];
  places: EvidencePlaceStore;
  histories: HistoryStore;
  pushed: Pick<PushedEvidenceStore, 'operations' | 'forgetBefore'>;
  operations: OperationsStore;
  operationsSources: readonly OperationsSource[];
  reviews: ReviewStore;
  reviewsSources: readonly ReviewsSource[];
  programs: Pick<ProgramStore, 'decided'>;
  logger: LoggerService;
  suspects: Suspects;
  asOf: string;
  signal: AbortSignal;
  /** Takes results as they come, in the order of refs. */
  staging: Pick<Staging, 'stage' | 'finish'>;
}

/** What came of an attempt. */
export interface AttemptOutcome {
  entities: number;
  services: number;
  errors: RunError[];
  /** What is due to whom. */
  reminders: ServiceReminder[];
  /** Absent where the core broke down over it; the services are judged anyway. */
  program?: SummedProgram;
}

/**
 * One reading of the catalog from its first page to the last result, with one
 * engine. Where the core breaks down, the suspects learn over what, and the
 * attempt ends with {@link BrokenOff}.
 */
export class Attempt {
  private readonly errors: RunError[] = [];
  private readonly reminders: ServiceReminder[] = [];
  private readonly repositories = new ServiceRepositories();

  private constructor(
    private readonly options: AttemptOptions,
    private readonly engine: Engine,
  ) {}

  static async judge(options: AttemptOptions): Promise<AttemptOutcome> {
    const engine = await options.core.createEngine(options.policy);
    try {
      return await new Attempt(options, engine).judge();
    } finally {
      await engine.free();
    }
  }

  private async judge(): Promise<AttemptOutcome> {
    const entities = await this.readCatalog();
    const locations = await locationsOf(this.engine);
    await this.collectEvidence(locations);
    await this.collectOperations();
    await this.collectReviews(locations);
    await this.handOverOperations();
    const services = await this.stageResults(locations);
    const program = await this.sumUp();
    return {
      entities,
      services,
      errors: this.errors,
      reminders: this.reminders,
      program,
    };
  }

  /**
   * A listing that is cut short is no smaller catalog: it ends the run, and the
   * last results stay.
   */
  private async readCatalog(): Promise<number> {
    const { listing, suspects, signal } = this.options;
    let entities = 0;
    let expected: number | undefined;
    let cursor: string | undefined;
    do {
      const page = suspects.cleared(await listing.page(cursor, signal));
      const outcome = await suspects.watchPage(page.bytes, this.options, () =>
        this.engine.upsertPage(page.bytes),
      );
      expected ??= outcome.totalItems;
      for (const error of outcome.errors) {
        this.errors.push({
          place:
            error.entityRef ?? `catalog entity ${entities + error.index + 1}`,
          message: error.message,
        });
      }
      // The core counts those that it read; the catalog counts them all.
      entities += outcome.entities + outcome.errors.length + page.removed;
      cursor = outcome.nextCursor;
    } while (cursor);
    if (entities === 0) {
      throw new ServiceUnavailableError(
        'the catalog lists no entity at all, so nothing was judged',
      );
    }
    if (expected !== undefined && entities < expected) {
      throw new ServiceUnavailableError(
        `the catalog's listing was cut short: ${entities} of ${expected} entities came`,
      );
    }
    return entities;
  }

  private async collectEvidence(services: ServiceLocation[]): Promise<void> {
    const { sources, places, histories, suspects, signal } = this.options;
    for (const source of sources) {
      const logger = this.options.logger.child({ source: source.id });
      const sink = new EngineEvidenceSink({
        source: source.id,
        engine: this.engine,
        store: places,
        histories,
        logger,
        refused: suspects.repositories,
        repositories: this.repositories,
      });
      try {
        await source.collect({
          services: source.standsIn ? this.unread(services) : services,
          sink,
          logger,
          signal,
        });
        await sink.close();
      } catch (error) {
        signal.throwIfAborted();
        if (error instanceof RepositoryTrap) {
          suspects.addRepository(error);
          throw new BrokenOff(error);
        }
        if (isEngineTrap(error)) {
          throw error;
        }
        logger.error('the source of evidence failed', error as Error);
        this.errors.push({
          place: `evidence source ${source.id}`,
          message: (error as Error).message,
        });
      }
    }
  }

  /** Asks the tools for what is new; what they answer is kept. */
  private async collectOperations(): Promise<void> {
    const { operationsSources, operations, asOf, signal } = this.options;
    for (const source of operationsSources) {
      const logger = this.options.logger.child({ source: source.id });
      const serviceIds = await this.engine.pagerdutyServices();
      const sink = new StoringOperationsSink({
        source,
        store: operations,
        serviceIds,
        logger,
      });
      try {
        const today = asOf;
        await source.collect({ serviceIds, today, sink, logger, signal });
        await sink.close('the source ended without saying how it went');
      } catch (error) {
        signal.throwIfAborted();
        logger.error('the source of evidence failed', error as Error);
        await sink.close((error as Error).message);
      }
    }
  }

  /** Asks the code hosts for what is new; what they tell is kept. */
  private async collectReviews(services: ServiceLocation[]): Promise<void> {
    const { reviewsSources, reviews, asOf, signal } = this.options;
    const all = [...byAddress(services).keys()].sort();
    for (const source of reviewsSources) {
      const logger = this.options.logger.child({ source: source.id });
      const repositories = all.filter(each => source.reads(each));
      const sink = new StoringReviewsSink({ source, store: reviews, logger });
      try {
        const today = asOf;
        await source.collect({ repositories, today, sink, logger, signal });
        await sink.close(
          repositories,
          'the source ended without saying how it went',
        );
      } catch (error) {
        signal.throwIfAborted();
        logger.error('the source of reviews failed', error as Error);
        await sink.close(repositories, (error as Error).message);
      }
      await reviews.keepOnly(source.id, new Set(repositories));
    }
  }

  /** Hands the core what is known of operation, old and new. */
  private async handOverOperations(): Promise<void> {
    const { pushed, asOf, suspects } = this.options;
    await pushed.forgetBefore(daysBefore(asOf, PUSHED_KEPT_DAYS));
    await handOverOperations(this.engine, this.options, {
      ...this.options,
      guarded: (place, work) => suspects.watchPlace(place, work),
    });
  }

  private unread(services: ServiceLocation[]): ServiceLocation[] {
    return services.filter(
      ({ entityRef }) => !this.repositories.hasRead(entityRef),
    );
  }

  private async stageResults(locations: ServiceLocation[]): Promise<number> {
    const { signal, staging } = this.options;
    let start = 0;
    let coming: Promise<Results> | undefined = this.begin(start, locations);
    let total = locations.length;
    while (coming) {
      signal.throwIfAborted();
      const results: Results = await coming;
      if (results.items.length === 0 && start < results.total) {
        throw new Error(
          `the core gave no results from service ${start} on, though it has ${results.total}`,
        );
      }
      total = results.total;
      start += results.items.length;
      // The next ones are judged while these are written.
      coming = start < total ? this.begin(start, locations) : undefined;
      for (const { entityRef, reminders } of results.items) {
        const due = listIn<Reminder>(reminders);
        this.reminders.push(...due.map(each => ({ ...each, entityRef })));
      }
      await staging.stage(results.items, ref => this.repositories.of(ref));
    }
    await staging.finish();
    return total;
  }

  /** Results whose failure is told to whoever waits for them, if anybody still does. */
  private begin(start: number, locations: ServiceLocation[]): Promise<Results> {
    const results = this.results(start, locations);
    results.catch(() => {});
    return results;
  }

  /** Sums up what was noted of each service while it was judged. */
  private async sumUp(): Promise<SummedProgram | undefined> {
    const { programs, asOf, logger } = this.options;
    const decided = JSON.stringify(await programs.decided());
    try {
      const bytes = await this.engine.program(
        asOf,
        new TextEncoder().encode(decided),
      );
      return { program: new TextDecoder().decode(bytes), decided };
    } catch (error) {
      logger.error('the program could not be summed up', error as Error);
      this.errors.push({
        place: 'program',
        message: (error as Error).message,
      });
      return undefined;
    }
  }

  private async results(
    start: number,
    locations: ServiceLocation[],
  ): Promise<Results> {
    const { suspects, asOf } = this.options;
    const count = suspects.sliceSize(start, RESULTS_AT_A_TIME);
    try {
      return resultsIn(await this.engine.results(asOf, start, count));
    } catch (error) {
      if (isEngineTrap(error)) {
        suspects.addServices(start, count, locations, error);
        throw new BrokenOff(error);
      }
      throw error;
    }
  }
}
