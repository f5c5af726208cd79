import {
  coreServices,
  createBackendPlugin,
  createServiceFactory,
} from '@backstage/backend-plugin-api';
import { mockServices, startTestBackend } from '@backstage/backend-test-utils';
import {
  notificationService,
  type NotificationSendOptions,
} from '@backstage/plugin-notifications-node';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import request from 'supertest';
import { alice, pages, service } from './__testUtils__/catalogs';
import { loadCore } from './engine/loadCore';
import { createMentorshipPlugin } from './plugin';

const ENTITIES = [
  alice,
  // Since 2026-01-15, so that it is due on 2027-01-15.
  service('pay'),
];

const catalogRoute = createBackendPlugin({
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

describe('reminders', () => {
  async function sentOn(today: string, mentorship: object) {
    const sent: NotificationSendOptions[] = [];
    const { server } = await startTestBackend({
      features: [
        createMentorshipPlugin({ loadCore, today: () => today, settleMs: 0 }),
        catalogRoute,
        catalogServiceMock.factory({ entities: ENTITIES }),
        createServiceFactory({
          service: notificationService,
          deps: {},
          factory: () => ({
            async send(options) {
              sent.push(options);
            },
          }),
        }),
        mockServices.rootConfig.factory({
          data: { mentorship: { git: { enabled: false }, ...mentorship } },
        }),
      ],
    });
    const deadline = Date.now() + 30_000;
    let status = await request(server).get('/api/mentorship/status');
    while (
      status.body.lastRun?.outcome !== 'complete' &&
      Date.now() < deadline
    ) {
      await new Promise(resolve => setTimeout(resolve, 50));
      status = await request(server).get('/api/mentorship/status');
    }
    // A second run has nothing new to tell.
    await request(server).post('/api/mentorship/refresh');
    return sent;
  }

  it('reach the steward whose rotation is due', async () => {
    const sent = await sentOn('2027-01-08', {});
    expect(sent).toEqual([
      {
        recipients: { type: 'entity', entityRef: ['user:default/alice'] },
        payload: expect.objectContaining({
          title: "The steward's rotation of pay is due in 7 days",
          topic: 'rotation-due',
        }),
      },
    ]);
  }, 60_000);

  it('reach nobody where nothing is due', async () => {
    expect(await sentOn('2026-11-21', {})).toEqual([]);
  }, 60_000);

  it('reach nobody where they are switched off', async () => {
    expect(await sentOn('2027-01-08', { notifications: false })).toEqual([]);
  }, 60_000);
});
