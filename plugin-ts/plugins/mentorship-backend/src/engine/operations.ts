import type { LoggerService } from '@backstage/backend-plugin-api';
import type {
  OperationsOutcome,
  PagerDutyAsked,
} from 'backstage-plugin-mentorship-common';
import type { OperationsSource } from 'backstage-plugin-mentorship-node';
import type { OperationsStore } from '../database/OperationsStore';
import type { PushedEvidenceStore } from '../database/PushedEvidenceStore';
import type { OperationsRow } from '../database/rows';
import type { Engine } from './Engine';
import { reviewDocuments, type KnownReviews } from './reviews';

/** What is known of what happened in operation. */
export interface KnownOperations extends KnownReviews {
  pushed: Pick<PushedEvidenceStore, 'operations'>;
  operations: Pick<OperationsStore, 'answers' | 'states'>;
  operationsSources: readonly OperationsSource[];
}

/** Whom to tell, and when to stop. */
export interface HandingOver {
  logger: LoggerService;
  signal: AbortSignal;
  /** Calls the engine for what is known of one place, or leaves it out. */
  guarded: (place: string, work: () => Promise<void>) => Promise<void>;
}

/**
 * Hands the engine what the database knows of operation, for a run and for
 * questions alike. The catalog is in the engine before.
 */
export async function handOverOperations(
  engine: Engine,
  known: KnownOperations,
  { logger, signal, guarded }: HandingOver,
): Promise<void> {
  const { pushed, operations, operationsSources } = known;
  const take = (
    place: string,
    taking: (bytes: Uint8Array) => Promise<OperationsOutcome>,
    bytes: Uint8Array,
  ) => {
    signal.throwIfAborted();
    return guarded(place, async () => {
      for (const note of (await taking(bytes)).notes) {
        logger.debug(`${place}: ${note.place}: ${note.message}`);
      }
    });
  };
  for await (const { entityRef, document } of pushed.operations()) {
    await take(
      `operation of ${entityRef} as it was pushed`,
      bytes => engine.putPushed(bytes),
      encoded(document),
    );
  }
  for await (const { place, document } of reviewDocuments(engine, known)) {
    await take(
      place,
      bytes => engine.putPushed(bytes),
      encoded(JSON.stringify(document)),
    );
  }
  for (const { id, title } of operationsSources) {
    for await (const { kind, key, bytes } of operations.answers(id)) {
      await take(
        `${kind} of ${title}, ${key}`,
        answer => engine.pushPagerduty(answer),
        bytes,
      );
    }
    for (const asked of askedOf(await operations.states(id))) {
      await take(
        `what ${title} was asked for`,
        bytes => engine.finishPagerduty(bytes),
        encoded(JSON.stringify(asked)),
      );
    }
  }
}

/**
 * What was had, and after it what could not be had this time. Told by the day,
 * for a day is what is judged; the time would make every result a new one in
 * every run.
 */
function askedOf(states: OperationsRow[]): PagerDutyAsked[] {
  const had = states.flatMap(({ kind, succeeded_at, since, known_ids }) =>
    succeeded_at && since
      ? [
          {
            serviceIds: JSON.parse(known_ids ?? '[]') as string[],
            kinds: [kind],
            collectedAt: succeeded_at.slice(0, 10),
            since,
          },
        ]
      : [],
  );
  const failed = states.flatMap(({ kind, failed_at, reason, asked_ids }) => {
    const day = failed_at?.slice(0, 10);
    return day && reason !== null
      ? [
          {
            serviceIds: JSON.parse(asked_ids) as string[],
            kinds: [kind],
            collectedAt: day,
            since: day,
            failures: [{ kind, reason }],
          },
        ]
      : [];
  });
  return [...together(had), ...failed];
}

/** The answers count once, so that all kinds that were had end together. */
function together(had: PagerDutyAsked[]): PagerDutyAsked[] {
  const [first, ...others] = had;
  return first
    ? [
        others.reduce(
          (all, each) => ({
            serviceIds: all.serviceIds.filter(id =>
              each.serviceIds.includes(id),
            ),
            kinds: [...all.kinds, ...each.kinds],
            collectedAt:
              each.collectedAt < all.collectedAt
                ? each.collectedAt
                : all.collectedAt,
            since: each.since > all.since ? each.since : all.since,
          }),
          first,
        ),
      ]
    : [];
}

function encoded(text: string): Uint8Array {
  return new TextEncoder().encode(text);
}
