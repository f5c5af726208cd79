import type { Knex } from 'knex';
import type { CurrentRunRow } from './rows';

/** The run whose results are read; `null` before any was published. */
export async function currentRunId(knex: Knex): Promise<number | null> {
  const row = await knex<CurrentRunRow>('mentorship_current_run')
    .where({ slot: 'current' })
    .first('run_id');
  return row?.run_id ?? null;
}
