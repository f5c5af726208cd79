import type { LoggerService } from '@backstage/backend-plugin-api';
import type { OperationsKind } from 'backstage-plugin-mentorship-common';
import type {
  LastCollection,
  OperationsAnswer,
  OperationsSink,
  OperationsSource,
} from 'backstage-plugin-mentorship-node';
import type { OperationsStore } from '../database/OperationsStore';

/** Keeps one source's answers, and how it fared with each kind. */
export class StoringOperationsSink implements OperationsSink {
  private readonly seen = new Map<OperationsKind, Set<string>>();
  private readonly ended = new Set<OperationsKind>();

  constructor(
    private readonly options: {
      source: OperationsSource;
      store: OperationsStore;
      serviceIds: readonly string[];
      logger: LoggerService;
    },
  ) {}

  last(kind: OperationsKind): Promise<LastCollection | undefined> {
    return this.options.store.last(this.of(kind));
  }

  kept(kind: OperationsKind): Promise<ReadonlyMap<string, string>> {
    return this.options.store.versions(this.of(kind));
  }

  async put(kind: OperationsKind, answer: OperationsAnswer): Promise<void> {
    this.confirm(kind, answer.key);
    await this.options.store.put(this.of(kind), answer);
  }

  confirm(kind: OperationsKind, key: string): void {
    this.seenOf(kind).add(key);
  }

  async succeed(
    kind: OperationsKind,
    { since, complete }: { since: string; complete: boolean },
  ): Promise<void> {
    const { store, serviceIds } = this.options;
    this.ended.add(kind);
    await store.succeeded(
      this.of(kind),
      serviceIds,
      since,
      complete ? this.seenOf(kind) : undefined,
    );
  }

  async fail(kind: OperationsKind, reason: string): Promise<void> {
    const { source, store, serviceIds, logger } = this.options;
    this.ended.add(kind);
    logger.warn(`${kind} of ${source.title} could not be had: ${reason}`);
    await store.failed(this.of(kind), serviceIds, reason);
  }

  /** Ends the kinds that the source did not end. */
  async close(reason: string): Promise<void> {
    for (const kind of this.options.source.kinds) {
      if (!this.ended.has(kind)) {
        await this.fail(kind, reason);
      }
    }
  }

  private of(kind: OperationsKind) {
    return { source: this.options.source.id, kind };
  }

  private seenOf(kind: OperationsKind): Set<string> {
    const seen = this.seen.get(kind) ?? new Set();
    this.seen.set(kind, seen);
    return seen;
  }
}
