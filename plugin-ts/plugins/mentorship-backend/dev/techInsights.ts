/**
 * A backend process with Tech Insights and its json-rules-engine module, for
 * comparison: twelve checks of the services that `backend.ts` judges. Its packages
 * are those of the folder that `PEER` names, which are not ours.
 */
import type { Entity } from '@backstage/catalog-model';
import { createRequire } from 'node:module';
import { MadeUpCatalog } from './MadeUpCatalog';
import { CHECKS, factsOf } from './techInsightsChecks';

const { PEER, PORT, TOKEN, DATABASE, SERVICES } = process.env;
const peer = createRequire(`${PEER}/package.json`);
const { createBackend } = peer('@backstage/backend-defaults');
const { ConfigReader } = peer('@backstage/config');
const { coreServices, createBackendModule, createServiceFactory } = peer(
  '@backstage/backend-plugin-api',
);
const { techInsightsFactRetrieversExtensionPoint } = peer(
  '@backstage-community/plugin-tech-insights-node',
);

const config = {
  backend: {
    baseUrl: `http://127.0.0.1:${PORT}`,
    listen: { host: '127.0.0.1', port: Number(PORT) },
    database: { client: 'pg', connection: DATABASE },
    auth: {
      externalAccess: [
        { type: 'static', options: { token: TOKEN, subject: 'dev' } },
      ],
    },
  },
  permission: { enabled: true },
  techInsights: {
    // Once a year; whoever measures asks for the facts.
    factRetrievers: { services: { cadence: '0 0 1 1 *' } },
    factChecker: {
      checks: Object.fromEntries(
        Object.entries(CHECKS).map(([id, condition]) => [
          id,
          {
            type: 'json-rules-engine',
            name: id,
            description: id,
            factIds: ['services'],
            rule: { conditions: { all: [condition] } },
          },
        ]),
      ),
    },
  },
};

const retriever = {
  id: 'services',
  version: '1.0.0',
  schema: Object.fromEntries(
    Object.entries(factsOf({ metadata: {} } as Entity)).map(([name, value]) => [
      name,
      {
        type: typeof value === 'number' ? 'integer' : 'boolean',
        description: name,
      },
    ]),
  ),
  handler: async () =>
    new MadeUpCatalog({ services: Number(SERVICES), period: 1 })
      .entities(1)
      .map(entity => ({
        entity: {
          kind: entity.kind,
          namespace: 'default',
          name: entity.metadata.name,
        },
        facts: factsOf(entity),
      })),
};

const facts = createBackendModule({
  pluginId: 'tech-insights',
  moduleId: 'services',
  register(env: any) {
    env.registerInit({
      deps: { retrievers: techInsightsFactRetrieversExtensionPoint },
      async init({ retrievers }: any) {
        retrievers.addFactRetrievers({ services: retriever });
      },
    });
  },
});

const backend = createBackend();
backend.add(
  createServiceFactory({
    service: coreServices.rootConfig,
    deps: {},
    factory: () => new ConfigReader(config),
  }),
);
backend.add(peer('@backstage-community/plugin-tech-insights-backend').default);
backend.add(
  peer('@backstage-community/plugin-tech-insights-backend-module-jsonfc')
    .default,
);
backend.add(facts);
backend.start();
