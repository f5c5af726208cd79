import type { LoggerService } from '@backstage/backend-plugin-api';
import type {
  HistoryOutcome,
  Note,
  RepositoryEvidence,
} from 'backstage-plugin-mentorship-common';
import type {
  EvidencePlace,
  EvidenceSink,
  HistoryBeginning,
} from 'backstage-plugin-mentorship-node';
import type { EvidencePlaceStore } from '../database/EvidencePlaceStore';
import type { Reading } from '../database/Staging';
import type { HistoryStore, StoredHistory } from '../database/HistoryStore';
import { isEngineTrap, type Engine } from '../engine/Engine';
import { nothingFrom } from '../evidence/nothingFrom';
import { RepositoryTrap } from '../engine/Suspects';

/** The repository that each service's evidence came from first. */
export class ServiceRepositories {
  private readonly named = new Map<string, Reading>();
  private readonly read = new Map<string, Reading>();
  /** Those of which commits are gone that were read before. */
  private readonly rewritten = new Set<string>();

  add(evidence: RepositoryEvidence): void {
    const { repository, services, commit, collectedAt, paths, files } =
      evidence;
    const isRead = paths !== undefined || files.length > 0;
    const passing = [commit, collectedAt].filter(isUnmistakable);
    const reading = { repository, passing };
    for (const { entityRef } of services) {
      for (const map of isRead ? [this.named, this.read] : [this.named]) {
        if (!map.has(entityRef)) {
          map.set(entityRef, reading);
        }
      }
    }
  }

  wasRewritten(repository: string): void {
    this.rewritten.add(repository);
  }

  /** One that could be read, else one that a source was led to. */
  of(entityRef: string): Reading | undefined {
    const reading = this.read.get(entityRef) ?? this.named.get(entityRef);
    // A link to a commit that is gone is no good, also where nothing else changed.
    return reading && this.rewritten.has(reading.repository)
      ? { ...reading, passing: [] }
      : reading;
  }

  /** Whether anything was delivered of a service. */
  hasRead(entityRef: string): boolean {
    return this.read.has(entityRef);
  }
}

/** Whether nothing else in a report reads so: pipelines push days and short names, too. */
function isUnmistakable(text: string | undefined): text is string {
  return /^([0-9a-f]{40}|[0-9a-f]{64}|\d{4}-\d\d-\d\dT.*Z)$/.test(text ?? '');
}

/** A history that was begun. */
interface HistoryUnderWay {
  basis: string;
  /** What an earlier run kept. */
  stored: StoredHistory | undefined;
  /** Why it is handed over from its beginning; absent where it is gone on from. */
  fullBecause: string | undefined;
}

/** Hands one source's evidence to the engine, and keeps how the source fared. */
export class EngineEvidenceSink implements EvidenceSink {
  private readonly places = new Set<string>();
  private readonly leftOutPlaces = new Map<string, string>();
  private readonly histories = new Map<string, HistoryUnderWay>();

  constructor(
    private readonly options: {
      source: string;
      engine: Engine;
      store: EvidencePlaceStore;
      histories: HistoryStore;
      logger: LoggerService;
      /** Repositories that the core cannot take in, with the reason. */
      refused: ReadonlyMap<string, string>;
      /** The repository of each service, to be filled in. */
      repositories: ServiceRepositories;
    },
  ) {}

  wantedPaths(listing: Uint8Array): Promise<string[]> {
    return this.options.engine.wantedPaths(listing);
  }

  wantedVersions(listing: Uint8Array): Promise<string[]> {
    return this.options.engine.wantedVersions(listing);
  }

  async lastGood(repository: string): Promise<RepositoryEvidence | undefined> {
    const { source, store } = this.options;
    return store.lastGood(source, repository);
  }

  async put(evidence: RepositoryEvidence): Promise<Note[]> {
    const { source, store, refused } = this.options;
    const refusal = refused.get(evidence.repository);
    if (refusal !== undefined) {
      return this.withNothing(evidence, refusal);
    }
    this.places.add(evidence.repository);
    // What did not change is handed over as it was collected first, so that
    // nothing that rests on it changes either.
    const collectedAt =
      (await store.unchangedSince(source, evidence)) ?? evidence.collectedAt;
    const notes = await this.handOver({ ...evidence, collectedAt });
    if (evidence.failure === undefined) {
      await store.succeeded(source, evidence);
    } else {
      await store.staled(source, evidence, evidence.failure);
    }
    return notes;
  }

  async fail(place: EvidencePlace, reason: string): Promise<void> {
    const { source, store, logger, refused } = this.options;
    const { repository, services } = place;
    logger.warn(`${repository} could not be read: ${reason}`);
    const lastGood = refused.has(repository)
      ? undefined
      : await store.lastGood(source, repository);
    if (lastGood) {
      this.places.add(repository);
      await store.staled(source, place, reason);
      await this.handOver({ ...lastGood, services, failure: reason });
    } else {
      await this.withNothing(place, reason);
    }
    await this.endHistory(repository, reason);
  }

  leaveOut(place: EvidencePlace, reason: string): void {
    this.places.add(place.repository);
    this.leftOutPlaces.set(place.repository, reason);
  }

  async beginHistory(
    repository: string,
    { basis, goesOnFrom }: HistoryBeginning,
  ): Promise<string | undefined> {
    const { source, histories, logger, refused, repositories } = this.options;
    if (refused.has(repository)) {
      return undefined;
    }
    const stored = await histories.find(source, repository);
    const isRewritten = stored && !(await goesOnFrom(stored.tip));
    if (isRewritten) {
      repositories.wasRewritten(repository);
    }
    const fullBecause = stored
      ? (stored.basis !== basis &&
          'the mailmap or the way of reading changed') ||
        (isRewritten && 'it was rewritten') ||
        (await this.restore(repository, basis))
      : 'it was not read before';
    this.histories.set(repository, { basis, stored, fullBecause });
    if (fullBecause === undefined) {
      return stored?.tip;
    }
    if (stored) {
      logger.info(
        `the history of ${repository} is read from its beginning: ${fullBecause}`,
      );
    }
    return undefined;
  }

  async pushHistory(repository: string, chunk: Uint8Array): Promise<void> {
    if (!this.options.refused.has(repository)) {
      await this.guarded(repository, engine =>
        engine.pushHistory(repository, chunk),
      );
    }
  }

  async finishHistory(
    repository: string,
    failure?: string,
  ): Promise<HistoryOutcome> {
    const refusal = this.options.refused.get(repository);
    const reason = refusal ?? failure;
    if (reason !== undefined) {
      return this.endHistory(repository, reason);
    }
    const outcome = await this.guarded(repository, engine =>
      engine.finishHistory(repository),
    );
    const underWay = this.histories.get(repository);
    if (outcome.state === 'found' && underWay) {
      await this.keep(repository, outcome, underWay);
    }
    if (outcome.state !== 'failed') {
      await this.historyEnded(repository, outcome);
      return outcome;
    }
    if (underWay && underWay.fullBecause === undefined) {
      this.options.logger.warn(
        `the history of ${repository} is read from its beginning: ${outcome.reason}`,
      );
      underWay.fullBecause = outcome.reason;
      return outcome;
    }
    return this.endHistory(repository, outcome.reason);
  }

  /** Keeps what is only known at the end: places left out, places gone. */
  async close(): Promise<void> {
    const { source, store, histories } = this.options;
    for (const [repository, reason] of this.leftOutPlaces) {
      await store.leftOut(source, repository, reason);
    }
    await store.forgetOthers(source, [...this.places]);
    await histories.forgetOthers(source, [...this.places]);
  }

  /** Why the core does not go on from what is stored; absent where it does. */
  private async restore(
    repository: string,
    basis: string,
  ): Promise<string | undefined> {
    const { source, histories } = this.options;
    const bytes = await histories.load(source, repository);
    try {
      const restored = await this.guarded(repository, engine =>
        engine.restoreHistory(repository, bytes, basis),
      );
      return restored.state === 'refused' ? restored.reason : undefined;
    } catch (error) {
      // What broke the core once must not break it in every run.
      await histories.forget(source, repository);
      throw error;
    }
  }

  /** Hands over that a place gave nothing, and nothing older is to be used. */
  private async withNothing(
    place: EvidencePlace,
    reason: string,
  ): Promise<Note[]> {
    const { source, store } = this.options;
    this.places.add(place.repository);
    await store.failed(source, place, reason);
    const now = new Date().toISOString();
    return this.handOver(nothingFrom(place, now, reason));
  }

  /** Ends a history that was not read with the last good one, stale. */
  private async endHistory(
    repository: string,
    reason: string,
  ): Promise<HistoryOutcome> {
    const { source, histories, logger, refused } = this.options;
    const stored = refused.has(repository)
      ? undefined
      : await histories.find(source, repository);
    const unusable = stored && (await this.restore(repository, stored.basis));
    if (unusable !== undefined) {
      logger.warn(`the last good history of ${repository}: ${unusable}`);
    }
    const outcome = await this.guarded(repository, engine =>
      engine.finishHistory(repository, reason),
    );
    await this.historyEnded(repository, outcome);
    return outcome;
  }

  private async historyEnded(
    repository: string,
    outcome: HistoryOutcome,
  ): Promise<void> {
    const { source, store } = this.options;
    await store.historyEnded(source, repository, outcome);
  }

  /** Keeps a history for the next run, where anything is new. */
  private async keep(
    repository: string,
    { tip, commits }: { tip: string; commits: number },
    { basis, stored, fullBecause }: HistoryUnderWay,
  ): Promise<void> {
    const { source, histories } = this.options;
    if (stored?.tip !== tip || fullBecause !== undefined) {
      const bytes = await this.guarded(repository, engine =>
        engine.storeHistory(repository, basis),
      );
      if (bytes) {
        const history = { tip, commits, basis };
        await histories.replace(source, repository, history, bytes);
      }
    }
    await histories.wasRead(source, repository, {
      collectedAt: new Date().toISOString(),
      reading: fullBecause === undefined ? 'incremental' : 'full',
      fullBecause,
    });
  }

  private async handOver(evidence: RepositoryEvidence): Promise<Note[]> {
    this.options.repositories.add(evidence);
    const bytes = new TextEncoder().encode(JSON.stringify(evidence));
    const notes = await this.guarded(evidence.repository, engine =>
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

  private async guarded<T>(
    repository: string,
    work: (engine: Engine) => Promise<T>,
  ): Promise<T> {
    try {
      return await work(this.options.engine);
    } catch (error) {
      throw isEngineTrap(error) ? new RepositoryTrap(repository, error) : error;
    }
  }
}
