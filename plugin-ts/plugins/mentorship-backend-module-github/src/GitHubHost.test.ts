import { ConfigReader } from '@backstage/config';
import { ScmIntegrations } from '@backstage/integration';
import {
  GraphQlClient,
  type ReviewedChange,
} from 'backstage-plugin-mentorship-node';
import {
  gitHubServer,
  TOKEN,
  type PullRequest,
} from './__testUtils__/gitHubServer';
import { GitHubHost } from './GitHubHost';

const SINCE = new Date('2026-05-25');
const never = new AbortController().signal;

const review = (login: string | null, submittedAt: string | null) => ({
  author: login && { login },
  submittedAt,
});
const pullRequest = (
  number: number,
  updatedAt: string,
  reviews: object[],
  files = ['src/pay.ts'],
): PullRequest => ({
  number,
  updatedAt,
  author: { login: 'alice' },
  reviews,
  files: files.map(path => ({ path })),
});

describe('GitHubHost', () => {
  const closing: Array<() => void> = [];
  afterEach(() => closing.splice(0).forEach(close => close()));

  async function setup(
    pullRequests: PullRequest[],
    options: { token?: string; pageSize?: number } = {},
  ) {
    const server = await gitHubServer(
      { 'money/pay': pullRequests },
      options.pageSize,
    );
    closing.push(server.close);
    const { host } = new URL(server.address);
    const config = new ConfigReader({
      integrations: {
        github: [
          {
            host,
            apiBaseUrl: `${server.address}/api/v3`,
            token: options.token ?? TOKEN,
          },
        ],
      },
    });
    const gitHub = new GitHubHost({
      integrations: ScmIntegrations.fromConfig(config),
      client: new GraphQlClient({
        title: 'GitHub',
        timeoutMs: 500,
        pace: 0.001,
      }),
    });
    const read = async (name = 'money/pay.git') => {
      const all: ReviewedChange[] = [];
      for await (const page of gitHub.changes(
        `${server.address}/${name}`,
        SINCE,
        never,
      )) {
        all.push(...page);
      }
      return all;
    };
    return { ...server, gitHub, read };
  }

  it('tells who looked at which paths when, those first that changed last', async () => {
    const { read, state } = await setup([
      pullRequest(1, '2026-11-01T10:00:00Z', [
        review('ben', '2026-11-01T09:00:00Z'),
      ]),
      pullRequest(2, '2026-11-03T10:00:00Z', []),
      pullRequest(
        3,
        '2026-11-02T10:00:00Z',
        [review('jordan', '2026-11-02T08:00:00Z')],
        ['infra/a.tf', 'infra/b.tf', 'infra/c.tf', 'infra/d.tf', 'infra/e.tf'],
      ),
    ]);
    expect(await read()).toEqual([
      { id: '2', updatedAt: '2026-11-03T10:00:00Z', reviews: [] },
      {
        id: '3',
        updatedAt: '2026-11-02T10:00:00Z',
        reviews: [
          {
            reviewer: 'jordan',
            at: '2026-11-02T08:00:00Z',
            paths: ['a', 'b', 'c', 'd', 'e'].map(name => `infra/${name}.tf`),
          },
        ],
      },
      {
        id: '1',
        updatedAt: '2026-11-01T10:00:00Z',
        reviews: [
          {
            reviewer: 'ben',
            at: '2026-11-01T09:00:00Z',
            paths: ['src/pay.ts'],
          },
        ],
      },
    ]);
    // GitHub Enterprise has GraphQL beside its REST API.
    expect(new Set(state.asked.map(({ address }) => address))).toEqual(
      new Set(['/api/graphql']),
    );
  });

  it('leaves out the author, machines, whoever is gone, and what is not submitted', async () => {
    const { read } = await setup(
      [
        pullRequest(1, '2026-11-01T10:00:00Z', [
          review('alice', '2026-11-01T09:00:00Z'),
          review(null, '2026-11-01T09:00:00Z'),
          {
            author: { __typename: 'Bot', login: 'copilot' },
            submittedAt: '2026-11-01T09:10:00Z',
          },
          review('ben', null),
          review('ben', '2026-11-01T09:30:00Z'),
          review('ben', '2026-11-01T09:40:00Z'),
        ]),
      ],
      { pageSize: 1 },
    );
    const [{ reviews }] = await read();
    expect(reviews.map(({ reviewer, at }) => [reviewer, at])).toEqual([
      ['ben', '2026-11-01T09:30:00Z'],
      ['ben', '2026-11-01T09:40:00Z'],
    ]);
  });

  it('knows no reviews of a change of which GitHub has none', async () => {
    const { read, state } = await setup([]);
    state.interfere = () => ({
      data: {
        repository: {
          pullRequests: {
            nodes: [
              {
                number: 7,
                updatedAt: '2026-11-01T10:00:00Z',
                author: null,
                reviews: null,
                files: null,
              },
            ],
            pageInfo: { hasNextPage: false },
          },
        },
      },
    });
    expect(await read()).toEqual([
      { id: '7', updatedAt: '2026-11-01T10:00:00Z', reviews: [] },
    ]);
  });

  it('reads repositories of the hosts that it knows', async () => {
    const { gitHub, address } = await setup([]);
    expect(gitHub.reads(`${address}/money/pay`)).toBe(true);
    expect(gitHub.reads(`${address}/money`)).toBe(false);
    expect(gitHub.reads('https://elsewhere.example/money/pay')).toBe(false);
    // Anybody may write an address into the catalog.
    expect(gitHub.reads(`${address}/money/%zz`)).toBe(false);
  });

  it.each([
    ['no such repository', { name: 'money/gone' }, /shows no such repository/],
    ['another token', { token: 'ghp_SECRET2' }, /answered 401/],
  ])('says that there is %s, and no secret', async (_, options, said) => {
    const { name, token } = { name: 'money/pay', token: TOKEN, ...options };
    const { read } = await setup([], { token });
    const error = await read(name).catch((each: Error) => each);
    expect(String(error)).toMatch(said);
    expect(String(error)).not.toMatch(/SECRET/);
  });

  it.each([
    ['no repository', { data: {} }],
    ['no list', { data: { repository: { pullRequests: null } } }],
    [
      'a pull request without its reviews',
      {
        data: {
          repository: {
            pullRequests: {
              nodes: [{ number: 1, updatedAt: '2026-11-01' }],
              pageInfo: { hasNextPage: false },
            },
          },
        },
      },
    ],
  ])('believes nothing where GitHub sends %s', async (_, answer) => {
    const { read, state } = await setup([]);
    state.interfere = () => answer;
    await expect(read()).rejects.toThrow(/GitHub did not send/);
  });

  it('asks for fewer changes at a time where GitHub cannot tell of many', async () => {
    const { read, state } = await setup([
      pullRequest(1, '2026-11-01T10:00:00Z', [
        review('ben', '2026-11-01T09:00:00Z'),
      ]),
      pullRequest(2, '2026-11-02T10:00:00Z', []),
      pullRequest(3, '2026-11-03T10:00:00Z', []),
    ]);
    state.interfere = ({ variables }) =>
      variables.first > 5
        ? {
            data: { repository: { pullRequests: null } },
            errors: [{ type: 'RESOURCE_LIMITS_EXCEEDED' }],
          }
        : undefined;
    expect((await read()).map(({ id }) => id)).toEqual(['3', '2', '1']);
    expect(state.asked.map(({ first }) => first)).toEqual([25, 5, 5]);
  });

  it('passes on that GitHub was asked too much', async () => {
    const { read, state } = await setup([]);
    state.interfere = () => ({
      errors: [{ type: 'RATE_LIMITED', message: 'API rate limit exceeded' }],
    });
    await expect(read()).rejects.toMatchObject({ isLimit: true });
  });
});
