import {
  coreServices,
  createBackendPlugin,
} from '@backstage/backend-plugin-api';
import { mockServices, startTestBackend } from '@backstage/backend-test-utils';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import mentorshipPlugin from 'backstage-plugin-mentorship-backend';
import request from 'supertest';
import {
  incidentOf,
  pagerDutyServer,
  reference,
  TOKEN,
} from './__testUtils__/pagerDutyServer';
import { mentorshipModulePagerDuty } from './module';

const SERVICE = {
  apiVersion: 'backstage.io/v1alpha1',
  kind: 'Component',
  metadata: {
    name: 'pay',
    namespace: 'default',
    annotations: { 'pagerduty.com/service-id': 'P1' },
  },
  spec: { type: 'service', owner: 'group:default/money' },
};

const catalogRoute = createBackendPlugin({
  pluginId: 'catalog',
  register(env) {
    env.registerInit({
      deps: { httpRouter: coreServices.httpRouter },
      async init({ httpRouter }) {
        httpRouter.use((_, response) => {
          response.json({ items: [SERVICE], totalItems: 1, pageInfo: {} });
        });
      },
    });
  },
});

describe('the module for PagerDuty', () => {
  const closing: Array<() => void> = [];
  afterEach(() => closing.splice(0).forEach(close => close()));

  async function portal(sources: string[]) {
    const ago = (days: number) =>
      new Date(Date.now() - days * 86_400_000).toISOString();
    const all = [
      incidentOf('I1', 'P1', ago(3)),
      incidentOf('I2', 'P1', ago(50)),
    ];
    const pagerduty = await pagerDutyServer({
      incidents: all.map(({ incident }) => incident),
      logs: Object.fromEntries(all.map(each => [each.incident.id, each.log])),
      services: [],
      oncalls: [],
      users: [{ ...reference('user', 'UA'), type: 'user', name: 'Alice A.' }],
    });
    closing.push(pagerduty.close);
    const { server } = await startTestBackend({
      features: [
        mentorshipPlugin,
        mentorshipModulePagerDuty,
        catalogRoute,
        catalogServiceMock.factory({ entities: [SERVICE] }),
        mockServices.rootConfig.factory({
          data: {
            mentorship: {
              git: { enabled: false },
              policy: { sources },
              modules: {
                pagerduty: { token: TOKEN, apiBaseUrl: pagerduty.address },
              },
            },
          },
        }),
      ],
    });
    return (path: string) => request(server).get(`/api/mentorship${path}`);
  }

  it('brings the incidents of a service into what is said of it', async () => {
    const get = await portal(['git', 'incidents', 'on-calls']);
    const deadline = Date.now() + 30_000;
    let answer = await get('/assessments/by-entity/component/default/pay');
    while (answer.status === 503 && Date.now() < deadline) {
      await new Promise(resolve => setTimeout(resolve, 50));
      answer = await get('/assessments/by-entity/component/default/pay');
    }
    const incidents = answer.body.evidence.find(
      (each: { kind: string }) => each.kind === 'incidents',
    );
    expect(incidents).toMatchObject({ state: 'found' });
    expect(JSON.stringify(incidents)).toContain('2 incidents');
    const { text, body } = await get('/status');
    expect(body.sources).toEqual([
      expect.objectContaining({ id: 'pagerduty', fresh: 1, failed: 0 }),
    ]);
    expect(body.sources[0]).not.toHaveProperty('warnings');
    expect(text + answer.text).not.toMatch(/SECRET|y_Nb/);
  }, 60_000);

  it('is said to be of no use for kinds that the policy does not name', async () => {
    const get = await portal(['git', 'incidents']);
    const { body } = await get('/status');
    expect(body.sources[0].warnings).toEqual([
      expect.stringMatching(/`sources` do not name `on-calls`.*add it there/),
    ]);
  }, 60_000);
});
