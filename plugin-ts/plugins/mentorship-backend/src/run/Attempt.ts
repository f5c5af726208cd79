import type { LoggerService } from '@backstage/backend-plugin-api';
import { ServiceUnavailableError } from '@backstage/errors';
import type {
  Results,
  ServiceLocation,
} from 'backstage-plugin-mentorship-common';
import type { EvidenceSource } from 'backstage-plugin-mentorship-node';
import { setImmediate as nextTurn } from 'timers/promises';
import type { CatalogListing } from '../catalog/CatalogListing';
import type { EvidencePlaceStore } from '../database/EvidencePlaceStore';
import type { HistoryStore } from '../database/HistoryStore';
import type { RunError } from '../database/RunStore';
import type { Staging } from '../database/Staging';
import { isEngineTrap, type Core, type Engine } from '../engine/Engine';
import { EngineEvidenceSink, RepositoryTrap } from './EngineEvidenceSink';
import type { Suspects } from './Suspects';

/** How long one call for results should take, so that others get their turn. */
const SLICE_MS = 6;
const FIRST_SLICE = 1;
const LARGEST_SLICE = 200;
/** A slice that was quick by chance must not make the next one long. */
const FASTEST_GROWTH = 1.5;
const LOCATIONS_AT_A_TIME = 1_000;
const FORGOTTEN_AT_A_TIME = 2_000;

/** What an attempt works with. */
export interface AttemptOptions {
  core: Core;
  policy: string;
  listing: Pick<CatalogListing, 'page'>;
  sources: readonly EvidenceSource[];
  places: EvidencePlaceStore;
  histories: HistoryStore;
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
}

/**
 * One reading of the catalog from its first page to the last result, with one
 * engine. Where the core breaks down, the suspects learn over what, and the
 * attempt ends with {@link BrokenOff}.
 */
export class Attempt {
  private readonly engine: Engine;
  private readonly errors: RunError[] = [];
  /** The repository that each service's evidence came from first. */
  private readonly repositories = new Map<string, string>();

  constructor(private readonly options: AttemptOptions) {
    this.engine = options.core.createEngine(options.policy);
  }

  async judge(): Promise<AttemptOutcome> {
    try {
      const entities = await this.readCatalog();
      const locations = await this.readLocations();
      await this.collectEvidence(locations);
      const services = await this.stageResults(locations);
      return { entities, services, errors: this.errors };
    } finally {
      await this.release();
    }
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
      const outcome = this.upsert(page.bytes);
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
      await nextTurn();
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

  private upsert(page: Uint8Array) {
    try {
      return this.engine.upsertPage(page);
    } catch (error) {
      if (isEngineTrap(error)) {
        const { core, policy, suspects } = this.options;
        suspects.findOnPage(page, error, core, policy);
        throw new BrokenOff(error);
      }
      throw error;
    }
  }

  private async readLocations(): Promise<ServiceLocation[]> {
    const locations: ServiceLocation[] = [];
    const total = this.engine.serviceCount();
    while (locations.length < total) {
      locations.push(
        ...this.engine.locations(locations.length, LOCATIONS_AT_A_TIME),
      );
      await nextTurn();
    }
    return locations;
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
        await source.collect({ services, sink, logger, signal });
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

  private async stageResults(locations: ServiceLocation[]): Promise<number> {
    const { suspects, signal, staging } = this.options;
    let total = locations.length;
    let size = FIRST_SLICE;
    for (let start = 0; start < total; ) {
      signal.throwIfAborted();
      const count = suspects.sliceSize(start, size);
      const began = performance.now();
      const results = this.results(start, count, locations);
      const took = performance.now() - began;
      if (results.items.length === 0) {
        throw new Error(
          `the core gave no results from service ${start} on, though it has ${results.total}`,
        );
      }
      total = results.total;
      start += results.items.length;
      size = Math.ceil(
        Math.min(
          Math.max((count * SLICE_MS) / took, 1),
          count * FASTEST_GROWTH,
          LARGEST_SLICE,
        ),
      );
      await nextTurn();
      await staging.stage(results.items, ref => this.repositories.get(ref));
    }
    await staging.finish();
    return total;
  }

  private results(
    start: number,
    count: number,
    locations: ServiceLocation[],
  ): Results {
    try {
      const bytes = this.engine.results(this.options.asOf, start, count);
      return JSON.parse(new TextDecoder().decode(bytes));
    } catch (error) {
      if (isEngineTrap(error)) {
        this.options.suspects.addServices(start, count, locations, error);
        throw new BrokenOff(error);
      }
      throw error;
    }
  }

  /** Gives the engine's memory back, a part at a time. */
  private async release(): Promise<void> {
    try {
      while (this.engine.forget(FORGOTTEN_AT_A_TIME)) {
        await nextTurn();
      }
      this.engine.free();
    } catch (error) {
      // A broken engine cannot be freed; its memory went with it.
      this.options.logger.debug(
        'the engine could not be freed',
        error as Error,
      );
    }
  }
}

/** The core broke down, and the suspects know more than before. */
export class BrokenOff extends Error {
  constructor(cause: Error) {
    super(cause.message, { cause });
  }
}
