import { databases, stage, stores } from '../__testUtils__/databases';
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
    await stage(runs, runId, [item(row('a'))]);

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
    await stage(runs, runId, [item(row('a'))]);

    await expect(runs.publish(runId, figures(2))).rejects.toThrow(
      'staged 1 of 2 services',
    );
    expect(await reader.hasResults()).toBe(false);
  });

  it('lets only the newest run write', async () => {
    const { runs, reader } = await setup();
    const older = await runs.begin('2026-11-21');
    const staging = await runs.staging(older);
    await staging.stage([item(row('a')), item(row('b'))]);
    const newer = await runs.begin('2026-11-22');

    await staging.stage([item(row('c'))]);
    await expect(staging.finish()).rejects.toThrow(
      `run ${older} was replaced by a newer one`,
    );
    await expect(runs.staging(older)).rejects.toThrow('was replaced');
    await expect(runs.publish(older, figures(2))).resolves.toBe('superseded');
    expect(await reader.hasResults()).toBe(false);

    await stage(runs, newer, [item(row('a', { asOf: '2026-11-22' }))]);
    await expect(runs.publish(newer, figures(1))).resolves.toBe('published');
    await expect(runs.publish(older, figures(2))).resolves.toBe('superseded');
    expect((await runs.currentRun())?.id).toBe(newer);
    const { items } = await reader.page(
      { filter: {}, order: { field: 'level', direction: 'asc' }, limit: 9 },
      {},
    );
    expect(items.map(each => each.asOf)).toEqual(['2026-11-22']);
  });

  const shown = async ({ reader }: Awaited<ReturnType<typeof setup>>) => {
    const { items, totalItems } = await reader.page(
      {
        filter: {},
        order: { field: 'entityRef', direction: 'asc' },
        limit: 99,
      },
      {},
    );
    expect(totalItems).toBe(items.length);
    return items.map(each => `${each.title} ${each.score}`);
  };
  const scored = (scores: Record<string, number>) =>
    Object.entries(scores).map(([name, score]) => item(row(name, { score })));
  const published = async (
    { runs }: Awaited<ReturnType<typeof setup>>,
    scores: Record<string, number>,
  ) => {
    const runId = await runs.begin('2026-11-21');
    await stage(runs, runId, scored(scores));
    await runs.publish(runId, figures(Object.keys(scores).length));
    return runId;
  };

  it('writes only what changed, and shows everything', async () => {
    const all = await setup();
    const { knex, runs } = all;
    const versions = (table: string) =>
      knex(table).orderBy(['entity_ref', 'run_id']).select('*');
    const first = await published(all, { a: 1, b: 2, c: 3 });
    const before = await versions('mentorship_reports');
    const unchanged = await versions('mentorship_assessments');

    await published(all, { a: 1, b: 2, c: 3 });
    expect(await versions('mentorship_assessments')).toEqual(unchanged);
    expect(await versions('mentorship_reports')).toEqual(before);
    expect(await shown(all)).toEqual(['a 1', 'b 2', 'c 3']);

    const third = await published(all, { a: 1, b: 5, d: 4 });
    expect(await shown(all)).toEqual(['a 1', 'b 5', 'd 4']);
    expect(
      (await versions('mentorship_rows')).map(
        ({ entity_ref: ref, run_id: run }) => `${ref.at(-1)} ${run}`,
      ),
    ).toEqual([
      `a ${first}`,
      `b ${first}`,
      `b ${third}`,
      `c ${first}`,
      `d ${third}`,
    ]);

    // What the run before showed stays for those who still read it.
    await runs.sweep(new Date(0), signal);
    expect(await versions('mentorship_rows')).toHaveLength(5);
    await published(all, { a: 1, b: 5, d: 4 });
    await runs.sweep(new Date(0), signal);
    expect(await versions('mentorship_rows')).toHaveLength(3);
    expect(await versions('mentorship_reports')).toHaveLength(3);
    expect(await shown(all)).toEqual(['a 1', 'b 5', 'd 4']);
  });

  it('shows nothing of a run that failed', async () => {
    const all = await setup();
    const { knex, runs } = all;
    await published(all, { a: 1, b: 2, c: 3 });
    const failed = await runs.begin('2026-11-21');
    await stage(runs, failed, scored({ a: 9, c: 9, x: 9 }));
    expect(await shown(all)).toEqual(['a 1', 'b 2', 'c 3']);
    await runs.fail(failed, 'the catalog did not answer');
    expect(await shown(all)).toEqual(['a 1', 'b 2', 'c 3']);

    const next = await published(all, { a: 1, b: 2, c: 3 });
    expect(await shown(all)).toEqual(['a 1', 'b 2', 'c 3']);
    for (const table of ['mentorship_assessments', 'mentorship_reports']) {
      expect(await knex(table).where({ run_id: failed })).toEqual([]);
      expect(await knex(table).where({ run_id: next })).toHaveLength(3);
    }
  });

  it('goes on from what a run staged that was cut off', async () => {
    const all = await setup();
    const { knex, runs } = all;
    await published(all, { a: 1, b: 2, c: 3 });
    const failed = await runs.begin('2026-11-21');
    await stage(runs, failed, scored({ a: 4, b: 5, c: 3 }));

    const next = await published(all, { a: 4, b: 6, c: 3 });
    expect(await shown(all)).toEqual(['a 4', 'b 6', 'c 3']);
    const wrote = (run: number) =>
      knex('mentorship_rows').where({ run_id: run }).pluck('entity_ref');
    expect(await wrote(failed)).toEqual(['component:default/a']);
    expect(await wrote(next)).toEqual(['component:default/b']);

    // What was replaced twice goes as if it had been replaced once.
    await published(all, { a: 4, b: 6, c: 3 });
    await runs.sweep(new Date(0), signal);
    expect(await knex('mentorship_assessments')).toHaveLength(3);
    expect(await shown(all)).toEqual(['a 4', 'b 6', 'c 3']);
  });

  it('stages anew what it staged half', async () => {
    const all = await setup();
    const { runs } = all;
    await published(all, { a: 1, b: 2 });
    const runId = await runs.begin('2026-11-21');
    const half = await runs.staging(runId);
    await half.stage(scored({ a: 7 }));
    await stage(runs, runId, scored({ a: 8, c: 8 }));
    await runs.publish(runId, figures(2));

    expect(await shown(all)).toEqual(['a 8', 'c 8']);
  });

  it('tells a run that was cut off as failed', async () => {
    const { runs } = await setup();
    const running = await runs.begin('2026-11-21');
    await runs.sweep(new Date(Date.now() + 1000), signal);
    expect(await runs.lastRun()).toMatchObject({
      id: running,
      outcome: 'failed',
      failure: 'the run was cut off',
    });
  });

  it('can be migrated down with data in it, and up again', async () => {
    const { runs, knex } = await setup();
    const runId = await runs.begin('2026-11-21');
    await stage(runs, runId, [item(row('a'))]);
    await runs.publish(runId, figures(1));

    const directory = { directory: `${__dirname}/../../migrations` };
    await knex.migrate.rollback(directory, true);
    await knex.migrate.latest(directory);

    expect(await runs.currentRun()).toBeUndefined();
  });
});
