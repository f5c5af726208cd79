import type { LoggerService } from '@backstage/backend-plugin-api';
import type { PushedEvidenceStore } from '../database/PushedEvidenceStore';
import type { Engine } from './Engine';

/** What is known of what happened in operation. */
export interface OperationsStores {
  pushed: Pick<PushedEvidenceStore, 'operations'>;
}

/** Whom to tell, and when to stop. */
export interface HandingOver {
  logger: LoggerService;
  signal: AbortSignal;
  /** Calls the engine for what is known of one place, or leaves it out. */
  guarded: <T>(place: string, work: () => Promise<T>) => Promise<T | undefined>;
}

/**
 * Hands the engine what the database knows of operation, for a run and for
 * questions alike. The catalog is in the engine before.
 */
export async function handOverOperations(
  engine: Engine,
  { pushed }: OperationsStores,
  { logger, signal, guarded }: HandingOver,
): Promise<void> {
  for await (const { entityRef, document } of pushed.operations()) {
    signal.throwIfAborted();
    const place = `operation of ${entityRef} as it was pushed`;
    await guarded(place, async () => {
      const outcome = await engine.putPushed(
        new TextEncoder().encode(document),
      );
      for (const note of outcome.notes) {
        logger.debug(`${place}: ${note.place}: ${note.message}`);
      }
    });
  }
}
