import type { LoggerService } from '@backstage/backend-plugin-api';
import type {
  Note,
  RepositoryEvidence,
} from 'backstage-plugin-mentorship-common';
import type {
  EvidencePlace,
  EvidenceSink,
} from 'backstage-plugin-mentorship-node';
import type { EvidencePlaceStore } from '../database/EvidencePlaceStore';
import { isEngineTrap, type Engine } from '../engine/Engine';

/** The core broke down over one repository's evidence. */
export class RepositoryTrap extends Error {
  constructor(readonly repository: string, cause: Error) {
    super(`the core broke down over ${repository}: ${cause.message}`, {
      cause,
    });
  }
}

/** Hands one source's evidence to the engine, and keeps how the source fared. */
export class EngineEvidenceSink implements EvidenceSink {
  private readonly places = new Set<string>();
  private readonly leftOutPlaces = new Map<string, string>();

  constructor(
    private readonly options: {
      source: string;
      engine: Engine;
      store: EvidencePlaceStore;
      logger: LoggerService;
      /** Repositories that the core cannot take in, with the reason. */
      refused: ReadonlyMap<string, string>;
    },
  ) {}

  wantedPaths(listing: Uint8Array): string[] {
    return this.options.engine.wantedPaths(listing);
  }

  async put(evidence: RepositoryEvidence): Promise<Note[]> {
    const { source, store, refused } = this.options;
    const refusal = refused.get(evidence.repository);
    if (refusal !== undefined) {
      this.places.add(evidence.repository);
      await store.failed(source, evidence.repository, 'failed', refusal);
      return this.handOver(nothingFrom(evidence, refusal));
    }
    this.places.add(evidence.repository);
    const notes = this.handOver(evidence);
    if (evidence.failure === undefined) {
      await store.succeeded(source, evidence);
    } else {
      await store.failed(
        source,
        evidence.repository,
        'stale',
        evidence.failure,
      );
    }
    return notes;
  }

  async fail(place: EvidencePlace, reason: string): Promise<void> {
    const { source, store, logger, refused } = this.options;
    this.places.add(place.repository);
    logger.warn(`${place.repository} could not be read: ${reason}`);
    const lastGood = refused.has(place.repository)
      ? undefined
      : await store.lastGood(source, place.repository);
    await store.failed(
      source,
      place.repository,
      lastGood ? 'stale' : 'failed',
      reason,
    );
    this.handOver(
      lastGood
        ? { ...lastGood, services: place.services, failure: reason }
        : nothingFrom(place, reason),
    );
    this.finishHistory(place.repository, reason);
  }

  leaveOut(place: EvidencePlace, reason: string): void {
    this.places.add(place.repository);
    this.leftOutPlaces.set(place.repository, reason);
  }

  pushHistory(repository: string, chunk: Uint8Array): void {
    if (!this.options.refused.has(repository)) {
      this.guarded(repository, engine => engine.pushHistory(repository, chunk));
    }
  }

  finishHistory(repository: string, failure?: string): void {
    const refusal = this.options.refused.get(repository);
    this.guarded(repository, engine =>
      engine.finishHistory(repository, refusal ?? failure),
    );
  }

  /** Keeps what is only known at the end: places left out, places gone. */
  async close(): Promise<void> {
    const { source, store } = this.options;
    for (const [repository, reason] of this.leftOutPlaces) {
      await store.leftOut(source, repository, reason);
    }
    await store.forgetOthers(source, [...this.places]);
  }

  private handOver(evidence: RepositoryEvidence): Note[] {
    const bytes = new TextEncoder().encode(JSON.stringify(evidence));
    const notes = this.guarded(evidence.repository, engine =>
      engine.putRepository(bytes),
    );
    for (const note of notes) {
      this.options.logger.debug(
        `${evidence.repository}: ${note.place}${
          note.line === undefined ? '' : `:${note.line}`
        }: ${note.message}`,
      );
    }
    return notes;
  }

  private guarded<T>(repository: string, work: (engine: Engine) => T): T {
    try {
      return work(this.options.engine);
    } catch (error) {
      throw isEngineTrap(error) ? new RepositoryTrap(repository, error) : error;
    }
  }
}

function nothingFrom(
  place: EvidencePlace,
  failure: string,
): RepositoryEvidence {
  return {
    schema: 'mentorship/evidence/v1',
    repository: place.repository,
    collectedAt: new Date().toISOString(),
    failure,
    services: place.services,
    files: [],
  };
}
