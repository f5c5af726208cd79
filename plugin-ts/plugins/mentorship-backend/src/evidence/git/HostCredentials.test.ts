import { mockServices } from '@backstage/backend-test-utils';
import { ScmIntegrations } from '@backstage/integration';
import { HostCredentials } from './HostCredentials';

const basic = (words: string) =>
  `Basic ${Buffer.from(words).toString('base64')}`;

const of = (integrations: object, url: string) =>
  new HostCredentials(
    ScmIntegrations.fromConfig(
      mockServices.rootConfig({ data: { integrations } as never }),
    ),
  ).of(url);

describe('HostCredentials', () => {
  it.each([
    [
      'github',
      { host: 'github.com', token: 'SECRET' },
      'https://github.com/money/pay',
      basic('x-access-token:SECRET'),
    ],
    [
      'bitbucketCloud',
      { username: 'portal', token: 'SECRET' },
      'https://bitbucket.org/money/pay',
      basic('x-bitbucket-api-token-auth:SECRET'),
    ],
    [
      'bitbucketCloud',
      { username: 'portal', appPassword: 'SECRET' },
      'https://bitbucket.org/money/pay',
      basic('portal:SECRET'),
    ],
    [
      'azure',
      {
        host: 'dev.azure.com',
        credentials: [{ personalAccessToken: 'SECRET' }],
      },
      'https://dev.azure.com/money/in/_git/pay',
      basic(':SECRET'),
    ],
    [
      'gitea',
      { host: 'git.example.com', password: 'SECRET' },
      'https://git.example.com/money/pay',
      basic('SECRET:x-oauth-basic'),
    ],
  ])('are those of %s', async (type, entry, url, authorization) => {
    const { origin } = new URL(url);
    const access = await of({ [type]: [entry] }, url);
    expect(access).toEqual({ origin, authorization });
    expect(
      await of({ [type]: [entry] }, url.replace('https:', 'http:')),
    ).toBeUndefined();
  });

  it('are none where the portal has none for a host', async () => {
    expect(await of({}, 'https://github.com/money/pay')).toBeUndefined();
    const host = 'gerrit.example.com';
    const gitilesBaseUrl = `https://${host}/gitiles`;
    const gerrit = [{ host, gitilesBaseUrl, password: 'SECRET' }];
    for (const asked of [host, 'elsewhere.example']) {
      expect(await of({ gerrit }, `https://${asked}/pay`)).toBeUndefined();
    }
  });
});
