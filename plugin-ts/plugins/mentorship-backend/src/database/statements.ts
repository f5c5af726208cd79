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

/** The texts of a column one after the other, in the order of another one. */
export function joined(knex: Knex, column: string, order: string) {
  const aggregate = isServer(knex) ? 'string_agg' : 'group_concat';
  return knex.raw(`${aggregate}(??, '' order by ??)`, [column, order]);
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
    [table, ...columns, ...columns, table, JSON.stringify(rows)],
  );
}

/** A version of a service's results. */
type Version = { run_id: number; entity_ref: string };

/** What goes into a column, a piece for each row: texts in UTF-8, or bytes. */
export type Pieces = { text: Buffer[] } | { bytes: Buffer[] };

/**
 * Inserts what belongs to versions, piece by piece as it is. A server gets all pieces
 * as one stretch of bytes, and where each of them stands: nothing is escaped here
 * and read again there.
 */
export async function insertPieces(
  knex: Knex,
  table: string,
  versions: Version[],
  columns: Record<string, Pieces>,
): Promise<void> {
  if (versions.length === 0) {
    return;
  }
  if (!isServer(knex)) {
    await knex(table).insert(
      versions.map((version, row) => ({
        ...version,
        ...mapped(columns, pieces =>
          'text' in pieces ? pieces.text[row].toString() : pieces.bytes[row],
        ),
      })),
    );
    return;
  }
  const pieces: Buffer[] = [];
  let end = 0;
  const places = versions.map((version, row) => {
    const place: Record<string, number | string> = { ...version };
    for (const [name, column] of Object.entries(columns)) {
      const piece = 'text' in column ? column.text[row] : column.bytes[row];
      pieces.push(piece);
      // Bytes are counted from 1.
      place[`${name}_at`] = end + 1;
      place[`${name}_bytes`] = piece.length;
      end += piece.length;
    }
    return place;
  });
  const names = Object.keys(columns);
  const cut = names.map(name => {
    const piece = `substring(stretch.bytes from place.${name}_at for place.${name}_bytes)`;
    return 'text' in columns[name] ? `convert_from(${piece}, 'UTF8')` : piece;
  });
  const typed = names.map(name => `${name}_at integer, ${name}_bytes integer`);
  await knex.raw(
    `insert into ?? (run_id, entity_ref, ${names.join()})
     select place.run_id, place.entity_ref, ${cut.join()}
     from json_to_recordset(?) as place(run_id integer, entity_ref text, ${typed.join()}),
       (select ?::bytea as bytes) as stretch`,
    [table, JSON.stringify(places), Buffer.concat(pieces)],
  );
}

function mapped<Value, Result>(
  record: Record<string, Value>,
  of: (value: Value) => Result,
): Record<string, Result> {
  return Object.fromEntries(
    Object.entries(record).map(([name, value]) => [name, of(value)]),
  );
}
