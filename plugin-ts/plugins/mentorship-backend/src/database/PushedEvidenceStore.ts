import { ConflictError } from '@backstage/errors';
import type { Knex } from 'knex';
import { promisify } from 'util';
import { deflate, inflate, inflateSync } from 'zlib';
import { oneDocument, partsOfDay } from '../evidence/pushed/partsOfDay';
import type { PushedKind, PushedPart } from '../evidence/pushed/PushedDocument';
import type { SourceFigures } from './EvidencePlaceStore';
import { Forgotten } from './Forgotten';
import type { PushedEvidenceRow } from './rows';
import { isServer } from './statements';

const deflated = promisify(deflate);
const inflated = promisify(inflate);

/** What happened in operation to one service is small, and may come in hundreds of parts. */
const SERVICES_AT_A_TIME = 50;

/** Any number will do that no other plugin in this database locks. */
const PUSHED_LOCK = 0x70757368;

/** Who pushed something. */
export interface Push {
  entityRef: string;
  /** The subject of the token. */
  subject: string;
}

/**
 * Keeps what pipelines pushed, each kind of evidence on each service by itself.
 * Who looks from some day on says everything that there is from that day on, so
 * that what was pushed of this span before is replaced; earlier days stay. Who looks
 * from a time on replaces nothing that others pushed: once the day is over, its
 * parts are put together into one row.
 */
export class PushedEvidenceStore {
  /** The day before which this process put days together last. */
  private togetherBefore: string | undefined;

  constructor(
    private readonly knex: Knex,
    private readonly forgotten = new Forgotten(),
  ) {}

  /**
   * Takes the parts of one document, all or none.
   *
   * @throws ConflictError where something newer is there that covers it.
   */
  async take({ entityRef, subject }: Push, parts: PushedPart[]): Promise<void> {
    const rows = await Promise.all(
      parts.map(
        async (part): Promise<PushedEvidenceRow> => ({
          entity_ref: entityRef,
          kind: part.kind,
          outcome: part.outcome,
          since: part.since ?? '',
          collected_at: part.collectedAt,
          received_at: new Date().toISOString(),
          subject,
          document: await deflated(
            this.forgotten.outOfJson(JSON.stringify(part.document)),
          ),
        }),
      ),
    );
    await this.knex.transaction(async transaction => {
      await oneAtATime(transaction, entityRef);
      for (const row of rows) {
        await requireNewest(transaction, row);
        await pushed(transaction)
          .where({ entity_ref: entityRef, kind: row.kind })
          .andWhere('collected_at', '<=', row.collected_at)
          .andWhere(older => {
            older.where('outcome', 'failed');
            if (row.outcome === 'found' && !isPartOfDay(row.since)) {
              older.orWhere('since', '>=', row.since);
            }
          })
          .delete();
        await pushed(transaction)
          .insert(row)
          .onConflict(['entity_ref', 'kind', 'outcome', 'since'])
          .merge();
      }
    });
  }

  /** Services whose repository was pushed, in the order of their refs. */
  async servicesWithRepository(): Promise<string[]> {
    return pushed(this.knex)
      .where({ kind: 'repository' })
      .orderBy('entity_ref')
      .pluck('entity_ref');
  }

  /** The repository that was pushed of a service, as the pipeline sent it. */
  async repository(entityRef: string): Promise<string | undefined> {
    const row = await pushed(this.knex)
      .where({ entity_ref: entityRef, kind: 'repository' })
      .first('document');
    return row && text(row.document);
  }

  /**
   * JSON of every document on operation, service by service, each one's in the
   * order in which they were collected; the parts of a day as one document.
   */
  async *operations(): AsyncGenerator<{ entityRef: string; document: string }> {
    for await (const services of this.servicesWithOperations()) {
      const rows = await pushed(this.knex)
        .whereNot({ kind: 'repository' })
        .whereBetween('entity_ref', services)
        // What failed comes after what was found by then.
        .orderBy([
          'entity_ref',
          'collected_at',
          { column: 'outcome', order: 'desc' },
          'kind',
          'since',
        ])
        .select('entity_ref', 'kind', 'since', 'document');
      for (const some of readTogether(rows)) {
        const [{ entity_ref: entityRef, since }] = some;
        // Most are so small that to hand one to another thread takes longer.
        const texts = some.map(row => inflateSync(row.document).toString());
        const document = isPartOfDay(since)
          ? JSON.stringify(oneDocument(partsOfDay(texts)))
          : texts[0];
        yield { entityRef, document };
      }
    }
  }

  /**
   * Puts what was pushed of a day from times on into one row, for each day before
   * `today`, so that a run has fewer to read. Looks for such days once a day.
   */
  async putDaysTogether(today: string, signal: AbortSignal): Promise<void> {
    if (this.togetherBefore === today) {
      return;
    }
    for await (const services of this.servicesWithOperations()) {
      const found: string[] = await partsOfDays(this.knex)
        .whereBetween('entity_ref', services)
        .andWhere('since', '<', today)
        .groupByRaw('entity_ref, kind, substr(since, 1, ?)', [DAY_LENGTH])
        .havingRaw('count(*) > 1')
        .pluck('entity_ref');
      for (const entityRef of new Set(found)) {
        signal.throwIfAborted();
        await this.putDaysOfServiceTogether(entityRef, today);
      }
    }
    this.togetherBefore = today;
  }

  private async putDaysOfServiceTogether(entityRef: string, today: string) {
    await this.knex.transaction(async transaction => {
      await oneAtATime(transaction, entityRef);
      const rows = await partsOfDays(transaction)
        .where({ entity_ref: entityRef })
        .andWhere('since', '<', today)
        .orderBy(['collected_at', 'kind', 'since']);
      for (const some of readTogether(rows)) {
        if (some.length > 1) {
          const { kind, since } = some[0];
          await partsOfDays(transaction)
            .where({ entity_ref: entityRef, kind })
            .whereBetween('since', [dayOf(since), endOfDay(since)])
            .delete();
          await pushed(transaction).insert(await together(some));
        }
      }
    });
  }

  /** The first and the last of the next services of which operation was pushed. */
  private async *servicesWithOperations(): AsyncGenerator<[string, string]> {
    for (let last: string | undefined; ; ) {
      const services = await this.servicesBehind(last);
      last = services.at(-1);
      if (last === undefined) {
        return;
      }
      yield [services[0], last];
    }
  }

  /** The next services of which operation was pushed, in the order of their refs. */
  private async servicesBehind(last: string | undefined): Promise<string[]> {
    return pushed(this.knex)
      .whereNot({ kind: 'repository' })
      .andWhere(
        behind => last !== undefined && behind.where('entity_ref', '>', last),
      )
      .distinct('entity_ref')
      .orderBy('entity_ref')
      .limit(SERVICES_AT_A_TIME)
      .pluck('entity_ref');
  }

  /** Forgets what was collected before a day; nothing is judged by it any more. */
  async forgetBefore(day: string): Promise<void> {
    await pushed(this.knex).where('collected_at', '<', day).delete();
  }

  /** How fresh it is; a place is one kind of evidence on one service. */
  async figures(): Promise<SourceFigures> {
    const rows: Array<{
      found: number | string | null;
      failed: number | string | null;
    }> = await pushed(this.knex)
      .groupBy('entity_ref', 'kind')
      .select(
        this.knex.raw(`sum(case when outcome = 'found' then 1 end) as found`),
        this.knex.raw(`sum(case when outcome = 'failed' then 1 end) as failed`),
      );
    const newest = await pushed(this.knex)
      .max({ at: 'received_at' })
      .first<{ at: string | null }>();
    const failure = await pushed(this.knex)
      .where({ outcome: 'failed' })
      .orderBy('received_at', 'desc')
      .first('entity_ref', 'kind', 'received_at');
    const count = (of: (row: (typeof rows)[number]) => boolean) =>
      rows.filter(of).length;
    return {
      fresh: count(({ failed }) => !failed),
      stale: count(({ found, failed }) => !!found && !!failed),
      failed: count(({ found }) => !found),
      notCollected: 0,
      ...(newest?.at && { lastSuccessAt: newest.at }),
      ...(failure && {
        lastFailure: {
          at: failure.received_at,
          message: `${failure.entity_ref}: the pipeline says that it looked for ${failure.kind} in vain`,
        },
      }),
    };
  }
}

function pushed(knex: Knex) {
  return knex<PushedEvidenceRow>('mentorship_pushed_evidence');
}

/** What was pushed of the rest of a day; of other rows, the days are as long as these. */
function partsOfDays(knex: Knex) {
  return pushed(knex)
    .where({ outcome: 'found' })
    .andWhereRaw('length(since) > ?', [DAY_LENGTH]);
}

const DAY_LENGTH = 'YYYY-MM-DD'.length;

/** Whether only the rest of a day was looked at: it is added to what is known of the day. */
function isPartOfDay(since: string): boolean {
  return since.length > DAY_LENGTH;
}

function dayOf(since: string): string {
  return since.slice(0, DAY_LENGTH);
}

/** Stands behind each time of a day, where all parts of the day are in one row. */
function endOfDay(since: string): string {
  return `${dayOf(since)}T24:00:00.000Z`;
}

/** Rows in their order, those together that are parts of one day. */
function readTogether<
  Row extends Pick<PushedEvidenceRow, 'entity_ref' | 'kind' | 'since'>,
>(rows: Row[]): Iterable<Row[]> {
  const groups = new Map<unknown, Row[]>();
  for (const row of rows) {
    const { entity_ref, kind, since } = row;
    const key = isPartOfDay(since)
      ? `${entity_ref} ${kind} ${dayOf(since)}`
      : row;
    const group = groups.get(key);
    if (group) {
      group.push(row);
    } else {
      groups.set(key, [row]);
    }
  }
  return groups.values();
}

/** The parts of a day as one row; each stays as it was pushed. */
async function together(rows: PushedEvidenceRow[]): Promise<PushedEvidenceRow> {
  const last = rows[rows.length - 1];
  const texts = await Promise.all(rows.map(row => text(row.document)));
  const received = rows.map(row => row.received_at).sort();
  const subjects = rows.flatMap(({ subject }) => subject.split(' '));
  return {
    ...last,
    since: endOfDay(last.since),
    received_at: received[received.length - 1],
    subject: [...new Set(subjects)].join(' '),
    document: await deflated(JSON.stringify(partsOfDay(texts))),
  };
}

/**
 * What is pushed of one service is written one after another: of two at once, neither
 * would see what the other one takes or puts together.
 */
async function oneAtATime(
  transaction: Knex.Transaction,
  entityRef: string,
): Promise<void> {
  if (isServer(transaction)) {
    await transaction.raw('select pg_advisory_xact_lock(?, hashtext(?))', [
      PUSHED_LOCK,
      entityRef,
    ]);
  }
}

async function requireNewest(
  transaction: Knex.Transaction,
  { entity_ref, kind, outcome, since, collected_at }: PushedEvidenceRow,
): Promise<void> {
  const newer = await pushed(transaction)
    .where({ entity_ref, kind: kind as PushedKind })
    .andWhere('collected_at', '>', collected_at)
    .andWhere(covering => {
      // A part of a day covers none but itself.
      const wholeDays = () =>
        covering.whereRaw('length(since) <= ?', [DAY_LENGTH]);
      if (isPartOfDay(since)) {
        wholeDays().andWhere('since', '<=', dayOf(since)).orWhere({ since });
      } else if (outcome === 'found') {
        wholeDays();
      }
    })
    .orderBy('collected_at', 'desc')
    .first('collected_at');
  if (newer) {
    throw new ConflictError(
      `There is newer evidence on ${kind} of ${entity_ref} already, collected at ${newer.collected_at}; nothing was taken`,
    );
  }
}

async function text(bytes: Buffer): Promise<string> {
  return (await inflated(bytes)).toString('utf8');
}
