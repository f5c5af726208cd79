import type { Knex } from 'knex';

/**
 * Rows in one statement. SQLite answers within this process, where nobody else gets
 * a turn meanwhile, and Knex needs most of the time to write the statement; a server
 * works beside us, and each question to it is a way there and back.
 */
export function rowsAtATime(knex: Knex): number {
  return isServer(knex) ? 200 : 20;
}

/** Whether the database is a server, which answers beside this process. */
export function isServer(knex: Knex): boolean {
  return knex.client.config.client === 'pg';
}

/**
 * Inserts rows that have the same columns, in one statement. A server gets them as
 * one parameter, because writing thousands of parameters takes longer than inserting
 * what they say.
 */
export async function insertRows<Row extends object>(
  knex: Knex,
  table: string,
  rows: Row[],
): Promise<void> {
  if (rows.length === 0) {
    return;
  }
  if (!isServer(knex)) {
    await knex(table).insert(rows);
    return;
  }
  const columns = Object.keys(rows[0]);
  const list = columns.map(() => '??').join();
  await knex.raw(
    `insert into ?? (${list}) select ${list} from json_populate_recordset(null::??, ?)`,
    [table, ...columns, ...columns, table, JSON.stringify(rows.map(asJson))],
  );
}

/** A row as the server reads it: bytes in hexadecimal digits. */
function asJson(row: object): object {
  return Object.fromEntries(
    Object.entries(row).map(([column, value]) => [
      column,
      Buffer.isBuffer(value) ? `\\x${value.toString('hex')}` : value,
    ]),
  );
}
