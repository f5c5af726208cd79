import {
  createBackendPlugin,
  createServiceFactory,
  coreServices,
} from '@backstage/backend-plugin-api';
import {
  mockCredentials,
  mockServices,
  startTestBackend,
} from '@backstage/backend-test-utils';
import { stringifyEntityRef, type Entity } from '@backstage/catalog-model';
import {
  AuthorizeResult,
  type PermissionCondition,
  type PermissionCriteria,
  type PolicyDecision,
} from '@backstage/plugin-permission-common';
import { catalogServiceRef } from '@backstage/plugin-catalog-node';
import { join } from 'path';
import request from 'supertest';
import { setImmediate as nextTurn } from 'timers/promises';
import { ApiDescription } from './__testUtils__/ApiDescription';
import { alice, entity, pages, service } from './__testUtils__/catalogs';
import { databaseFactory, databases } from './__testUtils__/databases';
import {
  makeRepository,
  temporaryFolder,
} from './__testUtils__/gitRepositories';
import type { Core } from './engine/Engine';
import { loadCore } from './engine/loadCore';
import { createMentorshipPlugin } from './plugin';

/** A name that only readers who may see people may ever meet. */
const CANARY = 'Quetzal Canary';
const root = temporaryFolder();
const folder = join(root, 'pay');

const ENTITIES: Entity[] = [
  alice,
  entity('User', 'quetzal', { spec: { profile: { displayName: CANARY } } }),
  entity('Group', 'everybody', {
    spec: { members: ['alice', 'quetzal', 'ada', 'ben', 'cyd'] },
  }),
  ...['ada', 'ben', 'cyd'].map(name => entity('User', name)),
  service('pay', {
    annotations: { 'backstage.io/source-location': `dir:${folder}/` },
    spec: { owner: 'group:default/money' },
  }),
  service('mail', { spec: { owner: 'group:default/letters' } }),
  service('=cmd', { title: '=1+1, "quoted"' }),
  service('ship', { spec: { lifecycle: 'experimental' } }),
];
const SERVICES = ['=cmd', 'mail', 'pay', 'ship'].map(
  name => `component:default/${name}`,
);
const COLUMNS =
  'as_of,entity_ref,title,kind,type,lifecycle,tier,owner,system,level,score,coverage,mentorship_status,apprentices,milestones_done,milestones_total,next_milestone_due,steward,steward_since,steward_age_days,rotation_state,rotation_due,bus_factor,bus_factor_basis,bus_factor_verdict,bus_factor_declared,bus_factor_authorship,bus_factor_recent,contributor_absence_factor,failed_rules,unknown_rules';

type Conditions = PermissionCriteria<PermissionCondition>;
/** What the permission policy answers; names that are not given are allowed. */
type Policy = Record<
  string,
  'deny' | { conditions: Conditions; holdsFor: (entityRef: string) => boolean }
>;

const CATALOG = 'catalog.entity.read';
const ASSESSMENT = 'mentorship.assessment.read';
const PEOPLE = 'mentorship.people.read';

function permissions(policy: Policy) {
  return mockServices.permissions.mock({
    authorize: async requests =>
      requests.map(({ permission, resourceRef }) => {
        const decision = policy[permission.name];
        const allowed =
          decision === undefined ||
          (decision !== 'deny' && decision.holdsFor(resourceRef!));
        return {
          result: allowed ? AuthorizeResult.ALLOW : AuthorizeResult.DENY,
        };
      }),
    authorizeConditional: async requests =>
      requests.map(({ permission }): PolicyDecision => {
        const decision = policy[permission.name];
        if (decision === undefined) {
          return { result: AuthorizeResult.ALLOW };
        }
        return decision === 'deny'
          ? { result: AuthorizeResult.DENY }
          : {
              result: AuthorizeResult.CONDITIONAL,
              pluginId: 'mentorship',
              resourceType: 'mentorship-assessment',
              conditions: decision.conditions,
            };
      }),
  });
}

/** Sends the listing as a real catalog does, over HTTP and as bytes. */
function catalogRoute(entities: Entity[]) {
  return createBackendPlugin({
    pluginId: 'catalog',
    register(env) {
      env.registerInit({
        deps: { httpRouter: coreServices.httpRouter },
        async init({ httpRouter }) {
          const all = pages(entities, 3);
          httpRouter.use((req, res) => {
            const { cursor } = req.query;
            res.type('json').send(all[cursor ? Number(cursor) / 3 : 0]);
          });
        },
      });
    },
  });
}

describe('the mentorship plugin', () => {
  const database = databases();
  let core: Core;
  beforeAll(async () => {
    core = await loadCore();
    makeRepository(folder, [
      {
        author: 'Alice <alice@example.com>',
        at: 1_790_000_000,
        files: {
          'src/pay.ts': 'pay();\n',
          'MENTORSHIP.md': [
            '---',
            'service: pay',
            'steward: "@alice"',
            'apprentices:',
            '  - user: "@quetzal"',
            '    mentor: "@alice"',
            '    started: 2026-10-01',
            '    goal: run the weekly deploy alone',
            '---',
            '# Mentorship',
            '',
          ].join('\n'),
        },
      },
    ]);
  });

  async function start(
    options: {
      policy?: Policy;
      readable?: string[];
      config?: object;
      permissionsEnabled?: boolean;
      entities?: Entity[];
      databaseId?: Parameters<typeof database.init>[0];
    } = {},
  ) {
    const auditor = mockServices.auditor.mock();
    const event = { success: jest.fn(), fail: jest.fn() };
    auditor.createEvent.mockResolvedValue(event);
    const asked = jest.fn();
    const { server } = await startTestBackend({
      features: [
        createMentorshipPlugin({
          loadCore: async () => core,
          today: () => '2026-11-21',
          settleMs: 0,
        }),
        catalogRoute(options.entities ?? ENTITIES),
        createServiceFactory({
          service: catalogServiceRef,
          deps: {},
          factory: () =>
            ({
              async *streamEntities(query: unknown, { credentials }: never) {
                asked(query, credentials);
                yield ENTITIES.filter(each =>
                  options.readable?.includes(stringifyEntityRef(each)),
                );
              },
            } as never),
        }),
        permissions(options.policy ?? {}).factory,
        databaseFactory(await database.init(options.databaseId ?? 'SQLITE_3')),
        auditor.factory,
        mockServices.rootConfig.factory({
          data: {
            permission: { enabled: options.permissionsEnabled ?? true },
            mentorship: { git: { localFolders: [root] }, ...options.config },
          },
        }),
      ],
    });
    const description = new ApiDescription();
    const at = (path: string) => `/api/mentorship${path}`;
    const get = (path: string) =>
      request(server).get(at(path)).expect(description.hold);
    const post = (path: string) =>
      request(server).post(at(path)).expect(description.hold);
    const put = (path: string) =>
      request(server).put(at(path)).expect(description.hold);
    return { get, post, put, auditor, event, asked, description };
  }

  const as = (entityRef: string) => ({
    authorization: mockCredentials.user.header(entityRef),
  });
  const asService = () => ({ authorization: mockCredentials.service.header() });
  const listed = async (get: Awaited<ReturnType<typeof start>>['get']) => {
    const { status, body } = await get('/assessments?order=entityRef,asc');
    return status === 200
      ? body.items.map((row: { entityRef: string }) => row.entityRef)
      : status;
  };
  const settled = async (get: Awaited<ReturnType<typeof start>>['get']) => {
    while (!(await get('/program')).body.isUpToDate) {
      await nextTurn();
    }
  };
  const exported = async (get: Awaited<ReturnType<typeof start>>['get']) => {
    const { status, text } = await get('/assessments.csv');
    return status === 200
      ? SERVICES.filter(ref => text.includes(`,${ref},`))
      : status;
  };

  const ON = database.eachSupportedId();
  describe.each(ON)('what may be seen, on %s', databaseId => {
    const readable = ['component:default/pay', 'component:default/ship'];
    const catalog: Array<[string, Policy, string[]]> = [
      ['allowed', {}, SERVICES],
      ['denied', { [CATALOG]: 'deny' }, []],
      [
        'conditional',
        {
          [CATALOG]: {
            conditions: { rule: 'ANY', resourceType: 'catalog-entity' },
            holdsFor: ref => readable.includes(ref),
          },
        },
        readable,
      ],
    ];
    const assessment: Array<[string, Policy, string[] | 403]> = [
      ['allowed', {}, SERVICES],
      ['denied', { [ASSESSMENT]: 'deny' }, 403],
      [
        'conditional',
        {
          [ASSESSMENT]: {
            conditions: {
              rule: 'IS_OWNED_BY',
              resourceType: 'mentorship-assessment',
              params: {
                owners: ['group:default/money', 'group:default/letters'],
              },
            },
            holdsFor: ref => /pay|mail/.test(ref),
          },
        },
        ['component:default/mail', 'component:default/pay'],
      ],
    ];
    const people: Array<[string, Policy]> = [
      ['allowed', {}],
      ['denied', { [PEOPLE]: 'deny' }],
    ];
    const matrix = catalog.flatMap(a =>
      assessment.flatMap(b =>
        people.map(c => ({
          name: `catalog ${a[0]}, assessment ${b[0]}, people ${c[0]}`,
          policy: { ...a[1], ...b[1], ...c[1] },
          visible:
            b[2] === 403
              ? b[2]
              : a[2].filter(ref => b[2].toString().includes(ref)),
          named: c[0] === 'allowed',
        })),
      ),
    );
    const servicesOf = ({ items }: { items: Array<{ services: number }> }) =>
      items.reduce((sum, { services }) => sum + services, 0);
    const servicesOfKinds = (body: {
      kind: { values: Array<{ services: number }> };
    }) => servicesOf({ items: body.kind.values });
    const sizeOf = (body: { items: unknown[]; totalItems: number }) => {
      expect(body.items).toHaveLength(body.totalItems);
      return body.totalItems;
    };
    const DECISIONS: Array<[string, object]> = [
      [
        '/program/baseline',
        { baselines: [{ measure: 'escalation-rate', value: 20 }] },
      ],
      ['/program/rollout/rituals', { confirmed: true, on: '2026-11-20' }],
    ];

    it.each(matrix)('$name', async ({ policy, visible, named }) => {
      const { get, post, put, auditor, event, description } = await start({
        policy,
        readable,
        databaseId,
      });
      const everything = !(CATALOG in policy) && !(ASSESSMENT in policy);

      expect(await listed(get)).toEqual(visible);
      const list = await get('/assessments');
      expect(list.text).not.toContain(CANARY);

      auditor.createEvent.mockClear();
      expect(await exported(get)).toEqual(visible);
      expect((await get('/assessments.csv')).text).not.toContain(CANARY);
      expect(auditor.createEvent).toHaveBeenCalledTimes(2);

      for (const ref of SERVICES) {
        auditor.createEvent.mockClear();
        event.success.mockClear();
        event.fail.mockClear();
        const answer = await get(
          `/assessments/by-entity/${ref.replace(':', '/').toUpperCase()}`,
        );
        const allowed = visible !== 403 && visible.includes(ref);
        expect(answer.status).toBe(allowed ? 200 : 404);
        expect(answer.text.includes(CANARY)).toBe(
          allowed && named && ref === 'component:default/pay',
        );
        const read = {
          entity: { entityRef: ref },
          audience: named ? 'named' : 'counted',
          // Whom to call is for everybody who may read the entity.
          escalation: [{ role: 'steward', name: 'Alice A.' }],
        };
        expect(answer.body).toMatchObject(
          allowed ? read : { error: { name: 'NotFoundError' } },
        );
        expect(
          auditor.createEvent.mock.calls.map(([{ eventId, severityLevel }]) => [
            eventId,
            severityLevel,
          ]),
        ).toEqual(allowed && !named ? [] : [['assessment-read', 'medium']]);
        expect(event.success).toHaveBeenCalledTimes(allowed && named ? 1 : 0);
        expect(event.fail).toHaveBeenCalledTimes(allowed ? 0 : 1);
      }

      for (const ref of SERVICES) {
        const answer = await get(
          `/assessments/by-entity/${ref.replace(':', '/')}/knowledge`,
        );
        const allowed = visible !== 403 && visible.includes(ref);
        expect(answer.status).toBe(allowed ? 200 : 404);
        expect(answer.body).toMatchObject(
          allowed
            ? { audience: named ? 'named' : 'counted' }
            : { error: { name: 'NotFoundError' } },
        );
        expect(answer.text.includes('Alice')).toBe(
          allowed && named && ref === 'component:default/pay',
        );
      }

      const counted = visible === 403 ? 403 : visible.length;
      for (const [path, count] of [
        ['/risk-queue', sizeOf],
        ['/assessments/groups?by=owner', servicesOf],
        ['/assessments/groups?by=system', servicesOf],
        ['/assessments/facets', servicesOfKinds],
      ] as const) {
        const answer = await get(path);
        expect(answer.status === 200 ? count(answer.body) : answer.status).toBe(
          counted,
        );
        expect(answer.text).not.toContain(CANARY);
      }

      const rows = await post('/assessments/by-refs').send({
        entityRefs: [...SERVICES, 'component:default/nothing'],
      });
      expect(
        rows.body.items?.map((row: { entityRef: string } | null) =>
          row ? row.entityRef : null,
        ) ?? rows.status,
      ).toEqual(
        visible === 403
          ? 403
          : [
              ...SERVICES.map(ref => (visible.includes(ref) ? ref : null)),
              null,
            ],
      );
      expect(rows.text).not.toContain(CANARY);

      for (const ref of SERVICES) {
        const answer = await get(
          `/assessments/by-entity/${ref.replace(':', '/')}/history`,
        );
        const allowed = visible !== 403 && visible.includes(ref);
        expect(answer.status).toBe(allowed ? 200 : 404);
        expect(answer.text.includes('"2026-11-21"')).toBe(allowed);
        expect(answer.text).not.toContain(CANARY);
      }

      // Nobody needs a permission for their own records, but the catalog's.
      const shown = !(CATALOG in policy)
        ? SERVICES
        : SERVICES.filter(
            ref => policy[CATALOG] !== 'deny' && readable.includes(ref),
          );
      const me = (await get('/me').set(as('user:default/alice'))).body;
      expect(
        me.stewardships.map((each: { entityRef: string }) => each.entityRef),
      ).toEqual(shown);
      expect(me.held).toMatchObject({ assessments: 4, inSnapshots: true });
      expect(JSON.stringify(me)).not.toContain(CANARY);
      const learner = await get('/me').set(as('user:default/quetzal'));
      expect(learner.body.apprenticeships).toMatchObject(
        shown.includes('component:default/pay')
          ? [
              {
                entityRef: 'component:default/pay',
                apprentice: { name: CANARY, started: '2026-10-01' },
              },
            ]
          : [],
      );
      const nobody = await get('/me');
      expect(nobody.body.held).toMatchObject({
        assessments: 0,
        inSnapshots: false,
      });
      expect((await get('/me').set(asService())).status).toBe(403);

      const program = await get('/program');
      expect(program.status).toBe(everything ? 200 : 403);
      expect(program.body.program?.services).toBe(everything ? 4 : undefined);
      expect(program.text).not.toContain(CANARY);
      const weeks = await get('/snapshots');
      expect(weeks.status).toBe(everything ? 200 : 403);
      expect(weeks.body.items?.length).toBe(everything ? 1 : undefined);
      auditor.createEvent.mockClear();
      const week = everything ? weeks.body.items[0].week : '2026-W47';
      const snapshot = await get(`/snapshots/${week}.csv`);
      expect(snapshot.status).toBe(everything ? 200 : 403);
      expect(
        SERVICES.filter(ref => snapshot.text.includes(`,${ref},`)),
      ).toEqual(everything ? SERVICES : []);
      expect(snapshot.text).not.toContain(CANARY);
      expect(auditor.createEvent).toHaveBeenCalledTimes(1);

      for (const [path, body] of DECISIONS) {
        auditor.createEvent.mockClear();
        const answer = await put(path).send(body);
        // What is set says nothing of any service.
        expect(answer.status).toBe(200);
        expect(Object.keys(answer.body)).toEqual(['baselines', 'confirmed']);
        expect(auditor.createEvent).toHaveBeenCalledTimes(1);
      }

      for (const leaver of ['user:default/alice', 'group:default/everybody']) {
        auditor.createEvent.mockClear();
        const answer = await post('/what-if').send({ leaves: [leaver] });
        expect(auditor.createEvent.mock.calls[0][0].eventId).toBe('what-if');
        const one = leaver.startsWith('user');
        const refused =
          (visible === 403 && [403, 'needs the permission']) ||
          (one && !named && [400, 'no group of at least 5 people']);
        const [status, says] = refused || [200, 'mentorship/what-if/v1'];
        expect(answer.status).toBe(status);
        expect(answer.text).toContain(says);
        const { audience, servicesTotal, services } = answer.body;
        expect([
          audience,
          servicesTotal,
          services?.map((loss: { entityRef: string }) => loss.entityRef).sort(),
        ]).toEqual(
          refused
            ? [undefined, undefined, undefined]
            : [
                named ? 'named' : 'counted',
                (visible as string[]).length,
                visible,
              ],
        );
        expect(answer.text.includes('Alice')).toBe(!refused && named);
        expect(named || !answer.text.includes(CANARY)).toBe(true);

        auditor.createEvent.mockClear();
        const csv = await post('/what-if.csv').send({ leaves: [leaver] });
        expect(auditor.createEvent.mock.calls[0][0].eventId).toBe(
          'what-if-export',
        );
        expect(csv.status).toBe(status);
        expect(named || !csv.text.includes(CANARY)).toBe(true);
        const lines = csv.text.split('\r\n').slice(1, -1);
        const lost = lines.map(line => line.split(',')[1]).sort();
        expect(refused ? [] : lost).toEqual(refused ? [] : visible);
      }

      expect((await get('/rules')).status).toBe(200);
      expect((await get('/rules/no-backup')).status).toBe(200);
      const status = await get('/status');
      expect(status.body.viewer).toEqual({
        people: named,
        export: true,
        refresh: true,
        program: everything,
        decide: true,
      });
      expect(status.text).not.toContain(CANARY);
      const detailed = await get('/status?repositories=true');
      expect(status.body).not.toHaveProperty('repositories');
      expect('repositories' in detailed.body).toBe(everything);
      expect(detailed.text.includes(folder)).toBe(everything);
      expect((await post('/refresh')).body).toEqual({ outcome: 'started' });

      // Whatever people may see, evidence is for tokens to write.
      for (const ref of SERVICES) {
        const path = `/evidence/by-entity/${ref.replace(':', '/')}`;
        expect((await put(path).send({})).status).toBe(403);
      }

      expect([...description.asked].sort()).toEqual(description.routes);
      const served = description.routes.filter(
        route => everything && named && !route.includes('/evidence/'),
      );
      expect([...description.succeeded]).toEqual(
        expect.arrayContaining(served),
      );
    });

    it('asks the catalog once a minute, with the credentials of the caller', async () => {
      const { get, asked } = await start({ policy: catalog[2][1], readable });

      await listed(get);
      await listed(get);
      expect(asked).toHaveBeenCalledTimes(1);
      expect(asked).toHaveBeenCalledWith(
        expect.objectContaining({ filter: { kind: ['component'] } }),
        mockCredentials.user(),
      );

      await get('/assessments').set(
        'Authorization',
        mockCredentials.user.header('user:default/other'),
      );
      expect(asked).toHaveBeenCalledTimes(2);
    });

    it('turns away who is not signed in', async () => {
      const { get } = await start();
      const answer = await get('/assessments').set(
        'Authorization',
        mockCredentials.none.header(),
      );
      expect(answer.status).toBe(401);
    });

    it.each([
      ['mentorship.export', 'get', '/assessments.csv', 'export'],
      ['mentorship.export', 'get', '/snapshots', 'export'],
      ['mentorship.export', 'get', '/snapshots/2026-W47.csv', 'export'],
      ['mentorship.refresh', 'post', '/refresh', 'refresh'],
    ] as const)('asks for %s', async (name, method, path, ability) => {
      const { [method]: send, get } = await start({
        policy: { [name]: 'deny' },
      });
      const answer = await send(path);
      expect(answer.status).toBe(403);
      expect(answer.body.error.message).toContain(`\`${name}\``);
      expect((await get('/status')).body.viewer[ability]).toBe(false);
    });

    it('asks for mentorship.export before what services lose is taken away', async () => {
      const { post, event } = await start({
        policy: { 'mentorship.export': 'deny' },
      });
      const answer = await post('/what-if.csv').send({ dueThisQuarter: true });
      expect(answer.status).toBe(403);
      expect(answer.body.error.message).toContain('`mentorship.export`');
      expect(event.fail).toHaveBeenCalledTimes(1);
    });

    it('asks for mentorship.program.write before anything is decided', async () => {
      const { get, put, event, auditor } = await start({
        policy: { 'mentorship.program.write': 'deny' },
      });
      for (const [path, body] of DECISIONS) {
        auditor.createEvent.mockClear();
        event.fail.mockClear();
        const answer = await put(path).send(body);
        expect(answer.status).toBe(403);
        expect(answer.body.error.message).toContain(
          '`mentorship.program.write`',
        );
        expect(auditor.createEvent).toHaveBeenCalledTimes(1);
        expect(event.fail).toHaveBeenCalledTimes(1);
      }
      const { body } = await get('/program');
      expect(body.decided).toEqual({ baselines: [], confirmed: [] });
      expect((await get('/status')).body.viewer.decide).toBe(false);
    });

    it.each([
      [{ permissionsEnabled: false }, 'counted'],
      [
        {
          permissionsEnabled: false,
          config: { people: { visibility: 'signed-in' } },
        },
        'named',
      ],
      [
        {
          policy: { [PEOPLE]: 'deny' as const },
          config: { people: { visibility: 'signed-in' } },
        },
        'named',
      ],
    ])(
      'fails closed without the permission framework: %j',
      async (options, audience) => {
        const { get } = await start({
          ...options,
          config: {
            git: { localFolders: [root] },
            ...('config' in options && options.config),
          },
        });
        const { body } = await get(
          '/assessments/by-entity/component/default/pay',
        );
        expect(body.audience).toBe(audience);
        expect(await listed(get)).toEqual(SERVICES);
      },
    );
  });

  it('serves the list page by page, filtered, with totals', async () => {
    const { get } = await start();

    const first = await get(
      '/assessments?limit=3&order=title,asc&kind=component',
    );
    expect(first.body.items).toHaveLength(3);
    expect(first.body.totalItems).toBe(4);
    const levels: Record<string, number> = first.body.totals.byLevel;
    expect(Object.values(levels).reduce((sum, n) => sum + n)).toBe(4);
    const second = await get(
      `/assessments?limit=3&order=title,asc&kind=component&cursor=${first.body.pageInfo.nextCursor}`,
    );
    expect(second.body.items).toHaveLength(1);
    expect(second.body.pageInfo.nextCursor).toBeUndefined();

    const filtered = await get('/assessments?lifecycle=experimental');
    expect(filtered.body.items[0]).toMatchObject({
      entityRef: 'component:default/ship',
      asOf: '2026-11-21',
    });
    const bad = await get('/assessments?limit=1000');
    expect([bad.status, bad.body.error.name]).toEqual([400, 'InputError']);
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
    const { get, put } = await start();
    expect((await put(path).send(body)).status).toBe(status);
    expect((await get('/program')).body.decided).toEqual({
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
    const { post } = await start();
    const answer = await post('/assessments/by-refs')
      .type('application/json')
      .send(body);
    expect(answer.status).toBe(status);
  });

  it('exports CSV with the columns of the contract', async () => {
    const { get } = await start();

    const { text, headers } = await get('/assessments.csv');
    const lines = text.split('\r\n');
    expect(lines[0]).toBe(COLUMNS);
    expect(lines).toHaveLength(SERVICES.length + 2);
    expect(lines.at(-1)).toBe('');
    expect(lines[1]).toContain(`"'=1+1, ""quoted"""`);
    expect(headers['content-type']).toBe('text/csv; charset=utf-8');
    expect(headers['content-disposition']).toContain('attachment');
    expect(headers['cache-control']).toBe('private, no-store');

    const withMark = await get(
      '/assessments.csv?bom=true&lifecycle=experimental',
    );
    expect(withMark.text.startsWith(`\uFEFF${COLUMNS}\r\n2026-11-21,`)).toBe(
      true,
    );
  });

  it('gives a week out again as it was exported', async () => {
    const { get } = await start();
    const { text } = await get('/assessments.csv');
    const [{ week }] = (await get('/snapshots')).body.items;

    const snapshot = await get(`/snapshots/${week}.csv`);
    expect(snapshot.text).toBe(text);
    expect(snapshot.headers['content-disposition']).toBe(
      `attachment; filename="mentorship-${week}.csv"`,
    );
    expect((await get('/snapshots/1999-W01.csv')).status).toBe(404);
    expect((await get('/snapshots/1999-1.csv')).status).toBe(400);
  });

  it('says how each repository was read', async () => {
    const { get } = await start();

    const { body } = await get('/status?repositories=true');

    expect(body.repositories).toEqual([
      {
        source: 'git',
        repository: folder,
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
    expect((await get('/status?repository=pay')).status).toBe(400);
  });

  it('lets browsers keep only what names nobody', async () => {
    const { get } = await start();

    const rules = await get('/rules');
    expect(rules.headers.etag).toBeDefined();
    const again = await get('/rules').set('If-None-Match', rules.headers.etag);
    expect(again.status).toBe(304);
    for (const path of [
      '/assessments',
      '/assessments/by-entity/component/default/pay',
      '/status',
    ]) {
      const { headers } = await get(path);
      expect(headers.etag).toBeUndefined();
      expect(headers['cache-control']).toBe('private, no-store');
    }
  });

  it('says what there is not', async () => {
    const { get } = await start();
    const service_ = await get('/assessments/by-entity/component/default/none');
    expect(service_.body.error).toMatchObject({
      name: 'NotFoundError',
      message: expect.stringContaining('component:default/none'),
    });
    const rule = await get('/rules/none');
    expect(rule.body.error.message).toBe(
      'There is no rule `none`; GET /rules lists those that there are',
    );
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

  it.each([
    [{ polcy: {} }, '`mentorship.polcy` is unknown, did you mean `policy`?'],
    [{ policy: { nonsense: 1 } }, '`mentorship.policy` cannot be used: '],
  ])('does not start with %j', async (config, message) => {
    await expect(start({ config })).rejects.toThrow(message);
  });
});
