import {
  resolvePackagePath,
  type DatabaseService,
} from '@backstage/backend-plugin-api';
import type { Knex } from 'knex';
import { isServer } from './statements';

/** Any number will do that no other plugin in this database locks. */
const MIGRATION_LOCK = 0x6d656e74;
/** Where Knex notes what was applied, of this plugin and of the platform's scheduler. */
const OURS = 'knex_migrations';
const SCHEDULERS = 'backstage_backend_tasks__knex_migrations';

/** Connects to the database and brings its tables up to date. */
export async function migratedDatabase(
  database: DatabaseService,
): Promise<Knex> {
  const knex = await database.getClient();
  if (!database.migrations?.skip) {
    await oneAtATime(knex, OURS, () =>
      knex.migrate.latest({
        directory: resolvePackagePath(
          'backstage-plugin-mentorship-backend',
          'migrations',
        ),
      }),
    );
  }
  return knex;
}

/**
 * Does what makes the platform's scheduler bring its tables in this plugin's database
 * up to date, which it does when it is used first.
 */
export async function migratingScheduler(
  database: DatabaseService,
  use: () => Promise<void>,
): Promise<void> {
  if (database.migrations?.skip) {
    await use();
  } else {
    await oneAtATime(await database.getClient(), SCHEDULERS, use);
  }
}

/**
 * Knex's own migration lock fails where replicas start together on an empty
 * database, because they race to create the table that holds it, and may stay shut
 * for good. Nobody migrates while we hold ours, so that one which is shut was left.
 */
async function oneAtATime(
  knex: Knex,
  table: string,
  migrate: () => Promise<unknown>,
): Promise<void> {
  if (!isServer(knex)) {
    await migrate();
    return;
  }
  await knex.transaction(async transaction => {
    await transaction.raw('select pg_advisory_xact_lock(?)', [MIGRATION_LOCK]);
    if (await isShut(knex, `${table}_lock`)) {
      await knex.migrate.forceFreeMigrationsLock({ tableName: table });
    }
    await migrate();
  });
}

/** Knex takes the lock where there is one row that says it is free. */
async function isShut(knex: Knex, lockTable: string): Promise<boolean> {
  if (!(await knex.schema.hasTable(lockTable))) {
    return false;
  }
  const rows = await knex(lockTable).select('is_locked');
  return rows.length > 1 || rows.some(row => row.is_locked !== 0);
}
