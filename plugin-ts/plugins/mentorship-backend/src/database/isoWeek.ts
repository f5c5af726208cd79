import type { Knex } from 'knex';
import { DAY_MS } from '../days';
import { isServer } from './statements';

/** A week of ISO 8601, from Monday on. */
export interface IsoWeek {
  year: number;
  /** 1 to 53. */
  week: number;
}

/** The week that it is by the database's clock in UTC, alike for every replica. */
export async function weekOfDatabase(knex: Knex): Promise<IsoWeek> {
  const day = knex.raw(
    isServer(knex)
      ? `to_char(now() at time zone 'utc', 'YYYY-MM-DD')`
      : `strftime('%Y-%m-%d', 'now')`,
  );
  const today: { day: string } = await knex.first({ day });
  return isoWeekOf(today.day);
}

/** The week of a civil day, `YYYY-MM-DD`: it belongs to the year of its Thursday. */
export function isoWeekOf(day: string): IsoWeek {
  const at = Date.parse(day);
  const sinceMonday = (new Date(at).getUTCDay() + 6) % 7;
  const thursday = new Date(at + (3 - sinceMonday) * DAY_MS);
  const year = thursday.getUTCFullYear();
  const sinceNewYear = (thursday.getTime() - Date.UTC(year, 0, 1)) / DAY_MS;
  return { year, week: Math.floor(sinceNewYear / 7) + 1 };
}

/** `2026-W07`. */
export function writtenWeek({ year, week }: IsoWeek): string {
  return `${year}-W${String(week).padStart(2, '0')}`;
}

/** Reads `2026-W07`; `undefined` where it is no week. */
export function readWeek(written: string): IsoWeek | undefined {
  const parts = /^(\d{4})-W(\d{2})$/.exec(written);
  return parts ? { year: Number(parts[1]), week: Number(parts[2]) } : undefined;
}
