import type { Knex } from 'knex';
import type { CurrentRunRow } from './rows';

/** The run whose results are read; `null` before any was published. */
export async function currentRunId(knex: Knex): Promise<number | null> {
  const row = await knex<CurrentRunRow>('mentorship_current_run')
    .where({ slot: 'current' })
    .first('run_id');
  return row?.run_id ?? null;
}

/**
 * Has whoever does this, too, wait for the end of the transaction. Runs begin and are
 * published one after another: of two that begin at once, neither would see that the
 * other one is running. The first lock of each transaction, so that no two wait for one
 * another.
 */
export async function holdCurrentRun(
  transaction: Knex.Transaction,
): Promise<void> {
  await transaction<CurrentRunRow>('mentorship_current_run')
    .where({ slot: 'current' })
    .forUpdate()
    .first('slot');
}
