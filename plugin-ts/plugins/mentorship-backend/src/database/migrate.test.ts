import { databases, stage, stores } from '../__testUtils__/databases';
import { item, row } from '../__testUtils__/results';

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
});
