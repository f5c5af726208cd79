import { mockServices } from '@backstage/backend-test-utils';
import createKnex from 'knex';
import { databases, isProof, stage, stores } from '../__testUtils__/databases';
import { item, row } from '../__testUtils__/results';
import { migratedDatabase } from './migrate';

const directory = `${__dirname}/../../migrations`;

describe.each(databases().eachSupportedId())('migrations on %s', id => {
  const database = databases();

  it('go down and up again, with data', async () => {
    const knex = await database.init(id);
    const publish = async () => {
      const { runs, reader, points } = await stores(knex);
      const runId = await runs.begin('2026-11-21');
      await stage(runs, runId, [item(row('a'))]);
      await runs.publish(
        runId,
        { entities: 1, services: 1, errors: 0 },
        { program: '{}', decided: '{}' },
      );
      await points.keep(new AbortController().signal);
      expect(await reader.refs({})).toEqual(['component:default/a']);
    };
    await publish();

    const ours = async () =>
      (await knex.migrate.list({ directory }))[0].map(
        ({ name }: { name: string }) => name,
      );
    const applied = await ours();
    for (const _ of applied) {
      await knex.migrate.down({ directory });
    }
    expect(await ours()).toEqual([]);
    expect(await knex.schema.hasTable('mentorship_runs')).toBe(false);

    await publish();
    expect(await ours()).toEqual(applied);
  });

  // A file of SQLite belongs to one process.
  if (id.startsWith('POSTGRES')) {
    it('are applied once where replicas start together', async () => {
      for (let boot = 0; boot < (isProof ? 50 : 3); boot++) {
        const knex = await database.init(id);
        const replicas = Array.from({ length: 5 }, () =>
          createKnex(knex.client.config),
        );
        try {
          await Promise.all(
            replicas.map(getClient =>
              migratedDatabase(
                mockServices.database.mock({
                  getClient: async () => getClient,
                }),
              ),
            ),
          );
          const applied = await knex('knex_migrations').pluck('name');
          expect(new Set(applied).size).toBe(applied.length);
          expect(await knex('mentorship_current_run')).toHaveLength(1);
        } finally {
          await Promise.all(replicas.map(each => each.destroy()));
        }
      }
    }, 600_000);

    it.each([
      ['two rows, which a race leaves', [{ is_locked: 0 }]],
      ['nothing free, which a process leaves that was killed', []],
    ])('are applied though the lock has %s', async (_, added) => {
      const knex = await database.init(id);
      await stores(knex);
      const lock = () => knex('knex_migrations_lock');
      await lock().update({ is_locked: added.length > 0 ? 0 : 1 });
      if (added.length > 0) {
        await lock().insert(added);
      }
      await expect(knex.migrate.latest({ directory })).rejects.toThrow(
        'already locked',
      );
      await stores(knex);
      await expect(knex.migrate.latest({ directory })).resolves.toBeDefined();
    });
  }
});
