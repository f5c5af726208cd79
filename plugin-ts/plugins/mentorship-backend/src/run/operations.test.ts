import { mockServices } from '@backstage/backend-test-utils';
import type { Assessment } from 'backstage-plugin-mentorship-common';
import type {
  OperationsRequest,
  OperationsSource,
} from 'backstage-plugin-mentorship-node';
import { alice, listingOf, pages, service } from '../__testUtils__/catalogs';
import { databases, stores } from '../__testUtils__/databases';
import { trapping, type Traps } from '../__testUtils__/trapping';
import type { Core } from '../engine/Engine';
import { loadCore } from '../engine/loadCore';
import { StandingEngine } from '../engine/StandingEngine';
import { AssessmentRunner } from './AssessmentRunner';

const signal = new AbortController().signal;
const TODAY = new Date().toISOString().slice(0, 10);
const POLICY = JSON.stringify({ sources: ['git', 'incidents', 'on-calls'] });

const incident = (id: string, ago = 3) => {
  const day = new Date(Date.parse(TODAY) - ago * 86_400_000).toISOString();
  return {
    key: id,
    version: '1',
    day: day.slice(0, 10),
    bytes: Buffer.from(
      JSON.stringify({
        incidents: [
          {
            id,
            status: 'resolved',
            created_at: day,
            service: { id: 'P1' },
            last_status_change_by: { id: 'UA', type: 'user_reference' },
          },
        ],
      }),
    ),
  };
};

describe('what happens in operation', () => {
  const database = databases();
  let core: Core;
  beforeAll(async () => {
    core = await loadCore();
  });

  async function setup(
    collect: (request: OperationsRequest) => Promise<void>,
    options: { id?: Parameters<typeof database.init>[0]; traps?: Traps } = {},
  ) {
    const all = await stores(await database.init(options.id ?? 'SQLITE_3'));
    const source: OperationsSource = {
      id: 'pagerduty',
      title: 'PagerDuty',
      tool: 'pagerduty',
      kinds: ['incidents', 'on-calls'],
      collect: request => state.collect(request),
    };
    const annotations = { 'pagerduty.com/service-id': 'P1' };
    const state = {
      collect,
      catalog: pages([alice, service('pay', { annotations }), service('ship')]),
    };
    const shared = {
      ...all,
      core: trapping(core, options.traps ?? {}),
      policy: POLICY,
      operationsSources: [source],
      reviewsSources: [],
      listing: listingOf(() => state.catalog),
      logger: mockServices.logger.mock({
        child: () => mockServices.logger.mock(),
      }),
    };
    const runner = new AssessmentRunner({
      ...shared,
      sources: [],
      today: () => TODAY,
      settleMs: 0,
      timeoutMs: 600_000,
      cutOffMs: 3_600_000,
    });
    const evidence = async (kind: string, name = 'pay') => {
      const ref = `component:default/${name}`;
      const report = await all.reader.report(ref, 'named');
      const { evidence: statuses }: Assessment = JSON.parse(
        (report as { json: string }).json,
      );
      const found = statuses.find(each => each.kind === kind)!;
      return `${found.state} ${JSON.stringify(found.detail)}`;
    };
    return { ...all, state, runner, evidence, standing: shared };
  }

  const twoIncidents = async ({ sink, serviceIds }: OperationsRequest) => {
    expect(serviceIds).toEqual(['P1']);
    await sink.put('incidents', incident('I1'));
    await sink.put('incidents', incident('I2', 20));
    await sink.succeed('incidents', { since: '2026-06-01', complete: true });
    await sink.put('on-calls', {
      key: 'all',
      version: '1',
      bytes: Buffer.from('{"oncalls":[],"services":[]}'),
    });
    await sink.succeed('on-calls', { since: '2026-06-01', complete: true });
  };

  it.each(database.eachSupportedId())(
    'is judged by what was had last, on %s',
    async id => {
      const { state, runner, evidence, operations, knex } = await setup(
        twoIncidents,
        { id },
      );
      await runner.run(signal);
      expect(await evidence('incidents')).toMatch(/^found .*2 incidents/);
      expect(await evidence('on-calls')).toMatch(/^missing/);
      expect(await evidence('incidents', 'ship')).toMatch(/^not-collected/);
      expect(await operations.figures('pagerduty')).toMatchObject({
        fresh: 1,
        stale: 0,
        failed: 0,
        lastSuccessAt: expect.stringMatching(/Z$/),
      });
      const versions = () =>
        knex('mentorship_assessments').select('entity_ref', 'run_id');
      const before = await versions();

      // What is new is added, and what is as it was writes nothing.
      await runner.run(signal);
      expect(await versions()).toEqual(before);
      state.collect = async ({ sink }) => {
        const last = await sink.last('incidents');
        expect(last).toMatchObject({
          since: '2026-06-01',
          serviceIds: ['P1'],
        });
        expect(await sink.kept('incidents')).toEqual(
          new Map([
            ['I1', '1'],
            ['I2', '1'],
          ]),
        );
        await sink.put('incidents', incident('I3', 0));
        await sink.succeed('incidents', {
          since: '2026-06-02',
          complete: false,
        });
        await sink.succeed('on-calls', { since: '2026-06-02', complete: true });
      };
      await runner.run(signal);
      expect(await evidence('incidents')).toMatch(/^found .*3 incidents/);

      // Nothing goes because a tool is away.
      state.collect = async ({ sink }) => {
        await sink.put('incidents', incident('I4', 0));
        throw new Error('PagerDuty answered 502 (/incidents)');
      };
      await runner.run(signal);
      expect(await evidence('incidents')).toMatch(/^stale|^failed/);
      expect(await evidence('incidents')).toContain('502');
      expect(await operations.figures('pagerduty')).toMatchObject({
        fresh: 0,
        stale: 1,
        lastFailure: { message: expect.stringContaining('502') },
      });

      // What is no incident any more goes when everything was looked at.
      state.collect = async ({ sink }) => {
        sink.confirm('incidents', 'I3');
        await sink.succeed('incidents', {
          since: '2026-06-02',
          complete: true,
        });
        await sink.succeed('on-calls', { since: '2026-06-02', complete: true });
      };
      await runner.run(signal);
      expect(await evidence('incidents')).toMatch(/^found .*1 incident/);
    },
  );

  it('is unknown, not missing, where a tool never answered', async () => {
    const { runner, evidence, operations } = await setup(async () => {
      throw new Error('PagerDuty answered 401 (/incidents)');
    });
    await runner.run(signal);
    expect(await evidence('incidents')).toMatch(/^failed .*401/);
    expect(await evidence('on-calls')).toMatch(/^failed .*401/);
    expect((await operations.figures('pagerduty')).failed).toBe(1);
  });

  it('is known to the standing engine', async () => {
    const { runner, standing } = await setup(twoIncidents);
    await runner.run(signal);
    const engine = new StandingEngine(standing);
    try {
      const results = await engine.ask(each => each.results(TODAY, 0, 10));
      expect(new TextDecoder().decode(results)).toContain('2 incidents');
    } finally {
      await engine.end();
    }
  });

  it('costs one answer where the core breaks down over it', async () => {
    const { runner, evidence, knex } = await setup(twoIncidents, {
      traps: { pagerduty: '"I2"' },
    });
    await runner.run(signal);
    expect(await evidence('incidents')).toMatch(/^found .*1 incident/);
    expect(await knex('mentorship_run_errors').select('place')).toEqual([
      { place: 'incidents of PagerDuty, I2' },
    ]);
  });
});
