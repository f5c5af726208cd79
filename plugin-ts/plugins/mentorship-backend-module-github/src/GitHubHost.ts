import {
  DefaultGithubCredentialsProvider,
  type GithubCredentialsProvider,
  type ScmIntegrationRegistry,
} from '@backstage/integration';
import {
  CodeHostError,
  GraphQlClient,
  repositoryPath,
  type CodeHost,
  type GraphQlObject,
  type ReviewedChange,
} from 'backstage-plugin-mentorship-node';

/** As many as GitHub answers about in a few seconds, of most repositories. */
const CHANGES_AT_A_TIME = 25;
/** As many where changes are so large that it takes too long for the others. */
const LARGE_CHANGES_AT_A_TIME = 5;
const CHANGES = `
query ($owner: String!, $name: String!, $first: Int!, $after: String) {
  repository(owner: $owner, name: $name) {
    pullRequests(first: $first, after: $after, orderBy: { field: UPDATED_AT, direction: DESC }) {
      nodes {
        number
        updatedAt
        author { login }
        reviews(first: 50) { nodes { author { __typename login } submittedAt } pageInfo { hasNextPage endCursor } }
        files(first: 100) { nodes { path } pageInfo { hasNextPage endCursor } }
      }
      pageInfo { hasNextPage endCursor }
    }
  }
}`;
const MORE_REVIEWS = `
query ($owner: String!, $name: String!, $number: Int!, $after: String) {
  repository(owner: $owner, name: $name) {
    pullRequest(number: $number) {
      reviews(first: 100, after: $after) { nodes { author { __typename login } submittedAt } pageInfo { hasNextPage endCursor } }
    }
  }
}`;
const MORE_FILES = `
query ($owner: String!, $name: String!, $number: Int!, $after: String) {
  repository(owner: $owner, name: $name) {
    pullRequest(number: $number) {
      files(first: 100, after: $after) { nodes { path } pageInfo { hasNextPage endCursor } }
    }
  }
}`;

/**
 * Reads reviews of pull requests from GitHub and GitHub Enterprise. A review counts
 * from when it was submitted, and what the author says of the own change is none.
 */
export class GitHubHost implements CodeHost {
  readonly id = 'github';
  readonly title = 'GitHub';
  private readonly client: GraphQlClient;
  private readonly integrations: ScmIntegrationRegistry;
  private readonly credentials: GithubCredentialsProvider;

  constructor(options: {
    integrations: ScmIntegrationRegistry;
    credentials?: GithubCredentialsProvider;
    client?: GraphQlClient;
  }) {
    this.client = options.client ?? new GraphQlClient({ title: this.title });
    this.integrations = options.integrations;
    this.credentials =
      options.credentials ??
      DefaultGithubCredentialsProvider.fromIntegrations(options.integrations);
  }

  reads(repository: string): boolean {
    return (
      this.integrations.github.byUrl(repository) !== undefined &&
      nameOf(repository) !== undefined
    );
  }

  async *changes(
    repository: string,
    _since: Date,
    signal: AbortSignal,
  ): AsyncGenerator<ReviewedChange[]> {
    const name = nameOf(repository);
    if (!name) {
      throw new CodeHostError('GitHub has no repository at such an address');
    }
    const ask = async (query: string, variables: GraphQlObject) => {
      const data = await this.client.query(
        {
          ...(await this.access(repository)),
          query,
          variables: { ...name, ...variables },
        },
        signal,
      );
      if (data.repository === null) {
        throw this.client.nowhere();
      }
      return this.client.object(data.repository, 'the repository');
    };
    let first = CHANGES_AT_A_TIME;
    const pages = this.client.pages(async after => {
      const page = async () =>
        (await ask(CHANGES, { first, after })).pullRequests;
      try {
        return await page();
      } catch (error) {
        if (
          !(error instanceof CodeHostError && error.isTooMuch) ||
          first === LARGE_CHANGES_AT_A_TIME
        ) {
          throw error;
        }
        first = LARGE_CHANGES_AT_A_TIME;
        return page();
      }
    });
    for await (const page of pages) {
      const changes: ReviewedChange[] = [];
      for (const change of page) {
        changes.push(await this.change(change, ask));
      }
      yield changes;
    }
  }

  private async change(
    change: GraphQlObject,
    ask: (query: string, variables: GraphQlObject) => Promise<GraphQlObject>,
  ): Promise<ReviewedChange> {
    const { number, updatedAt } = change;
    const all = async (first: unknown, query: string, list: string) => {
      const items: GraphQlObject[] = [];
      // GitHub has none of some changes, such as those of a branch that is gone.
      if (first === null) {
        return items;
      }
      const pages = this.client.pages(async after => {
        if (after === null) {
          return first;
        }
        const more = (await ask(query, { number, after })).pullRequest;
        return this.client.object(more, 'the pull request')[list];
      });
      for await (const page of pages) {
        items.push(...page);
      }
      return items;
    };
    const author = loginOf(change);
    const reviews = await all(change.reviews, MORE_REVIEWS, 'reviews');
    const told = reviews.flatMap(review => {
      const reviewer = loginOf(review);
      // Who deleted the account is nobody any more, machines are nobody to learn
      // from, and what is pending is not said yet.
      return reviewer &&
        reviewer !== author &&
        !isMachine(review) &&
        typeof review.submittedAt === 'string'
        ? [{ reviewer, at: review.submittedAt }]
        : [];
    });
    const files =
      told.length > 0 ? await all(change.files, MORE_FILES, 'files') : [];
    const paths = files.flatMap(({ path }) =>
      typeof path === 'string' ? [path] : [],
    );
    return {
      id: String(number),
      updatedAt: String(updatedAt),
      reviews: told.map(review => ({ ...review, paths })),
    };
  }

  private async access(
    repository: string,
  ): Promise<{ address: string; headers: Record<string, string> }> {
    const integration = this.integrations.github.byUrl(repository);
    const base = integration?.config.apiBaseUrl?.replace(/\/+$/, '');
    if (!base) {
      throw new CodeHostError(
        '`integrations.github` has no `apiBaseUrl` for this host',
      );
    }
    try {
      const { headers } = await this.credentials.getCredentials({
        url: repository,
      });
      return {
        // GitHub Enterprise has it beside `/api/v3`.
        address: `${base.replace(/\/v3$/, '')}/graphql`,
        headers: headers ?? {},
      };
    } catch {
      // What the provider says may hold what it tried.
      throw new CodeHostError(
        'GitHub gave no credentials for this repository; look at `integrations.github`',
      );
    }
  }
}

function nameOf(
  repository: string,
): { owner: string; name: string } | undefined {
  const path = repositoryPath(repository) ?? '';
  const [owner, name, more] = path.replace(/^\/+/, '').split('/');
  return owner && name && more === undefined ? { owner, name } : undefined;
}

function isMachine({ author }: GraphQlObject): boolean {
  const { __typename: type } = (author ?? {}) as { __typename?: unknown };
  return type === 'Bot';
}

function loginOf({ author }: GraphQlObject): string | undefined {
  const { login } = (author ?? {}) as { login?: unknown };
  return typeof login === 'string' ? login : undefined;
}
