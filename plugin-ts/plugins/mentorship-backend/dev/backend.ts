/**
 * A backend process with the plugin alone, on a catalog that is made up. Told by its
 * environment, started by the programs beside it, which kill it or load it.
 */
import { createBackend } from '@backstage/backend-defaults';
import {
  coreServices,
  createBackendPlugin,
} from '@backstage/backend-plugin-api';
import { mockServices } from '@backstage/backend-test-utils';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import mentorshipPlugin from '../src';
import { MadeUpCatalog } from './MadeUpCatalog';

const {
  PORT,
  TOKEN,
  DATABASE,
  SERVICES,
  /** One service in so many changes from version to version. */
  PERIOD,
  /** After how many seconds the catalog has another version; never without it. */
  VERSION_SECONDS,
  /** Every so many seconds there is a run; only where one is asked for without it. */
  RUN_SECONDS,
  /** Seconds after which another replica may run. */
  TIMEOUT_SECONDS = '600',
  /** The files of a key for tokens between plugins, without their endings. */
  KEY,
} = process.env;

const catalog = new MadeUpCatalog({
  services: Number(SERVICES),
  period: Number(PERIOD ?? 1),
});
let version = 1;
const currentVersion = () =>
  VERSION_SECONDS
    ? Math.floor((Date.now() / 1000 - 1_700_000_000) / Number(VERSION_SECONDS))
    : version;

/** How often the loop is looked at. */
const LOOK_MS = 5;
const eventLoop = monitorEventLoopDelay({ resolution: LOOK_MS });
eventLoop.enable();
let usedBefore = process.cpuUsage();

/**
 * The longest that this thread computed without a turn for others: unlike the delay of
 * the loop, it does not grow where somebody else has the processor.
 */
let computedMs = 0;
const computed = () => {
  const { user, system } = process.threadCpuUsage();
  return (user + system) / 1e3;
};
let computedBefore = computed();
setInterval(() => {
  const now = computed();
  computedMs = Math.max(computedMs, now - computedBefore);
  computedBefore = now;
}, LOOK_MS);

const madeUpCatalog = createBackendPlugin({
  pluginId: 'catalog',
  register(env) {
    env.registerInit({
      deps: { httpRouter: coreServices.httpRouter },
      async init({ httpRouter }) {
        httpRouter.use((req, res) => {
          if (req.path === '/process') {
            const used = process.cpuUsage(usedBefore);
            usedBefore = process.cpuUsage();
            if (req.query.collected) {
              global.gc?.();
            }
            res.json({
              heapBytes: process.memoryUsage().heapUsed,
              blockedMs: eventLoop.max / 1e6,
              computedMs,
              residentBytes: process.memoryUsage.rss(),
              processorMs: (used.user + used.system) / 1e3,
            });
            eventLoop.reset();
            computedMs = 0;
            return;
          }
          if (req.method === 'POST') {
            version += 1;
          }
          const { cursor, limit = 500 } = req.query;
          const page = catalog.page(
            currentVersion(),
            cursor ? String(cursor) : undefined,
            Number(limit),
          );
          res.type('json').send(req.method === 'GET' ? page : '{}');
        });
      },
    });
  },
});

const backend = createBackend();
backend.add(
  mockServices.rootConfig.factory({
    data: {
      backend: {
        baseUrl: `http://127.0.0.1:${PORT}`,
        listen: { host: '127.0.0.1', port: Number(PORT) },
        database: DATABASE?.startsWith('postgresql:')
          ? { client: 'pg', connection: DATABASE }
          : { client: 'better-sqlite3', connection: { directory: DATABASE } },
        auth: {
          ...(KEY && {
            pluginKeyStore: {
              type: 'static',
              static: {
                keys: [
                  {
                    keyId: 'dev',
                    publicKeyFile: `${KEY}.public`,
                    privateKeyFile: `${KEY}.private`,
                  },
                ],
              },
            },
          }),
          externalAccess: [
            { type: 'static', options: { token: TOKEN, subject: 'dev' } },
          ],
        },
      },
      permission: { enabled: true },
      mentorship: {
        git: { enabled: false },
        schedule: {
          frequency: RUN_SECONDS
            ? { seconds: Number(RUN_SECONDS) }
            : { trigger: 'manual' },
          timeout: { seconds: Number(TIMEOUT_SECONDS) },
        },
      },
    },
  }),
);
backend.add(madeUpCatalog);
backend.add(mentorshipPlugin);
backend.start();
