import type { Snapshot } from 'backstage-plugin-mentorship-common';
import { randomUUID } from 'crypto';
import type { Knex } from 'knex';
import { setImmediate as nextTurn } from 'timers/promises';
import { promisify } from 'util';
import { deflateRaw, inflateRaw } from 'zlib';
import { writtenWeek, type IsoWeek } from './isoWeek';
import type { SnapshotPartRow, SnapshotPersonRow, SnapshotRow } from './rows';

/** Whose snapshots these are; there is one scope, the whole catalog. */
const SCOPE = 'catalog';
/** Cells of these columns mean people. */
const STEWARD = 'steward';
const OWNER = 'owner';
/** Longer than taking a snapshot takes. */
const CUT_OFF_MS = 24 * 60 * 60 * 1000;

const deflate = promisify<string, Buffer>(deflateRaw);
const inflate = promisify<Buffer, Buffer>(inflateRaw);

/** A line as text, with numbers of people in the place of their cells. */
type Line = Array<string | number>;

/** What a snapshot is taken of. */
export interface SnapshotContents {
  asOf: string;
  services: number;
  /** The header line, with its line end. */
  header: string;
  /** The lines after it, some at a time, each piece of whole lines. */
  lines: AsyncIterable<string>;
}

/**
 * Keeps what the CSV export said, once a week and for good. Lines are kept as the
 * core wrote them, but for people: those stand in a table of their own, so that who
 * is erased from it is blank in every week.
 */
export class SnapshotStore {
  constructor(
    private readonly knex: Knex,
    /** The week that it is. */
    private readonly week: () => Promise<IsoWeek>,
    /** What people are called who asked to be forgotten. */
    private readonly erased: readonly string[] = [],
  ) {}

  /** Makes those who asked to be forgotten blank in every week. */
  async sweep(): Promise<void> {
    await this.knex<SnapshotPersonRow>('mentorship_snapshot_people')
      .whereIn(
        'cell',
        this.erased.map(name => name.toLowerCase()),
      )
      .delete();
  }

  /** Whether any snapshot means this person. */
  async names(personRef: string): Promise<boolean> {
    const found = await this.knex<SnapshotPersonRow>(
      'mentorship_snapshot_people',
    )
      .where({ cell: personRef.toLowerCase() })
      .first('id');
    return found !== undefined;
  }

  /** All snapshots, the newest week first. */
  async list(): Promise<Snapshot[]> {
    const rows = await this.knex<SnapshotRow>('mentorship_snapshots')
      .where({ scope: SCOPE })
      .orderBy([
        { column: 'iso_year', order: 'desc' },
        { column: 'iso_week', order: 'desc' },
      ])
      .select('iso_year', 'iso_week', 'taken_at', 'as_of', 'services');
    return rows.map(row => ({
      week: writtenWeek({ year: row.iso_year, week: row.iso_week }),
      takenAt: row.taken_at,
      asOf: row.as_of,
      services: row.services,
    }));
  }

  /**
   * Takes the snapshot of this week, unless it was taken. Where several take it at
   * once, that of the first one to end is kept, and the others leave nothing.
   *
   * @throws Error where lines are missing, so that no week is kept in part.
   */
  async take(contents: SnapshotContents): Promise<'taken' | 'there already'> {
    const { year, week } = await this.week();
    const taken = () =>
      this.knex<SnapshotRow>('mentorship_snapshots')
        .where({ scope: SCOPE, iso_year: year, iso_week: week })
        .first('attempt');
    if (await taken()) {
      return 'there already';
    }
    const attempt = randomUUID();
    await this.forgetBroken();
    try {
      await this.write(attempt, contents);
      await this.knex<SnapshotRow>('mentorship_snapshots')
        .insert({
          attempt,
          scope: SCOPE,
          iso_year: year,
          iso_week: week,
          taken_at: new Date().toISOString(),
          as_of: contents.asOf,
          services: contents.services,
          header: contents.header,
        })
        .onConflict(['scope', 'iso_year', 'iso_week'])
        .ignore();
    } catch (error) {
      await this.forget(attempt);
      throw error;
    }
    if ((await taken())?.attempt === attempt) {
      return 'taken';
    }
    await this.forget(attempt);
    return 'there already';
  }

  /** The CSV of a week, piece by piece, header first. */
  async csv({
    year,
    week,
  }: IsoWeek): Promise<AsyncIterable<string> | undefined> {
    const snapshot = await this.knex<SnapshotRow>('mentorship_snapshots')
      .where({ scope: SCOPE, iso_year: year, iso_week: week })
      .first('attempt', 'header', 'services');
    return snapshot && this.pieces(snapshot);
  }

  /** Throws where parts are missing, so that no week seems to end early. */
  private async *pieces({
    attempt,
    header,
    services,
  }: Pick<
    SnapshotRow,
    'attempt' | 'header' | 'services'
  >): AsyncGenerator<string> {
    yield header;
    let left = services;
    for (let part = 0; left > 0; part++) {
      const row = await this.knex<SnapshotPartRow>('mentorship_snapshot_parts')
        .where({ attempt, part })
        .first('lines');
      if (!row) {
        throw new Error(`${left} services of the snapshot are missing`);
      }
      const lines: Line[] = JSON.parse((await inflate(row.lines)).toString());
      const cells = await this.cellsOf(lines);
      yield lines
        .flat()
        .map(each => (typeof each === 'string' ? each : cells.get(each) ?? ''))
        .join('');
      left -= lines.length;
    }
  }

  /** What is known of the people in these lines. */
  private async cellsOf(lines: Line[]): Promise<Map<number, string>> {
    const ids = new Set(
      lines.flat().filter((each): each is number => typeof each === 'number'),
    );
    const rows = await this.knex<SnapshotPersonRow>(
      'mentorship_snapshot_people',
    ).whereIn('id', [...ids]);
    return new Map(rows.map(({ id, cell }) => [id, cell]));
  }

  /** Writes the lines of an attempt. */
  private async write(
    attempt: string,
    { header, lines, services }: SnapshotContents,
  ): Promise<void> {
    const begunAt = new Date().toISOString();
    const [columns] = cellsOfLines(header);
    const people = new Map<string, number>();
    let part = 0;
    let written = 0;
    for await (const piece of lines) {
      const rows = cellsOfLines(piece);
      await this.number(rows, columns, people);
      const numbered = rows.map(cells => lineOf(cells, columns, people));
      await this.knex<SnapshotPartRow>('mentorship_snapshot_parts').insert({
        attempt,
        part,
        begun_at: begunAt,
        lines: await deflate(JSON.stringify(numbered)),
      });
      part += 1;
      written += rows.length;
      await nextTurn();
    }
    if (written !== services) {
      throw new Error(
        `the snapshot would have ${written} of ${services} services`,
      );
    }
  }

  /** Gives a number to everybody who has none yet. */
  private async number(
    rows: string[][],
    columns: string[],
    people: Map<string, number>,
  ): Promise<void> {
    const cells = rows.flatMap(row =>
      row.filter((cell, at) => isPerson(cell, columns[at])),
    );
    const fresh = [...new Set(cells)].filter(cell => !people.has(cell));
    if (fresh.length === 0) {
      return;
    }
    const table = () =>
      this.knex<SnapshotPersonRow>('mentorship_snapshot_people');
    await table()
      .insert(fresh.map(cell => ({ cell })))
      .onConflict('cell')
      .ignore();
    for (const { id, cell } of await table().whereIn('cell', fresh)) {
      people.set(cell, id);
    }
  }

  private async forget(attempt: string): Promise<void> {
    await this.knex<SnapshotPartRow>('mentorship_snapshot_parts')
      .where({ attempt })
      .delete();
  }

  /** Removes what attempts left that were cut off; one that goes on is younger. */
  private async forgetBroken(): Promise<void> {
    await this.knex<SnapshotPartRow>('mentorship_snapshot_parts')
      .where('begun_at', '<', new Date(Date.now() - CUT_OFF_MS).toISOString())
      .whereNotIn(
        'attempt',
        this.knex<SnapshotRow>('mentorship_snapshots').select('attempt'),
      )
      .delete();
  }
}

/** Whom a cell means cannot be told where it is empty. */
function isPerson(cell: string, column: string): boolean {
  return column === STEWARD
    ? cell !== ''
    : column === OWNER && cell.startsWith('user:');
}

function lineOf(
  cells: string[],
  columns: string[],
  people: Map<string, number>,
): Line {
  const line: Line = [];
  let text = '';
  cells.forEach((cell, at) => {
    const end = at === cells.length - 1 ? '\r\n' : ',';
    const person = isPerson(cell, columns[at]) ? people.get(cell) : undefined;
    if (person === undefined) {
      text += cell + end;
    } else {
      line.push(text, person);
      text = end;
    }
  });
  return [...line, text];
}

/** The cells of each line as they are written, quotes included. */
function cellsOfLines(text: string): string[][] {
  const lines: string[][] = [];
  let cells: string[] = [];
  for (const [, cell, end] of text.matchAll(
    /("(?:[^"]|"")*"|[^",\r\n]*)(,|\r\n)/g,
  )) {
    cells.push(cell);
    if (end !== ',') {
      lines.push(cells);
      cells = [];
    }
  }
  return lines;
}
