import {
  getGitLabIntegrationRelativePath,
  getGitLabRequestOptions,
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

/** As many as GitLab answers about within its limit on complexity. */
const CHANGES = `
query ($path: ID!, $since: Time, $after: String) {
  project(fullPath: $path) {
    mergeRequests(first: 20, after: $after, updatedAfter: $since, sort: UPDATED_DESC) {
      nodes {
        iid
        updatedAt
        author { username }
        diffStats { path }
        notes(first: 50) { nodes { author { username bot } createdAt system body } pageInfo { hasNextPage endCursor } }
      }
      pageInfo { hasNextPage endCursor }
    }
  }
}`;
const MORE_NOTES = `
query ($path: ID!, $iid: String!, $after: String) {
  project(fullPath: $path) {
    mergeRequest(iid: $iid) {
      notes(first: 100, after: $after) { nodes { author { username bot } createdAt system body } pageInfo { hasNextPage endCursor } }
    }
  }
}`;
/** GitLab notes a verdict by itself, in English whatever the language. */
const VERDICTS = ['approved this merge request', 'requested changes'];

/**
 * Reads reviews of merge requests from GitLab: approvals, and notes of others than
 * the author.
 */
export class GitLabHost implements CodeHost {
  readonly id = 'gitlab';
  readonly title = 'GitLab';
  private readonly client: GraphQlClient;
  private readonly integrations: ScmIntegrationRegistry;

  constructor(options: {
    integrations: ScmIntegrationRegistry;
    client?: GraphQlClient;
  }) {
    this.client = options.client ?? new GraphQlClient({ title: this.title });
    this.integrations = options.integrations;
  }

  reads(repository: string): boolean {
    return (
      this.integrations.gitlab.byUrl(repository) !== undefined &&
      this.pathOf(repository) !== undefined
    );
  }

  async *changes(
    repository: string,
    since: Date,
    signal: AbortSignal,
  ): AsyncGenerator<ReviewedChange[]> {
    const path = this.pathOf(repository);
    if (!path) {
      throw new CodeHostError('GitLab has no project at such an address');
    }
    const ask = async (query: string, variables: GraphQlObject) => {
      const data = await this.client.query(
        {
          ...this.access(repository),
          query,
          variables: { path, ...variables },
        },
        signal,
      );
      if (data.project === null) {
        throw this.client.nowhere();
      }
      return this.client.object(data.project, 'the project');
    };
    const pages = this.client.pages(async after => {
      const variables = { after, since: since.toISOString() };
      return (await ask(CHANGES, variables)).mergeRequests;
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
    const { iid, updatedAt, diffStats } = change;
    const author = usernameOf(change);
    const paths = (Array.isArray(diffStats) ? diffStats : []).flatMap(stat => {
      const path = (stat as { path?: unknown } | null)?.path;
      return typeof path === 'string' ? [path] : [];
    });
    const reviews: ReviewedChange['reviews'] = [];
    const pages = this.client.pages(async after => {
      if (after === null) {
        return change.notes;
      }
      const more = (await ask(MORE_NOTES, { iid, after })).mergeRequest;
      return this.client.object(more, 'the merge request').notes;
    });
    for await (const page of pages) {
      for (const note of page) {
        const reviewer = usernameOf(note);
        const isReview =
          note.system === false || VERDICTS.includes(String(note.body));
        if (
          isReview &&
          reviewer &&
          reviewer !== author &&
          !isGhost(reviewer) &&
          !isMachine(note) &&
          typeof note.createdAt === 'string'
        ) {
          reviews.push({ reviewer, at: note.createdAt, paths });
        }
      }
    }
    return { id: String(iid), updatedAt: String(updatedAt), reviews };
  }

  private access(repository: string): {
    address: string;
    headers: Record<string, string>;
  } {
    const integration = this.integrations.gitlab.byUrl(repository);
    if (!integration) {
      throw new CodeHostError('`integrations.gitlab` has no such host');
    }
    const { config } = integration;
    return {
      address: `${config.baseUrl.replace(/\/+$/, '')}/api/graphql`,
      headers: getGitLabRequestOptions(config).headers,
    };
  }

  /** Groups may lie in groups, and GitLab itself below a path. */
  private pathOf(repository: string): string | undefined {
    const integration = this.integrations.gitlab.byUrl(repository);
    const path = repositoryPath(repository);
    if (!integration || path === undefined) {
      return undefined;
    }
    const below = getGitLabIntegrationRelativePath(integration.config);
    const rest = path.startsWith(`${below}/`) ? path.slice(below.length) : path;
    const project = rest.replace(/^\/+/, '');
    return project.includes('/') ? project : undefined;
  }
}

function isMachine({ author }: GraphQlObject): boolean {
  return (author as { bot?: unknown } | null)?.bot === true;
}

/** GitLab gives what deleted accounts wrote to one user, who is nobody any more. */
function isGhost(username: string): boolean {
  return username === 'ghost';
}

function usernameOf({ author }: GraphQlObject): string | undefined {
  const { username } = (author ?? {}) as { username?: unknown };
  return typeof username === 'string' ? username : undefined;
}
