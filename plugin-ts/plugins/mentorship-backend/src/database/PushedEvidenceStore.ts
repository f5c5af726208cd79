import { ConflictError } from '@backstage/errors';
import type { Knex } from 'knex';
import { promisify } from 'util';
import { deflate, inflate, inflateSync } from 'zlib';
import type { PushedKind, PushedPart } from '../evidence/pushed/PushedDocument';
import type { SourceFigures } from './EvidencePlaceStore';
import { Forgotten } from './Forgotten';
import type { PushedEvidenceRow } from './rows';

const deflated = promisify(deflate);
const inflated = promisify(inflate);

/** What happened in operation to one service is small, and may come in hundreds of parts. */
const SERVICES_AT_A_TIME = 50;

const DAY_MS = 24 * 60 * 60 * 1000;

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
 * from a time on leaves what others pushed of that day.
 */
export class PushedEvidenceStore {
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
      for (const row of rows) {
        await requireNewest(transaction, row);
        await pushed(transaction)
          .where({ entity_ref: entityRef, kind: row.kind })
          .andWhere('collected_at', '<=', row.collected_at)
          .andWhere(older =>
            row.outcome === 'found'
              ? older
                  .where('since', '>=', firstWholeDay(row.since))
                  .orWhere('outcome', 'failed')
              : older.where('outcome', 'failed'),
          )
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
   * order in which they were collected.
   */
  async *operations(): AsyncGenerator<{ entityRef: string; document: string }> {
    for (let last: string | undefined; ; ) {
      const services = await this.servicesBehind(last);
      last = services.at(-1);
      if (last === undefined) {
        return;
      }
      const rows = await pushed(this.knex)
        .whereNot({ kind: 'repository' })
        .whereBetween('entity_ref', [services[0], last])
        // What failed comes after what was found by then.
        .orderBy([
          'entity_ref',
          'collected_at',
          { column: 'outcome', order: 'desc' },
          'kind',
          'since',
        ])
        .select('entity_ref', 'document');
      for (const { entity_ref: entityRef, document } of rows) {
        // Most are so small that to hand one to another thread takes longer.
        yield { entityRef, document: inflateSync(document).toString('utf8') };
      }
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

/** Whether only the rest of a day was looked at: it is added to what is known of the day. */
function isPartOfDay(since: string): boolean {
  return since.includes('T') && !since.endsWith('T00:00:00.000Z');
}

/** The first day of which all was looked at. */
function firstWholeDay(since: string): string {
  const day = since.slice(0, 10);
  return isPartOfDay(since)
    ? new Date(Date.parse(day) + DAY_MS).toISOString().slice(0, 10)
    : day;
}

async function requireNewest(
  transaction: Knex.Transaction,
  { entity_ref, kind, since, collected_at }: PushedEvidenceRow,
): Promise<void> {
  const newer = await pushed(transaction)
    .where({ entity_ref, kind: kind as PushedKind })
    .andWhere('collected_at', '>', collected_at)
    .andWhere(
      newest => isPartOfDay(since) && newest.where('since', '<=', since),
    )
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
