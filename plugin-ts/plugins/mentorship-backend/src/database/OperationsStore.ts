import type { OperationsKind } from 'backstage-plugin-mentorship-common';
import type {
  LastCollection,
  OperationsAnswer,
} from 'backstage-plugin-mentorship-node';
import type { Knex } from 'knex';
import { promisify } from 'util';
import { deflate, inflate } from 'zlib';
import type { SourceFigures } from './EvidencePlaceStore';
import { Forgotten } from './Forgotten';
import type { OperationsAnswerRow, OperationsRow } from './rows';

const deflated = promisify(deflate);
const inflated = promisify(inflate);

const ROWS_AT_A_TIME = 100;

/** One kind of evidence of one source. */
export interface Kept {
  source: string;
  kind: OperationsKind;
}

/**
 * Keeps what tools answered about operation, and how each source fared. An
 * answer is kept as it comes but for those who are forgotten; whether all of them
 * were had is told at the end.
 */
export class OperationsStore {
  constructor(
    private readonly knex: Knex,
    private readonly forgotten = new Forgotten(),
  ) {}

  async put(of: Kept, answer: OperationsAnswer): Promise<void> {
    const row: OperationsAnswerRow = {
      ...of,
      key: answer.key,
      version: answer.version,
      day: answer.day ?? null,
      answer: await deflated(this.forgotten.outOfBytes(answer.bytes)),
    };
    await this.answerRows()
      .insert(row)
      .onConflict(['source', 'kind', 'key'])
      .merge();
  }

  /** The version of each answer that is kept, by its key. */
  async versions(of: Kept): Promise<Map<string, string>> {
    const rows = await this.answerRows().where(of).select('key', 'version');
    return new Map(rows.map(({ key, version }) => [key, version]));
  }

  async last(of: Kept): Promise<LastCollection | undefined> {
    const row = await this.rows().where(of).first();
    return row?.succeeded_at
      ? {
          collectedAt: row.succeeded_at,
          completeAt: row.complete_at ?? row.succeeded_at,
          since: row.since ?? '',
          serviceIds: JSON.parse(row.known_ids ?? '[]'),
        }
      : undefined;
  }

  /**
   * Notes a collection that succeeded, and drops what is of older days. With
   * `seen`, everything was looked at, and what is not among these keys goes too.
   */
  async succeeded(
    of: Kept,
    serviceIds: readonly string[],
    since: string,
    seen?: ReadonlySet<string>,
  ): Promise<void> {
    const at = new Date().toISOString();
    const ids = JSON.stringify(serviceIds);
    const gone = seen
      ? [...(await this.versions(of)).keys()].filter(key => !seen.has(key))
      : [];
    await this.knex.transaction(async transaction => {
      await this.write(transaction, {
        ...of,
        state: 'fresh',
        asked_ids: ids,
        succeeded_at: at,
        ...(seen && { complete_at: at }),
        since,
        known_ids: ids,
        reason: null,
      });
      await this.answerRows(transaction)
        .where(of)
        .andWhere('day', '<', since)
        .delete();
      for (let start = 0; start < gone.length; start += ROWS_AT_A_TIME) {
        await this.answerRows(transaction)
          .where(of)
          .whereIn('key', gone.slice(start, start + ROWS_AT_A_TIME))
          .delete();
      }
    });
  }

  /** Notes a collection that failed; what is kept stays as it is. */
  async failed(
    of: Kept,
    serviceIds: readonly string[],
    reason: string,
  ): Promise<void> {
    const last = await this.last(of);
    await this.write(this.knex, {
      ...of,
      state: last ? 'stale' : 'failed',
      asked_ids: JSON.stringify(serviceIds),
      failed_at: new Date().toISOString(),
      reason,
    });
  }

  /** How a source fared with each kind. */
  async states(source: string): Promise<OperationsRow[]> {
    return this.rows().where({ source }).orderBy('kind');
  }

  /** Every answer of a source, in the order of kinds and keys. */
  async *answers(
    source: string,
  ): AsyncGenerator<{ kind: OperationsKind; key: string; bytes: Uint8Array }> {
    let rows: OperationsAnswerRow[] = [];
    do {
      rows = await this.answersAfter(source, rows.at(-1));
      for (const { kind, key, answer } of rows) {
        yield { kind, key, bytes: await inflated(answer) };
      }
    } while (rows.length === ROWS_AT_A_TIME);
  }

  /** How fresh a source is; a place is a service of the tool. */
  async figures(source: string): Promise<SourceFigures> {
    const states = await this.states(source);
    const asked = states.map(({ asked_ids }) => JSON.parse(asked_ids).length);
    const is = (state: OperationsRow['state']) =>
      states.some(each => each.state === state);
    const services = Math.max(0, ...asked);
    const worst = (['failed', 'stale'] as const).find(is) ?? 'fresh';
    const newest = (at: Array<string | null>) =>
      at.reduce((a, b) => ((b ?? '') > (a ?? '') ? b : a), null);
    const lastSuccessAt = newest(states.map(each => each.succeeded_at));
    const failure = states.find(each => each.reason !== null);
    return {
      fresh: 0,
      stale: 0,
      failed: 0,
      [worst]: services,
      notCollected: 0,
      ...(lastSuccessAt && { lastSuccessAt }),
      ...(failure?.failed_at && {
        lastFailure: {
          at: failure.failed_at,
          message: `${failure.kind}: ${failure.reason}`,
        },
      }),
    };
  }

  private answersAfter(
    source: string,
    after: OperationsAnswerRow | undefined,
  ): Promise<OperationsAnswerRow[]> {
    const some = this.answerRows()
      .where({ source })
      .orderBy(['kind', 'key'])
      .limit(ROWS_AT_A_TIME);
    return after
      ? some.andWhereRaw('(kind, key) > (?, ?)', [after.kind, after.key])
      : some;
  }

  private async write(
    knex: Knex,
    row: Partial<OperationsRow> & Pick<OperationsRow, 'source' | 'kind'>,
  ): Promise<void> {
    await this.rows(knex)
      .insert(row as OperationsRow)
      .onConflict(['source', 'kind'])
      .merge(row);
  }

  private rows(knex: Knex = this.knex) {
    return knex<OperationsRow>('mentorship_operations');
  }

  private answerRows(knex: Knex = this.knex) {
    return knex<OperationsAnswerRow>('mentorship_operations_answers');
  }
}
