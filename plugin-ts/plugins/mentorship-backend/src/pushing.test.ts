import {
  coreServices,
  createBackendPlugin,
  createServiceFactory,
} from '@backstage/backend-plugin-api';
import {
  mockCredentials,
  mockServices,
  startTestBackend,
} from '@backstage/backend-test-utils';
import { stringifyEntityRef } from '@backstage/catalog-model';
import {
  AuthorizeResult,
  type PolicyDecision,
} from '@backstage/plugin-permission-common';
import { catalogServiceRef } from '@backstage/plugin-catalog-node';
import request from 'supertest';
import { ApiDescription } from './__testUtils__/ApiDescription';
import { alice, entity, pages, service } from './__testUtils__/catalogs';
import type { Core } from './engine/Engine';
import { loadCore } from './engine/loadCore';
import { createMentorshipPlugin } from './plugin';

const ENTITIES = [
  alice,
  ...['ben', 'cyd'].map(name => entity('User', name)),
  service('pay'),
  service('ship'),
];
const PAY = 'component:default/pay';
const HISTORY = `\u001e${'a'.repeat(
  40,
)}\u001f\u001f1790000000\u001falice\u001falice@example.com\u001f\u001f\0\0A\0src/pay.ts\0`;

/** What `mentorship push` makes of a document for one service. */
const pushed = (rest: object = {}, service_: object = {}) => ({
  schema: 'mentorship/pushed/v1',
  collectedAt: '2026-11-20T06:00:00Z',
  services: [{ entityRef: PAY, deployments: [], ...service_ }],
  ...rest,
});
const repository = (rest: object = {}) => ({
  schema: 'mentorship/evidence/v1',
  repository: 'https://git.example.com/pay',
  commit: 'a'.repeat(40),
  collectedAt: '2026-11-20T06:00:00Z',
  services: [{ entityRef: PAY, directory: '' }],
  paths: ['src/pay.ts', 'CODEOWNERS'],
  files: [{ path: 'CODEOWNERS', text: '* @alice\n' }],
  history: HISTORY,
  ...rest,
});
const incident = (id: string, day: string) => ({
  id,
  createdAt: `${day}T09:00:00Z`,
  resolvedAt: `${day}T10:00:00Z`,
  resolvedBy: 'user:default/alice',
  responders: [],
});

describe('what pipelines push', () => {
  const description = new ApiDescription();
  let core: Core;
  beforeAll(async () => {
    core = await loadCore();
  });

  async function start(options: { denied?: boolean; push?: object } = {}) {
    const auditor = mockServices.auditor.mock();
    const event = { success: jest.fn(), fail: jest.fn() };
    auditor.createEvent.mockResolvedValue(event);
    const catalog = createBackendPlugin({
      pluginId: 'catalog',
      register(env) {
        env.registerInit({
          deps: { httpRouter: coreServices.httpRouter },
          async init({ httpRouter }) {
            httpRouter.use((_, response) => {
              response.type('json').send(pages(ENTITIES)[0]);
            });
          },
        });
      },
    });
    const { server } = await startTestBackend({
      features: [
        createMentorshipPlugin({
          loadCore: async () => core,
          today: () => '2026-11-21',
          settleMs: 0,
        }),
        catalog,
        createServiceFactory({
          service: catalogServiceRef,
          deps: {},
          factory: () =>
            ({
              getEntityByRef: async (ref: string) =>
                ENTITIES.find(each => stringifyEntityRef(each) === ref),
            } as never),
        }),
        mockServices.permissions.mock({
          authorize: async requests =>
            requests.map(({ permission }) => ({
              result:
                options.denied &&
                permission.name === 'mentorship.evidence.write'
                  ? AuthorizeResult.DENY
                  : AuthorizeResult.ALLOW,
            })),
          authorizeConditional: async requests =>
            requests.map(
              (): PolicyDecision => ({
                result: AuthorizeResult.ALLOW,
              }),
            ),
        }).factory,
        auditor.factory,
        mockServices.rootConfig.factory({
          data: {
            permission: { enabled: true },
            mentorship: {
              git: { enabled: false },
              policy: { sources: ['git', 'incidents', 'deployments'] },
              push: {
                tokens: [
                  {
                    subject: 'external:ci',
                    services: [PAY, 'component:gone/*', 'user:default/ben'],
                  },
                ],
                ...options.push,
              },
            },
          },
        }),
      ],
    });
    const put = (
      document: object | string,
      ref = PAY,
      subject = 'external:ci',
    ) =>
      request(server)
        .put(`/api/mentorship/evidence/by-entity/${ref.replace(':', '/')}`)
        .set(
          'Authorization',
          mockCredentials.service.header({
            onBehalfOf: mockCredentials.service(subject),
            targetPluginId: 'mentorship',
          }),
        )
        .set('Content-Type', 'application/json')
        .expect(description.hold)
        .send(document);
    const get = (path: string) =>
      request(server).get(`/api/mentorship${path}`).expect(description.hold);
    const judged = async () => {
      await request(server).post('/api/mentorship/refresh');
      const { body } = await get(
        '/assessments/by-entity/component/default/pay',
      );
      return body;
    };
    const evidence = async (kind: string) =>
      (await judged()).evidence.find(
        (each: { kind: string }) => each.kind === kind,
      );
    return { put, get, judged, evidence, auditor, event };
  }

  it('is taken, judged by from the next run on, and told in the status', async () => {
    const { put, get, evidence, auditor, event } = await start();
    expect(await evidence('incidents')).toMatchObject({
      state: 'not-collected',
    });

    event.success.mockClear();
    const incidents = [
      incident('1', '2026-11-02'),
      incident('2', '2026-11-03'),
    ];
    const answer = await put(pushed({}, { incidents }));

    expect([answer.status, answer.text]).toEqual([204, '']);
    expect(auditor.createEvent).toHaveBeenLastCalledWith(
      expect.objectContaining({
        eventId: 'evidence-write',
        severityLevel: 'medium',
        meta: { entityRef: PAY },
      }),
    );
    expect(event.success).toHaveBeenCalledTimes(1);
    expect(await evidence('incidents')).toMatchObject({
      state: 'found',
      collectedAt: '2026-11-20T06:00:00Z',
    });
    expect((await get('/status')).body.sources).toEqual([
      expect.objectContaining({
        id: 'push',
        fresh: 2,
        stale: 0,
        failed: 0,
        lastSuccessAt: expect.stringMatching(/Z$/),
      }),
    ]);
  });

  it('may be a repository with its history', async () => {
    const { put, judged, get } = await start();

    expect((await put(repository())).status).toBe(204);

    const { evidence } = await judged();
    const state = (kind: string) =>
      evidence.find((each: { kind: string }) => each.kind === kind).state;
    expect([state('code-owners'), state('history')]).toEqual([
      'found',
      'found',
    ]);
    const status = await get('/status?repositories=true');
    expect(status.body.repositories).toMatchObject([
      {
        source: 'push',
        repository: `https://git.example.com/pay (pushed for ${PAY})`,
        state: 'fresh',
      },
    ]);
  });

  it('may come again, and the newest of each kind counts', async () => {
    const { put, judged } = await start();
    const words = async () =>
      Object.fromEntries(
        (await judged()).evidence.map(
          (each: { kind: string; state: string; detail: unknown }) => [
            each.kind,
            `${each.state} ${JSON.stringify(each.detail)}`,
          ],
        ),
      );
    const first = { incidents: [incident('1', '2026-11-02')] };
    expect((await put(pushed({}, first))).status).toBe(204);
    const once = await words();
    expect((await put(pushed({}, first))).status).toBe(204);
    expect(await words()).toEqual(once);

    // A look at the last days leaves what was known of those before.
    const later = { collectedAt: '2026-11-21T06:00:00Z', since: '2026-11-19' };
    const second = { incidents: [incident('2', '2026-11-20')] };
    const only = { entityRef: PAY, ...second };
    expect((await put({ ...pushed(later), services: [only] })).status).toBe(
      204,
    );
    expect((await words()).incidents).toContain('2 incidents');

    const older = await put(pushed({}, first));
    expect([older.status, older.body.error.name]).toEqual([
      409,
      'ConflictError',
    ]);
    expect(older.body.error.message).toContain('newer evidence on incidents');

    // What failed is told; what was known before still counts.
    const failed = {
      entityRef: PAY,
      failures: [{ kind: 'incidents', reason: 'the tool was away' }],
    };
    const last = { collectedAt: '2026-11-21T07:00:00Z', services: [failed] };
    expect((await put(pushed(last))).status).toBe(204);
    expect((await words()).incidents).toMatch(/the tool was away/);
  });

  it('answers with what could not be understood', async () => {
    const { put } = await start();
    const deployments = [{ at: '2026-11-03T14:00:00Z' }];
    const { status, body } = await put(pushed({}, { deployments }));
    expect(status).toBe(200);
    expect(body.notes).toEqual([
      {
        place: 'services[0].deployments[0]',
        message: expect.stringContaining('`failed`'),
      },
    ]);
    const uncounted = await put(pushed({}, { reviews: [] }));
    expect(uncounted.body.notes[0].message).toContain('`sources`');
  });

  it.each([
    ['no JSON', '{', 'no JSON'],
    ['no object', '[]', 'no JSON object'],
    ['another schema', { schema: 'x' }, '`schema` is `"x"`'],
    ['no time', pushed({ collectedAt: 'soon' }), '`collectedAt`'],
    ['a time to come', pushed({ collectedAt: '2126-01-01' }), 'future'],
    ['no day', pushed({ since: 'monday' }), '`since`'],
    ['two services', pushed({ services: [{}, {}] }), '`services`'],
    ['nothing', pushed({}, { deployments: undefined }), 'speaks of none'],
    [
      'another service',
      pushed({}, { entityRef: 'component:default/ship' }),
      '`services[0].entityRef`',
    ],
    [
      'reviews of a repository',
      pushed({ reviews: [] }),
      '`services[0].reviews`',
    ],
    ['an unknown field', repository({ mood: 'good' }), '`mood`'],
  ])('is refused where it is %s', async (_, document, message) => {
    const { put, event, get } = await start();
    const { status, body } = await put(document);
    expect([status, body.error.name]).toEqual([400, 'InputError']);
    expect(body.error.message).toContain(message);
    expect(event.fail).toHaveBeenCalledTimes(1);
    expect((await get('/status')).body.sources[0].fresh).toBe(0);
  });

  it('is for tokens that the configuration names, each for its services', async () => {
    const { put, event } = await start();
    for (const [ref, subject] of [
      ['component:default/ship', 'external:ci'],
      [PAY, 'external:other'],
      ['component:none/pay', 'external:ci'],
    ]) {
      // Before anything is read of it, and whether there is such a service or not.
      const { status, body } = await put('{', ref, subject);
      expect([status, body.error.name]).toEqual([403, 'NotAllowedError']);
    }
    expect(event.fail).toHaveBeenCalledTimes(3);
    for (const ref of ['component:gone/pay', 'user:default/ben']) {
      const services = [{ entityRef: ref, deployments: [] }];
      const { status } = await put(pushed({ services }), ref);
      expect(status).toBe(404);
    }
  });

  it('needs the permission, and a limit to its size is kept', async () => {
    const denied = await start({ denied: true });
    const { status, body } = await denied.put(pushed());
    expect(status).toBe(403);
    expect(body.error.message).toContain('`mentorship.evidence.write`');

    const small = await start({ push: { largestMegabytes: 1 } });
    const files = [{ path: 'a', text: 'a'.repeat(1024 * 1024) }];
    expect((await small.put(repository({ files }))).status).toBe(413);
  });
});
