import {
  listed,
  mentorshipBackends,
  SERVICES,
  settled,
} from './__testUtils__/mentorshipBackends';
import { migratedDatabase } from './database/migrate';
import { RunStore } from './database/RunStore';

const COLUMNS =
  'as_of,entity_ref,title,kind,type,lifecycle,tier,owner,system,level,score,coverage,mentorship_status,apprentices,milestones_done,milestones_total,next_milestone_due,steward,steward_since,steward_age_days,rotation_state,rotation_due,bus_factor,bus_factor_basis,bus_factor_verdict,bus_factor_declared,bus_factor_authorship,bus_factor_recent,contributor_absence_factor,failed_rules,unknown_rules';

describe('the mentorship plugin', () => {
  const { start, repository } = mentorshipBackends();

  describe('of one backend that nothing changes', () => {
    let backend: Awaited<ReturnType<typeof start>>;
    beforeAll(async () => {
      backend = await start();
    });

    it('serves the list page by page, filtered, with totals', async () => {
      const first = await backend.get(
        '/assessments?limit=3&order=title,asc&kind=component',
      );
      expect(first.body.items).toHaveLength(3);
      expect(first.body.totalItems).toBe(4);
      const levels: Record<string, number> = first.body.totals.byLevel;
      expect(Object.values(levels).reduce((sum, n) => sum + n)).toBe(4);
      const second = await backend.get(
        `/assessments?limit=3&order=title,asc&kind=component&cursor=${first.body.pageInfo.nextCursor}`,
      );
      expect(second.body.items).toHaveLength(1);
      expect(second.body.pageInfo.nextCursor).toBeUndefined();

      const filtered = await backend.get('/assessments?lifecycle=experimental');
      expect(filtered.body.items[0]).toMatchObject({
        entityRef: 'component:default/ship',
        asOf: '2026-11-21',
      });
      const bad = await backend.get('/assessments?limit=1000');
      expect([bad.status, bad.body.error.name]).toEqual([400, 'InputError']);
    });

    it.each([
      ['/program/baseline', { baselines: [{ measure: 'x', value: 1 }] }, 400],
      [
        '/program/baseline',
        { baselines: [{ measure: 'ramp-time', value: -1 }] },
        400,
      ],
      ['/program/baseline', {}, 400],
      ['/program/rollout/none', { confirmed: true }, 404],
      ['/program/rollout/roles', { confirmed: true }, 400],
      ['/program/rollout/rituals', { confirmed: true, on: '2026-02-30' }, 400],
    ])('refuses to decide %s %j', async (path, body, status) => {
      expect((await backend.put(path).send(body)).status).toBe(status);
      expect((await backend.get('/program')).body.decided).toEqual({
        baselines: [],
        confirmed: [],
      });
    });

    it.each([
      [400, '{"entityRefs":'],
      [400, '{"entityRefs":["pay"]}'],
      [400, '{"entityRefs":[],"and":1}'],
      [413, JSON.stringify({ entityRefs: ['x'.repeat(70_000)] })],
    ])('answers %d to a body that it does not take', async (status, body) => {
      const answer = await backend
        .post('/assessments/by-refs')
        .type('application/json')
        .send(body);
      expect(answer.status).toBe(status);
    });

    it('exports CSV with the columns of the contract', async () => {
      const { text, headers } = await backend.get('/assessments.csv');
      const lines = text.split('\r\n');
      expect(lines[0]).toBe(COLUMNS);
      expect(lines).toHaveLength(SERVICES.length + 2);
      expect(lines.at(-1)).toBe('');
      expect(lines[1]).toContain(`"'=1+1, ""quoted"""`);
      expect(headers['content-type']).toBe('text/csv; charset=utf-8');
      expect(headers['content-disposition']).toContain('attachment');
      expect(headers['cache-control']).toBe('private, no-store');

      const withMark = await backend.get(
        '/assessments.csv?bom=true&lifecycle=experimental',
      );
      expect(withMark.text.startsWith(`\uFEFF${COLUMNS}\r\n2026-11-21,`)).toBe(
        true,
      );
    });

    it('gives a week out again as it was exported', async () => {
      const { text } = await backend.get('/assessments.csv');
      const [{ week }] = (await backend.get('/snapshots')).body.items;

      const snapshot = await backend.get(`/snapshots/${week}.csv`);
      expect(snapshot.text).toBe(text);
      expect(snapshot.headers['content-disposition']).toBe(
        `attachment; filename="mentorship-${week}.csv"`,
      );
      expect((await backend.get('/snapshots/1999-W01.csv')).status).toBe(404);
      expect((await backend.get('/snapshots/1999-1.csv')).status).toBe(400);
    });

    it('says how each repository was read', async () => {
      const { body } = await backend.get('/status?repositories=true');

      expect(body.repositories).toEqual([
        {
          source: 'git',
          repository,
          state: 'fresh',
          collectedAt: expect.stringMatching(/^\d{4}-.*Z$/),
          // A portal that starts runs until nothing changes any more.
          history: expect.objectContaining({
            tip: expect.stringMatching(/^[0-9a-f]{40}$/),
            commits: 1,
            reading: expect.stringMatching(/^(full|incremental)$/),
          }),
        },
      ]);
      expect((await backend.get('/status?repository=pay')).status).toBe(400);
    });

    it('lets browsers keep only what names nobody', async () => {
      const rules = await backend.get('/rules');
      expect(rules.headers.etag).toBeDefined();
      const again = await backend
        .get('/rules')
        .set('If-None-Match', rules.headers.etag);
      expect(again.status).toBe(304);
      for (const path of [
        '/assessments',
        '/assessments/by-entity/component/default/pay',
        '/status',
      ]) {
        const { headers } = await backend.get(path);
        expect(headers.etag).toBeUndefined();
        expect(headers['cache-control']).toBe('private, no-store');
      }
    });

    it('says what there is not', async () => {
      const service_ = await backend.get(
        '/assessments/by-entity/component/default/none',
      );
      expect(service_.body.error).toMatchObject({
        name: 'NotFoundError',
        message: expect.stringContaining('component:default/none'),
      });
      const rule = await backend.get('/rules/none');
      expect(rule.body.error.message).toBe(
        'There is no rule `none`; GET /rules lists those that there are',
      );
    });
  });

  it('takes what the program owner decides into account, in the next run', async () => {
    const { get, put, post } = await start();
    const before = (await get('/program')).body;
    expect(before).toMatchObject({
      program: { schema: 'mentorship/program/v1', services: 4 },
      decided: { baselines: [], confirmed: [] },
      isUpToDate: true,
    });

    const frozen = { measure: 'escalation-rate', value: 20 };
    await put('/program/baseline').send({ baselines: [frozen] });
    const set = await put('/program/rollout/rituals').send({ confirmed: true });
    expect(set.body).toEqual({
      baselines: [frozen],
      confirmed: [{ step: 'rituals', on: '2026-11-21' }],
    });
    await post('/refresh');
    await settled(get);

    const { program } = (await get('/program')).body;
    const measureOf = (id: string) =>
      program.measures.find((each: { id: string }) => each.id === id);
    expect(measureOf('escalation-rate').baseline).toEqual({
      value: 20,
      frozen: true,
    });
    const step = program.rollout.find(
      (each: { id: string }) => each.id === 'rituals',
    );
    expect(step).toMatchObject({ done: true, confirmedOn: '2026-11-21' });

    await put('/program/baseline').send({ baselines: [] });
    const left = await put('/program/rollout/rituals').send({
      confirmed: false,
    });
    expect(left.body).toEqual({ baselines: [], confirmed: [] });
  });

  it('tells that nothing was judged yet from nothing to judge', async () => {
    const { get, post } = await start({
      config: {
        schedule: { frequency: 'PT10M', timeout: 'PT5M', initialDelay: 'PT1M' },
      },
    });

    expect((await get('/status')).body).toMatchObject({
      firstPassComplete: false,
      sources: [{ id: 'git', title: 'Git repositories' }],
    });
    for (const path of [
      '/assessments',
      '/assessments.csv',
      '/assessments/facets',
      '/assessments/groups?by=owner',
      '/assessments/by-entity/component/default/pay',
      '/assessments/by-entity/component/default/pay/history',
      '/program',
      '/risk-queue',
    ]) {
      const { status, body } = await get(path);
      expect([status, body.error.name]).toEqual([503, 'FirstPassPendingError']);
    }

    await post('/refresh');
    expect((await get('/status')).body).toMatchObject({
      firstPassComplete: true,
      currentRun: { outcome: 'complete', services: 4, entities: 10 },
    });
    expect(await listed(get)).toEqual(SERVICES);
  });

  it('begins a first pass at once that was cut off before', async () => {
    const { get } = await start({
      config: {
        schedule: { frequency: 'PT10M', timeout: 'PT5M', initialDelay: 'PT1M' },
      },
      before: async knex => {
        const database = { getClient: async () => knex };
        await new RunStore(await migratedDatabase(database)).begin(
          '2026-11-21',
        );
      },
    });
    expect(await listed(get)).toEqual(SERVICES);
  });

  it.each([
    [{ polcy: {} }, '`mentorship.polcy` is unknown, did you mean `policy`?'],
    [{ policy: { nonsense: 1 } }, '`mentorship.policy` cannot be used: '],
  ])('does not start with %j', async (config, message) => {
    await expect(start({ config })).rejects.toThrow(message);
  });
});
