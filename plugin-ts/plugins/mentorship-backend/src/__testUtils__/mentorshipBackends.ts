import {
  coreServices,
  createBackendPlugin,
  createServiceFactory,
} from '@backstage/backend-plugin-api';
import { mockServices, startTestBackend } from '@backstage/backend-test-utils';
import { stringifyEntityRef, type Entity } from '@backstage/catalog-model';
import {
  AuthorizeResult,
  type PermissionCondition,
  type PermissionCriteria,
  type PolicyDecision,
} from '@backstage/plugin-permission-common';
import { catalogServiceRef } from '@backstage/plugin-catalog-node';
import { join } from 'path';
import type { Knex } from 'knex';
import request from 'supertest';
import { setImmediate as nextTurn } from 'timers/promises';
import type { Core } from '../engine/Engine';
import { loadCore } from '../engine/loadCore';
import { createMentorshipPlugin } from '../plugin';
import { ApiDescription } from './ApiDescription';
import { alice, entity, pages, service } from './catalogs';
import { databaseFactory, databases } from './databases';
import { makeRepository, temporaryFolder } from './gitRepositories';

/** A name that only readers who may see people may ever meet. */
export const CANARY = 'Quetzal Canary';

/** What a policy decides otherwise than to allow it, by the permission's name. */
export type Policy = Record<
  string,
  | 'deny'
  | {
      conditions: PermissionCriteria<PermissionCondition>;
      holdsFor: (entityRef: string) => boolean;
    }
>;

interface Options {
  /** Asked with every decision: what is changed in it holds from then on. */
  policy?: Policy;
  /** What the catalog shows to whom its own policy does not show everything. */
  readable?: string[];
  config?: object;
  permissionsEnabled?: boolean;
  databaseId?: Parameters<ReturnType<typeof databases>['init']>[0];
  /** What was done before the start, in the same database. */
  before?: (knex: Knex) => Promise<void>;
}

export const SERVICES = ['=cmd', 'mail', 'pay', 'ship'].map(
  name => `component:default/${name}`,
);

/** Backends of a portal with four services, of which one has a repository. */
export function mentorshipBackends() {
  const root = temporaryFolder();
  const repository = join(root, 'pay');
  const entities = entitiesWith(repository);
  const database = databases();
  let core: Core;
  beforeAll(async () => {
    core = await loadCore();
    makePay(repository);
  });

  async function start(options: Options = {}) {
    const auditor = mockServices.auditor.mock();
    const event = { success: jest.fn(), fail: jest.fn() };
    auditor.createEvent.mockResolvedValue(event);
    const askedCatalog = jest.fn();
    const knex = await database.init(options.databaseId ?? 'SQLITE_3');
    await options.before?.(knex);
    const { server } = await startTestBackend({
      features: [
        createMentorshipPlugin({
          loadCore: async () => core,
          today: () => '2026-11-21',
          settleMs: 0,
        }),
        catalogRoute(entities),
        createServiceFactory({
          service: catalogServiceRef,
          deps: {},
          factory: () =>
            ({
              async *streamEntities(query: unknown, { credentials }: never) {
                askedCatalog(query, credentials);
                yield entities.filter(each =>
                  options.readable?.includes(stringifyEntityRef(each)),
                );
              },
            } as never),
        }),
        permissions(options.policy ?? {}).factory,
        databaseFactory(knex),
        auditor.factory,
        mockServices.rootConfig.factory({
          data: {
            permission: { enabled: options.permissionsEnabled ?? true },
            mentorship: { git: { localFolders: [root] }, ...options.config },
          },
        }),
      ],
    });
    return { ...asking(server), server, auditor, event, askedCatalog };
  }
  return { start, databaseIds: database.eachSupportedId(), repository };
}

/** Asks the plugin's routes, and holds every answer to their description. */
export function asking(server: Parameters<typeof request>[0]) {
  const description = new ApiDescription();
  const held = (method: 'get' | 'post' | 'put') => (path: string) =>
    request(server)[method](`/api/mentorship${path}`).expect(description.hold);
  return {
    get: held('get'),
    post: held('post'),
    put: held('put'),
    description,
  };
}

type Get = ReturnType<typeof asking>['get'];

/** The refs of the services that the list has, or why there is no list. */
export async function listed(get: Get): Promise<string[] | number> {
  const { status, body } = await get('/assessments?order=entityRef,asc');
  return status === 200
    ? body.items.map((row: { entityRef: string }) => row.entityRef)
    : status;
}

/** Waits for the end of a run that was asked for; everything has to be allowed. */
export async function settled(get: Get): Promise<void> {
  while (!(await get('/program')).body.isUpToDate) {
    await nextTurn();
  }
}

function entitiesWith(repository: string): Entity[] {
  return [
    alice,
    entity('User', 'quetzal', { spec: { profile: { displayName: CANARY } } }),
    entity('Group', 'everybody', {
      spec: { members: ['alice', 'quetzal', 'ada', 'ben', 'cyd'] },
    }),
    ...['ada', 'ben', 'cyd'].map(name => entity('User', name)),
    service('pay', {
      annotations: { 'backstage.io/source-location': `dir:${repository}/` },
      spec: { owner: 'group:default/money' },
    }),
    service('mail', { spec: { owner: 'group:default/letters' } }),
    service('=cmd', { title: '=1+1, "quoted"' }),
    service('ship', { spec: { lifecycle: 'experimental' } }),
  ];
}

function makePay(repository: string): void {
  makeRepository(repository, [
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
}

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
