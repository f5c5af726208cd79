import {
  coreServices,
  createBackendPlugin,
} from '@backstage/backend-plugin-api';
import { mockServices, startTestBackend } from '@backstage/backend-test-utils';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import mentorshipPlugin from 'backstage-plugin-mentorship-backend';
import request from 'supertest';
import { gitHubServer, TOKEN } from './__testUtils__/gitHubServer';
import { mentorshipModuleGitHub } from './module';

describe('the module for GitHub', () => {
  const closing: Array<() => void> = [];
  afterEach(() => closing.splice(0).forEach(close => close()));

  async function portal(mentorship: object) {
    const at = new Date(Date.now() - 3 * 86_400_000).toISOString();
    const gitHub = await gitHubServer({
      'money/pay': [
        {
          number: 1,
          updatedAt: at,
          author: { login: 'alice' },
          reviews: [{ author: { login: 'ben' }, submittedAt: at }],
          files: [{ path: 'src/pay.ts' }],
        },
      ],
    });
    closing.push(gitHub.close);
    const service = {
      apiVersion: 'backstage.io/v1alpha1',
      kind: 'Component',
      metadata: {
        name: 'pay',
        namespace: 'default',
        annotations: {
          'backstage.io/source-location': `url:${gitHub.address}/money/pay/tree/main/`,
        },
      },
      spec: { type: 'service', owner: 'group:default/money' },
    };
    const { server } = await startTestBackend({
      features: [
        mentorshipPlugin,
        mentorshipModuleGitHub,
        catalogServiceMock.factory({ entities: [service] }),
        createBackendPlugin({
          pluginId: 'catalog',
          register(env) {
            env.registerInit({
              deps: { httpRouter: coreServices.httpRouter },
              async init({ httpRouter }) {
                httpRouter.use((_, response) => {
                  response.json({
                    items: [service],
                    totalItems: 1,
                    pageInfo: {},
                  });
                });
              },
            });
          },
        }),
        mockServices.rootConfig.factory({
          data: {
            integrations: {
              github: [
                {
                  host: new URL(gitHub.address).host,
                  apiBaseUrl: `${gitHub.address}/api/v3`,
                  token: TOKEN,
                },
              ],
            },
            mentorship: { git: { enabled: false }, ...mentorship },
          },
        }),
      ],
    });
    return (path: string) => request(server).get(`/api/mentorship${path}`);
  }

  it('brings the reviews of a service into what is said of it', async () => {
    const get = await portal({ policy: { sources: ['git', 'reviews'] } });
    const deadline = Date.now() + 30_000;
    let answer = await get('/assessments/by-entity/component/default/pay');
    while (answer.status === 503 && Date.now() < deadline) {
      await new Promise(resolve => setTimeout(resolve, 50));
      answer = await get('/assessments/by-entity/component/default/pay');
    }
    const reviews = answer.body.evidence.find(
      (each: { kind: string }) => each.kind === 'reviews',
    );
    expect(reviews).toMatchObject({ state: 'found' });
    expect(JSON.stringify(reviews)).toContain('1 review');
    const { text, body } = await get('/status');
    expect(body.sources).toEqual([
      expect.objectContaining({ id: 'github', fresh: 1, failed: 0 }),
    ]);
    expect(text + answer.text).not.toContain('SECRET');
  }, 60_000);

  it('is said to be of no use where the policy does not count reviews', async () => {
    const get = await portal({});
    const { body } = await get('/status');
    expect(body.sources[0].warnings).toEqual([
      expect.stringMatching(/`sources` do not name `reviews`.*add it there/),
    ]);
  }, 60_000);

  it('does not start with a setting that nobody knows', async () => {
    await expect(portal({ modules: { github: { dayz: 3 } } })).rejects.toThrow(
      /mentorship\.modules\.github.*dayz/,
    );
  }, 60_000);
});
