import { databases, stores } from '../__testUtils__/databases';
import { item, row } from '../__testUtils__/results';

const signal = new AbortController().signal;

describe.each(databases().eachSupportedId())('RunStore on %s', id => {
  const database = databases();
  const setup = async () => stores(await database.init(id));
  const figures = (services: number) => ({ entities: 9, services, errors: 0 });

  it('shows nothing of a run before it is published', async () => {
    const { runs, reader } = await setup();
    expect(await reader.hasResults()).toBe(false);
    const runId = await runs.begin('2026-11-21');
    await runs.stage(runId, [item(row('a'))]);

    expect(await reader.hasResults()).toBe(false);
    expect(await runs.currentRun()).toBeUndefined();
    expect(await runs.lastRun()).toMatchObject({ outcome: 'running' });

    await expect(runs.publish(runId, figures(1))).resolves.toBe('published');
    expect(await reader.hasResults()).toBe(true);
    expect(await runs.currentRun()).toEqual({
      id: runId,
      asOf: '2026-11-21',
      startedAt: expect.any(String),
      finishedAt: expect.any(String),
      outcome: 'complete',
      entities: 9,
      services: 1,
      errors: 0,
    });
  });

  it('does not publish a run of which results are missing', async () => {
    const { runs, reader } = await setup();
    const runId = await runs.begin('2026-11-21');
    await runs.stage(runId, [item(row('a'))]);

    await expect(runs.publish(runId, figures(2))).rejects.toThrow(
      'staged 1 of 2 services',
    );
    expect(await reader.hasResults()).toBe(false);
  });

  it('does not let a slower older run replace a newer one', async () => {
    const { runs, reader } = await setup();
    const older = await runs.begin('2026-11-21');
    const newer = await runs.begin('2026-11-22');
    await runs.stage(older, [item(row('a', { asOf: '2026-11-21' }))]);
    await runs.stage(newer, [item(row('a', { asOf: '2026-11-22' }))]);

    await expect(runs.publish(newer, figures(1))).resolves.toBe('published');
    await expect(runs.publish(older, figures(1))).resolves.toBe('superseded');

    expect((await runs.currentRun())?.id).toBe(newer);
    const { items } = await reader.page(
      { filter: {}, order: { field: 'level', direction: 'asc' }, limit: 1 },
      {},
    );
    expect(items[0].asOf).toBe('2026-11-22');
  });

  it('sweeps away what nobody reads, and nothing that is being written', async () => {
    const { runs, knex } = await setup();
    const publish = async () => {
      const runId = await runs.begin('2026-11-21');
      await runs.stage(runId, [item(row('a')), item(row('b'))]);
      await runs.publish(runId, figures(2));
      return runId;
    };
    await publish();
    const previous = await publish();
    const current = await publish();
    const failed = await runs.begin('2026-11-21');
    await runs.stage(failed, [item(row('a'))]);
    await runs.fail(failed, 'the catalog did not answer');
    const running = await runs.begin('2026-11-21');
    await runs.stage(running, [item(row('a'))]);

    await runs.sweep(new Date(0), signal);

    const runsIn = async (table: string) =>
      (await knex(table).distinct('run_id').orderBy('run_id')).map(
        each => each.run_id,
      );
    expect(await runsIn('mentorship_assessments')).toEqual([
      previous,
      current,
      running,
    ]);
    expect(await runsIn('mentorship_reports')).toEqual([current, running]);

    await runs.sweep(new Date(Date.now() + 1000), signal);
    expect(await runs.lastRun()).toMatchObject({
      id: running,
      outcome: 'failed',
      failure: 'the run was cut off',
    });
    expect(await runsIn('mentorship_reports')).toEqual([current]);
  });

  it('can be migrated down with data in it, and up again', async () => {
    const { runs, knex } = await setup();
    const runId = await runs.begin('2026-11-21');
    await runs.stage(runId, [item(row('a'))]);
    await runs.publish(runId, figures(1));

    const directory = { directory: `${__dirname}/../../migrations` };
    await knex.migrate.rollback(directory, true);
    await knex.migrate.latest(directory);

    expect(await runs.currentRun()).toBeUndefined();
  });
});
