import type { ReviewEvidence } from 'backstage-plugin-mentorship-common';
import type { Knex } from 'knex';
import { setImmediate as nextTurn } from 'timers/promises';
import { promisify } from 'util';
import { deflate as deflating, inflate as inflating } from 'zlib';
import type { Forgotten } from './Forgotten';
import type { BaselineRow, ReminderRow, ReviewedChangeRow } from './rows';

/** Rows looked at without a turn for others. */
const ROWS_AT_A_TIME = 50;
const deflate = promisify<string, Buffer>(deflating);
const inflate = promisify<Buffer, Buffer>(inflating);

/** A table of deflated JSON documents, and what tells its rows apart. */
interface Documents {
  table: string;
  key: string[];
  document: string;
}

const DOCUMENTS: Documents[] = [
  {
    table: 'mentorship_operations_answers',
    key: ['source', 'kind', 'key'],
    document: 'answer',
  },
  {
    table: 'mentorship_pushed_evidence',
    key: ['entity_ref', 'kind', 'outcome', 'since'],
    document: 'document',
  },
];

/**
 * Takes those who asked to be forgotten out of what was kept before they did: their
 * reviews and reminders go, what they decided of the program has nobody's name any
 * more, nor do answers and pushed documents name them. What is kept since is written
 * without them by its store.
 * Results need nothing: a run writes them anew without the names.
 */
export class Erasure {
  /** The day on which this process looked at documents last. */
  private sweptAsOf: string | undefined;

  constructor(
    private readonly knex: Knex,
    private readonly forgotten: Forgotten,
  ) {}

  /** Done before each run, and after it; documents are looked at once a day. */
  async sweep(asOf: string, signal: AbortSignal): Promise<void> {
    const names = [...this.forgotten.names];
    await this.knex<ReminderRow>('mentorship_reminders')
      .whereIn('recipient', names)
      .delete();
    await this.knex<BaselineRow>('mentorship_baselines')
      .whereIn('set_by', names)
      .update({ set_by: null });
    await this.sweepReviews(signal);
    if (this.sweptAsOf !== asOf) {
      for (const documents of DOCUMENTS) {
        await this.sweepDocuments(documents, signal);
      }
      this.sweptAsOf = asOf;
    }
  }

  private async sweepReviews(signal: AbortSignal): Promise<void> {
    const changes = () =>
      this.knex<ReviewedChangeRow>('mentorship_reviewed_changes');
    const found = await changes().where(any => {
      for (const name of this.forgotten.names) {
        const written = JSON.stringify(name).replace(/[\\%_]/g, '\\$&');
        any.orWhereRaw(`lower(reviews) like ? escape '\\'`, [`%${written}%`]);
      }
    });
    for (const { reviews, source, repository, change } of found) {
      signal.throwIfAborted();
      const left = this.forgotten.outOfReviews(
        JSON.parse(reviews) as ReviewEvidence[],
      );
      // What was collected since it was read is looked at the next time.
      const row = changes().where({ source, repository, change, reviews });
      await (left.length > 0
        ? row.update({ reviews: JSON.stringify(left) })
        : row.delete());
    }
  }

  private async sweepDocuments(
    { table, key, document }: Documents,
    signal: AbortSignal,
  ): Promise<void> {
    let last: Record<string, string> | undefined;
    let rows: Array<Record<string, unknown>>;
    do {
      signal.throwIfAborted();
      rows = await this.rowsAfter(last, { table, key, document });
      for (const row of rows) {
        const place = Object.fromEntries(
          key.map(column => [column, String(row[column])]),
        );
        const text = (await inflate(row[document] as Buffer)).toString();
        const erased = this.forgotten.outOfJson(text);
        if (erased !== text) {
          await this.knex(table)
            .where({ ...place, [document]: row[document] })
            .update({ [document]: await deflate(erased) });
        }
        last = place;
      }
      await nextTurn();
    } while (rows.length === ROWS_AT_A_TIME);
  }

  private rowsAfter(
    last: Record<string, string> | undefined,
    { table, key, document }: Documents,
  ): Promise<Array<Record<string, unknown>>> {
    const some = this.knex(table)
      .orderBy(key)
      .limit(ROWS_AT_A_TIME)
      .select(...key, document);
    const list = (mark: string) => key.map(() => mark).join();
    return last
      ? some.whereRaw(`(${list('??')}) > (${list('?')})`, [
          ...key,
          ...key.map(column => last[column]),
        ])
      : some;
  }
}
