import { mockServices } from '@backstage/backend-test-utils';
import type { Entity } from '@backstage/catalog-model';
import { ScmIntegrations } from '@backstage/integration';
import type {
  Assessment,
  AssessmentList,
} from 'backstage-plugin-mentorship-common';
import { renameSync } from 'fs';
import { join } from 'path';
import { alice, listingOf, pages, service } from '../__testUtils__/catalogs';
import { databases, stores } from '../__testUtils__/databases';
import {
  makeRepository,
  temporaryFolder,
} from '../__testUtils__/gitRepositories';
import { trapping, type Traps } from '../__testUtils__/trapping';
import type { Core } from '../engine/Engine';
import { loadCore } from '../engine/loadCore';
import { GitEvidenceSource } from '../evidence/git/GitEvidenceSource';
import { AssessmentRunner } from './AssessmentRunner';

const root = temporaryFolder();
const signal = new AbortController().signal;

const SERVICES = ['cart', 'mail', 'pay', 'search', 'ship'].map(name =>
  service(name),
);
const refsOf = (entities: Entity[]) =>
  entities.map(each => `component:default/${each.metadata.name}`).sort();

describe.each(databases().eachSupportedId())('AssessmentRunner on %s', id => {
  const database = databases();
  let core: Core;
  beforeAll(async () => {
    core = await loadCore();
  });

  async function setup(options: {
    catalog?: string[];
    traps?: Traps;
    localFolders?: string[];
    settleMs?: number;
    timeoutMs?: number;
  }) {
    const all = await stores(await database.init(id));
    const state = {
      catalog: options.catalog ?? pages([...SERVICES, alice]),
      today: '2026-11-21',
    };
    const runner = new AssessmentRunner({
      core: trapping(core, options.traps ?? {}),
      policy: '{}',
      listing: listingOf(() => state.catalog),
      sources: [
        new GitEvidenceSource({
          directory: join(root, 'copies'),
          localFolders: options.localFolders ?? [],
          keepUnusedCopiesMs: 3_600_000,
          concurrency: 2,
          timeoutMs: 30_000,
          integrations: ScmIntegrations.fromConfig(mockServices.rootConfig()),
        }),
      ],
      runs: all.runs,
      places: all.places,
      histories: all.histories,
      pushed: all.pushed,
      operations: all.operations,
      reviews: all.reviews,
      operationsSources: [],
      reviewsSources: [],
      programs: all.programs,
      points: all.points,
      snapshots: all.snapshots,
      reader: all.reader,
      logger: mockServices.logger.mock(),
      today: () => state.today,
      settleMs: options.settleMs ?? 0,
      timeoutMs: options.timeoutMs ?? 600_000,
      cutOffMs: 3_600_000,
    });
    const list = (): Promise<AssessmentList> =>
      all.reader.page(
        {
          filter: {},
          order: { field: 'entityRef', direction: 'asc' },
          limit: 100,
        },
        {},
      );
    const refs = async () => (await list()).items.map(row => row.entityRef);
    const errors = () =>
      all.knex('mentorship_run_errors').select('place', 'message');
    return { ...all, state, runner, list, refs, errors };
  }

  it('judges every service of every page as of the day it is given', async () => {
    const many = Array.from({ length: 130 }, (_, n) => service(`svc-${n}`));
    const { runner, runs, state, list, reader } = await setup({
      catalog: pages([alice, ...many], 40),
    });

    await expect(runner.run(signal)).resolves.toBe(130);

    const { items, totalItems } = await list();
    expect(totalItems).toBe(130);
    expect(new Set(items.map(row => row.asOf))).toEqual(
      new Set(['2026-11-21']),
    );
    expect(items[0]).toMatchObject({
      entityRef: 'component:default/svc-0',
      owner: 'group:default/shop',
      steward: 'user:default/alice',
      stewardName: 'Alice A.',
      rotationState: 'window',
    });
    await expect(runs.currentRun()).resolves.toMatchObject({
      outcome: 'complete',
      asOf: '2026-11-21',
      entities: 131,
      services: 130,
      errors: 0,
    });

    state.today = '2027-02-01';
    await runner.run(signal);
    expect((await list()).items[0]).toMatchObject({
      asOf: '2027-02-01',
      rotationState: 'overdue',
    });
    const report = await reader.report('component:default/svc-0', 'counted');
    expect(JSON.parse((report as { json: string }).json)).toMatchObject({
      schema: 'mentorship/assessment/v1',
      asOf: '2027-02-01',
      audience: 'counted',
    });
  });

  it('takes no snapshot of a catalog that is still being read', async () => {
    const { runner, snapshots, state } = await setup({
      catalog: pages([...SERVICES.slice(0, 2), alice]),
    });
    await runner.run(signal);
    state.catalog = pages([...SERVICES, alice]);
    await runner.run(signal);
    expect(await snapshots.list()).toEqual([]);

    await runner.run(signal);
    expect(await snapshots.list()).toMatchObject([{ services: 5 }]);
  });

  it('sums up the program and keeps what changed, with the results', async () => {
    const { runner, programs, points, state, knex } = await setup({});
    await runner.run(signal);

    const summed = await programs.program();
    expect(summed).toMatchObject({ isOfRun: true });
    expect(JSON.parse(summed!.program)).toMatchObject({
      schema: 'mentorship/program/v1',
      asOf: '2026-11-21',
      services: 5,
    });

    state.today = '2027-02-01';
    await runner.run(signal);
    expect(await points.of('component:default/pay')).toMatchObject([
      { day: '2026-11-21', rotationState: 'window' },
      { day: '2027-02-01', rotationState: 'overdue' },
    ]);
    expect(await knex('mentorship_programs').pluck('run_id')).toEqual([1, 2]);
  });

  it('publishes results although the core breaks down over the program', async () => {
    const { runner, programs, refs, errors, state } = await setup({
      traps: { program: '2026-11-22' },
    });
    await runner.run(signal);
    state.today = '2026-11-22';
    await runner.run(signal);

    expect(await refs()).toEqual(refsOf(SERVICES));
    expect(await errors()).toEqual([
      { place: 'program', message: expect.any(String) },
    ]);
    const summed = await programs.program();
    expect(summed).toMatchObject({ isOfRun: false });
    expect(JSON.parse(summed!.program)).toMatchObject({ asOf: '2026-11-21' });
  });

  it('follows the catalog: what left it is gone, what came is there', async () => {
    const { runner, state, refs } = await setup({});
    await runner.run(signal);
    const changed = [...SERVICES.slice(2), service('zoo')];
    state.catalog = pages([...changed, alice]);
    await runner.run(signal);

    expect(await refs()).toEqual(refsOf(changed));
  });

  const [first] = pages([...SERVICES, alice], 4);
  it.each<[string, string[], string]>([
    [
      'cut short',
      [JSON.stringify({ ...JSON.parse(first), pageInfo: {} })],
      "the catalog's listing was cut short: 4 of 6 entities came",
    ],
    ['empty', pages([]), 'the catalog lists no entity at all'],
    ['no page', ['{"items":[{"kind":"Comp'], ''],
    ['an answer of something else', ['<html>'], ''],
  ])(
    'keeps the last results where the listing is %s',
    async (_, catalog, why) => {
      const { runner, runs, state, refs, knex } = await setup({});
      await runner.run(signal);
      state.catalog = catalog;

      await expect(runner.run(signal)).rejects.toThrow(why);

      expect(await refs()).toEqual(refsOf(SERVICES));
      expect(await runs.lastRun()).toMatchObject({ outcome: 'failed' });
      expect((await runs.lastRun())?.failure).toContain(why);
      expect(
        await knex('mentorship_assessments').distinct('run_id'),
      ).toHaveLength(1);
    },
  );

  it('tells an entity that cannot be read, and judges the others', async () => {
    const { runner, refs, errors, runs } = await setup({
      catalog: pages([...SERVICES, { kind: 'Component' }, 7, null]),
    });

    await runner.run(signal);

    expect(await refs()).toEqual(refsOf(SERVICES));
    const told = await errors();
    expect(told.length).toBeGreaterThan(0);
    expect((await runs.currentRun())?.errors).toBe(told.length);
  });

  it.each<[string, Traps]>([
    ['a page', { page: '"name":"pay"' }],
    ['a judgement', { service: 'component:default/pay' }],
  ])(
    'finds the one service over which the core breaks down on %s',
    async (_, traps) => {
      const { runner, refs, errors, runs, reader } = await setup({
        catalog: pages([alice, ...SERVICES], 4),
        traps,
      });

      await expect(runner.run(signal)).resolves.toBe(4);

      expect(await refs()).toEqual(
        refsOf(SERVICES.filter(each => each.metadata.name !== 'pay')),
      );
      expect(await errors()).toEqual([
        {
          place: 'component:default/pay',
          message:
            'the core broke down over it, which is a defect of the core: unreachable',
        },
      ]);
      expect(await runs.currentRun()).toMatchObject({
        outcome: 'complete',
        entities: 6,
        services: 4,
        errors: 1,
      });
      await expect(
        reader.report('component:default/pay', 'counted'),
      ).resolves.toEqual({
        missing: expect.stringContaining('the core broke down over it'),
      });
    },
  );

  it('gives up where the core breaks down over everything', async () => {
    const { runner, runs } = await setup({ traps: { page: 'items' } });

    await expect(runner.run(signal)).rejects.toThrow('unreachable');
    expect(await runs.lastRun()).toMatchObject({ outcome: 'failed' });
  });

  it('goes on until the catalog has settled', async () => {
    const { runner, runs, state, refs } = await setup({ catalog: pages([]) });
    const steps = [pages([]), pages(SERVICES.slice(0, 2)), pages(SERVICES)];
    Object.defineProperty(state, 'catalog', {
      get: () => (steps.length > 1 ? steps.shift() : steps[0]),
    });

    await runner.runUntilSettled(signal);

    expect(await refs()).toEqual(refsOf(SERVICES));
    // Empty, two services, five services, five services again.
    expect((await runs.lastRun())?.id).toBe(4);
  });

  it('begins no other run that its time-out would cut off', async () => {
    const { runner, runs, refs } = await setup({ timeoutMs: 0 });
    await runner.runUntilSettled(signal);
    expect(await refs()).toEqual(refsOf(SERVICES));
    expect((await runs.lastRun())?.id).toBe(1);
  });

  it('says what to set where a run ends at its time-out', async () => {
    const { runner, runs } = await setup({ timeoutMs: 600_000 });
    const aborted = AbortSignal.abort(new Error('time-out'));
    await expect(runner.run(aborted, Date.now() - 1)).rejects.toThrow();
    // Stopped before it began, there is no run to tell it of.
    expect(await runs.lastRun()).toBeUndefined();

    const stop = new AbortController();
    jest.spyOn(runs, 'staging').mockImplementationOnce(async () => {
      stop.abort(new Error('time-out'));
      throw stop.signal.reason;
    });
    await expect(runner.run(stop.signal, Date.now())).rejects.toThrow();
    expect((await runs.lastRun())?.failure).toMatch(
      /time-out, after 10 minutes.*goes on from.*`mentorship.schedule.timeout`/,
    );
  });

  it('stops where it is told to, and leaves the last results', async () => {
    const { runner, runs, refs } = await setup({});
    await runner.run(signal);

    await expect(
      runner.run(AbortSignal.abort(new Error('shut down'))),
    ).rejects.toThrow('shut down');

    expect(await refs()).toEqual(refsOf(SERVICES));
    expect(await runs.currentRun()).toMatchObject({ outcome: 'complete' });
  });

  describe('with evidence', () => {
    let turn = 0;
    const withRepository = async (traps?: Traps) => {
      const folder = makeRepository(join(root, `${turn++}`, 'pay'), [
        {
          author: 'Alice <alice@example.com>',
          at: 1_790_000_000,
          files: {
            'MENTORSHIP.md': [
              '# Mentorship',
              'Scope: payments',
              '## Escalation Tree',
              '- Steward: @alice',
              '- Backup: @ben',
              '',
            ].join('\n'),
            'src/pay.ts': 'pay\n',
          },
        },
      ]);
      const all = await setup({
        catalog: pages([
          alice,
          service('pay', {
            annotations: { 'backstage.io/source-location': `dir:${folder}/` },
          }),
          service('ship'),
        ]),
        localFolders: [root],
        traps,
      });
      const evidence = async () => {
        const report = await all.reader.report(
          'component:default/pay',
          'named',
        );
        const { evidence: states } = JSON.parse(
          (report as { json: string }).json,
        ) as Assessment;
        return Object.fromEntries(
          states.map(({ kind, state }) => [kind, state]),
        );
      };
      return { ...all, folder, evidence };
    };

    it('hands what git holds to the core', async () => {
      const { runner, evidence, places } = await withRepository();

      await runner.run(signal);

      expect(await evidence()).toMatchObject({
        plan: 'found',
        history: 'found',
      });
      expect(await places.figures('git')).toMatchObject({
        fresh: 1,
        failed: 0,
      });
    });

    it('judges by the last good evidence where a repository cannot be read', async () => {
      const { runner, evidence, places, folder } = await withRepository();
      await runner.run(signal);
      renameSync(folder, `${folder}-gone`);

      await runner.run(signal);

      expect(await evidence()).toMatchObject({ history: 'failed' });
      expect(await places.figures('git')).toMatchObject({
        fresh: 0,
        stale: 1,
        lastFailure: { message: expect.stringContaining('does not exist') },
      });

      renameSync(`${folder}-gone`, folder);
      await runner.run(signal);
      expect(await evidence()).toMatchObject({
        plan: 'found',
        history: 'found',
      });
      expect(await places.figures('git')).toMatchObject({ fresh: 1, stale: 0 });
    });

    it('keeps a repository from the core over which it breaks down', async () => {
      const { runner, refs, errors, evidence, folder } = await withRepository({
        repository: 'pay',
      });

      await runner.run(signal);

      expect(await refs()).toEqual([
        'component:default/pay',
        'component:default/ship',
      ]);
      expect(await errors()).toEqual([
        {
          place: folder,
          message: expect.stringContaining('the core broke down'),
        },
      ]);
      expect(await evidence()).toMatchObject({ history: 'failed' });
    });
  });
});
