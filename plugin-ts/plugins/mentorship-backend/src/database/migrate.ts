import {
  resolvePackagePath,
  type DatabaseService,
} from '@backstage/backend-plugin-api';
import type { Knex } from 'knex';

/** Any number will do that no other plugin in this database locks. */
const MIGRATION_LOCK = 0x6d656e74;

/** Connects to the database and brings its tables up to date. */
export async function migratedDatabase(
  database: DatabaseService,
): Promise<Knex> {
  const knex = await database.getClient();
  if (!database.migrations?.skip) {
    await oneAtATime(knex, () =>
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
 * Knex's own migration lock fails where replicas start together on an empty
 * database, because they race to create the table that holds it.
 */
async function oneAtATime(knex: Knex, migrate: () => Promise<unknown>) {
  if (knex.client.config.client !== 'pg') {
    await migrate();
    return;
  }
  await knex.transaction(async transaction => {
    await transaction.raw('select pg_advisory_xact_lock(?)', [MIGRATION_LOCK]);
    await migrate();
  });
}
