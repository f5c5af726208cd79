import {
  DefaultAzureDevOpsCredentialsProvider,
  DefaultGithubCredentialsProvider,
  DefaultGitlabCredentialsProvider,
  getBitbucketCloudRequestOptions,
  getBitbucketServerRequestOptions,
  type ScmIntegration,
  type ScmIntegrationRegistry,
} from '@backstage/integration';
import { GitError } from './Git';

/** What a code host is told so that it knows the portal; no other host is told it. */
export interface HostAccess {
  /** Such as `https://github.com`. */
  origin: string;
  /** The value of the header `Authorization`. */
  authorization: string;
}

/**
 * The credentials of `integrations`, as code hosts take them from git. They go to the
 * host that they are for, and never unencrypted to one that the configuration does not
 * name so: anybody may write an address into the catalog.
 */
export class HostCredentials {
  private readonly ways: Record<
    string,
    (url: string) => Promise<Authorization>
  >;

  constructor(private readonly integrations: ScmIntegrationRegistry) {
    const github =
      DefaultGithubCredentialsProvider.fromIntegrations(integrations);
    const gitlab =
      DefaultGitlabCredentialsProvider.fromIntegrations(integrations);
    const azure =
      DefaultAzureDevOpsCredentialsProvider.fromIntegrations(integrations);
    this.ways = {
      github: async url => {
        const { token } = await github.getCredentials({ url });
        return token && basic('x-access-token', token);
      },
      gitlab: async url => {
        const { token } = await gitlab.getCredentials({ url });
        return token && basic('oauth2', token);
      },
      azure: async url =>
        (await azure.getCredentials({ url }))?.headers.Authorization,
      bitbucketCloud: async url => {
        const config = integrations.bitbucketCloud.byUrl(url)?.config;
        if (config?.token && !config.clientId) {
          return basic('x-bitbucket-api-token-auth', config.token);
        }
        return (
          config && authorizationIn(getBitbucketCloudRequestOptions(config))
        );
      },
      bitbucketServer: async url => {
        const config = integrations.bitbucketServer.byUrl(url)?.config;
        return (
          config && authorizationIn(getBitbucketServerRequestOptions(config))
        );
      },
      gitea: async url => {
        const { username, password } =
          integrations.gitea.byUrl(url)?.config ?? {};
        return (
          password &&
          (username
            ? basic(username, password)
            : basic(password, 'x-oauth-basic'))
        );
      },
    };
  }

  /**
   * What the host of a repository is to be told; absent where everybody may read it, or
   * nobody told the portal how.
   *
   * @throws GitError where the credentials cannot be had.
   */
  async of(url: string): Promise<HostAccess | undefined> {
    const integration = this.integrations.byUrl(url);
    const way = integration && this.ways[integration.type];
    const { origin, protocol } = new URL(url);
    if (!way || (protocol !== 'https:' && !isNamed(origin, integration))) {
      return undefined;
    }
    try {
      const authorization = await way(url);
      return authorization ? { origin, authorization } : undefined;
    } catch {
      // What the provider says may hold what it tried.
      throw new GitError(
        '`integrations` gives no credentials for this repository; look at what it says of this host',
        null,
      );
    }
  }
}

type Authorization = string | undefined;

function basic(user: string, password: string): string {
  return `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}`;
}

async function authorizationIn(
  options: MaybePromise<{ headers: Record<string, string> }>,
): Promise<Authorization> {
  return (await options).headers.Authorization;
}

type MaybePromise<T> = T | Promise<T>;

/** Whether the configuration itself says that a host is reached so. */
function isNamed(origin: string, integration: ScmIntegration): boolean {
  const { config = {} } = integration as { config?: Record<string, string> };
  const { baseUrl, apiBaseUrl } = config;
  return [baseUrl, apiBaseUrl].some(
    base => base && URL.canParse(base) && new URL(base).origin === origin,
  );
}
