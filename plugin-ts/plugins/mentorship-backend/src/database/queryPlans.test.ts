import type { Knex } from 'knex';
import { databases, stage, stores } from '../__testUtils__/databases';
import { item, row } from '../__testUtils__/results';

const SERVICES = 20_000;

/** What differs from service to service, in the SQL of either database. */
const VARIED: Record<string, Record<string, string>> = {
  mentorship_assessments: {
    entity_ref: `entity_ref || '-' || n.i`,
    title: `'service ' || n.i`,
    level_rank: 'n.i % 4',
    score: 'n.i % 100',
    owner: `'group:default/g-' || (n.i % 400)`,
    system: `'system:default/s-' || (n.i % 900)`,
    risk_points: 'n.i % 60',
  },
  mentorship_rows: { entity_ref: `entity_ref || '-' || n.i` },
  mentorship_reports: { entity_ref: `entity_ref || '-' || n.i` },
  mentorship_points: { entity_ref: `entity_ref || '-' || n.i` },
};

/** Makes many services of the one that is there. */
async function multiply(knex: Knex, table: string) {
  const columns = Object.keys(await knex(table).columnInfo());
  const values = columns.map(each => VARIED[table][each] ?? each);
  await knex.raw(
    `insert into ${table} (${columns.join()})
       with recursive n(i) as (
         select 1 union all select i + 1 from n where i < ${SERVICES}
       )
       select ${values.join()} from ${table} cross join n`,
  );
}

describe.each(databases().eachSupportedId())('hot routes on %s', id => {
  const database = databases();
  const isServer = id.startsWith('POSTGRES');
  let all: Awaited<ReturnType<typeof stores>>;
  beforeAll(async () => {
    all = await stores(await database.init(id));
    const runId = await all.runs.begin('2026-11-21');
    await stage(all.runs, runId, [
      item(row('svc', { owner: 'group:default/a' })),
    ]);
    await all.runs.publish(runId, { entities: 1, services: 1, errors: 0 });
    await all.points.keep(new AbortController().signal);
    for (const table of Object.keys(VARIED)) {
      await multiply(all.knex, table);
    }
    if (isServer) {
      // As a server does by itself.
      await all.knex.raw('analyze');
    }
  }, 120_000);

  /** How the database answers each statement that somebody's work makes. */
  const plansOf = async (work: () => Promise<unknown>) => {
    const asked: Array<{ sql: string; bindings: unknown[] }> = [];
    const note = (query: (typeof asked)[0]) => asked.push(query);
    all.knex.on('query', note);
    await work();
    all.knex.removeListener('query', note);
    const plans = [];
    for (const { sql, bindings } of asked) {
      const explained = await all.knex.raw(
        `explain ${isServer ? '' : 'query plan '}${sql.replace(/\$\d+/g, '?')}`,
        bindings as never,
      );
      plans.push(
        (isServer ? explained.rows : explained)
          .map((line: Record<string, unknown>) =>
            isServer ? line['QUERY PLAN'] : line.detail,
          )
          .join('\n'),
      );
    }
    expect(plans.length).toBeGreaterThan(0);
    return plans;
  };
  const LARGE = Object.keys(VARIED).join('|');
  const READS_A_TABLE = new RegExp(
    isServer
      ? `Seq Scan on (${LARGE})`
      : `SCAN (${LARGE}|version|line|report)(?! USING)`,
  );
  const one = `component:default/svc-${SERVICES / 2}`;
  const page = (field: 'level' | 'title' | 'entityRef', limit = 50) =>
    all.reader.page(
      { filter: {}, order: { field, direction: 'asc' }, limit },
      {},
    );

  it.each<[string, () => Promise<unknown>]>([
    ['the card of a service', () => all.reader.report(one, 'counted')],
    ['its history', () => all.points.of(one)],
    ['what permissions know of it', () => all.reader.resources([one])],
    [
      'services of one owner',
      () =>
        all.reader.page(
          {
            filter: { owner: ['group:default/g-7'] },
            order: { field: 'title', direction: 'asc' },
            limit: 50,
          },
          {},
        ),
    ],
    [
      'some services of a catalog that is read in part',
      () =>
        all.reader.page(
          {
            filter: {},
            order: { field: 'entityRef', direction: 'asc' },
            limit: 50,
          },
          { entityRefs: [one] },
        ),
    ],
  ])('read no table from end to end for %s', async (_, work) => {
    for (const plan of await plansOf(work)) {
      expect(plan).not.toMatch(READS_A_TABLE);
    }
  });

  it.each<[string, () => Promise<unknown>, string]>([
    ['services by level', () => page('level'), 'mentorship_in_level'],
    ['services by title', () => page('title'), 'mentorship_in_title'],
    ['services by ref', () => page('entityRef'), 'mentorship_by_'],
    [
      'the risk queue',
      () => all.risks.page({ filter: {}, limit: 50 }, {}),
      'mentorship_by_risk',
    ],
  ])('read %s in the order of an index', async (_, work, index) => {
    const plans = await plansOf(work);
    const [inOrder] = plans.filter(
      plan => plan.includes(index) && !/TEMP B-TREE FOR ORDER|Sort/.test(plan),
    );
    expect(inOrder).toBeDefined();
  });
});
