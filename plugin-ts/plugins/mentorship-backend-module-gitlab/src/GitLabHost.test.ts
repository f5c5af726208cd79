import { ConfigReader } from '@backstage/config';
import { ScmIntegrations } from '@backstage/integration';
import {
  GraphQlClient,
  type ReviewedChange,
} from 'backstage-plugin-mentorship-node';
import {
  gitLabServer,
  TOKEN,
  type MergeRequest,
} from './__testUtils__/gitLabServer';
import { GitLabHost } from './GitLabHost';

const SINCE = new Date('2026-05-25');
const never = new AbortController().signal;

const note = (username: string | null, createdAt: string, rest = {}) => ({
  author: username && { username },
  createdAt,
  system: false,
  body: 'SECRET words',
  ...rest,
});
const verdict = (username: string, createdAt: string, body: string) =>
  note(username, createdAt, { system: true, body });
const mergeRequest = (
  iid: string,
  updatedAt: string,
  notes: object[],
): MergeRequest => ({
  iid,
  updatedAt,
  author: { username: 'alice' },
  diffStats: [{ path: 'src/pay.ts' }, { path: 'infra/a.tf' }],
  notes,
});

describe('GitLabHost', () => {
  const closing: Array<() => void> = [];
  afterEach(() => closing.splice(0).forEach(close => close()));

  async function setup(
    mergeRequests: MergeRequest[],
    { token = TOKEN, below = '' } = {},
  ) {
    const server = await gitLabServer({ 'money/in/pay': mergeRequests });
    closing.push(server.close);
    const config = new ConfigReader({
      integrations: {
        gitlab: [
          {
            host: new URL(server.address).host,
            baseUrl: `${server.address}${below}`,
            apiBaseUrl: `${server.address}${below}/api/v4`,
            token,
          },
        ],
      },
    });
    const gitLab = new GitLabHost({
      integrations: ScmIntegrations.fromConfig(config),
      client: new GraphQlClient({
        title: 'GitLab',
        timeoutMs: 500,
        pace: 0.001,
      }),
    });
    const read = async (name = 'money/in/pay') => {
      const all: ReviewedChange[] = [];
      for await (const page of gitLab.changes(
        `${server.address}${below}/${name}`,
        SINCE,
        never,
      )) {
        all.push(...page);
      }
      return all;
    };
    return { ...server, gitLab, read };
  }

  it('tells of approvals and of notes of others, page by page', async () => {
    const { read, state } = await setup([
      mergeRequest('1', '2026-11-01T10:00:00Z', [
        note('alice', '2026-11-01T07:00:00Z'),
        note('ben', '2026-11-01T08:00:00Z'),
        note('carol', '2026-11-01T08:10:00Z', {
          system: true,
          body: 'assigned to @carol',
        }),
        note(null, '2026-11-01T08:20:00Z'),
        note('ghost', '2026-11-01T08:25:00Z'),
        note('duo', '2026-11-01T08:30:00Z', {
          author: { username: 'duo', bot: true },
        }),
        verdict(
          'jordan',
          '2026-11-01T09:00:00Z',
          'approved this merge request',
        ),
        verdict('dora', '2026-11-01T09:30:00Z', 'requested changes'),
      ]),
      mergeRequest('2', '2026-11-02T10:00:00Z', []),
      mergeRequest('3', '2026-11-03T10:00:00Z', []),
      mergeRequest('4', '2026-01-03T10:00:00Z', []),
    ]);
    const paths = ['src/pay.ts', 'infra/a.tf'];
    const changes = await read();
    expect(changes.map(({ id }) => id)).toEqual(['3', '2', '1']);
    expect(changes.at(-1)?.reviews).toEqual([
      { reviewer: 'ben', at: '2026-11-01T08:00:00Z', paths },
      { reviewer: 'jordan', at: '2026-11-01T09:00:00Z', paths },
      { reviewer: 'dora', at: '2026-11-01T09:30:00Z', paths },
    ]);
    expect(JSON.stringify(changes)).not.toContain('SECRET');
    expect(state.asked[0].address).toBe('/api/graphql');
  });

  it('finds projects of a GitLab that lies below a path', async () => {
    const { gitLab, read, state, address } = await setup([], {
      below: '/gitlab',
    });
    expect(gitLab.reads(`${address}/gitlab/money/in/pay.git`)).toBe(true);
    await read('money/in/pay.git');
    expect(state.asked[0]).toMatchObject({
      address: '/gitlab/api/graphql',
      path: 'money/in/pay',
    });
    expect(gitLab.reads('https://elsewhere.example/money/pay')).toBe(false);
    // Anybody may write an address into the catalog.
    expect(gitLab.reads(`${address}/gitlab/money/%zz`)).toBe(false);
  });

  it.each([
    ['no such project', { name: 'money/gone' }, /shows no such repository/],
    ['another token', { token: 'glpat-SECRET2' }, /answered 401/],
  ])('says that there is %s, and no secret', async (_, options, said) => {
    const { name, token } = { name: 'money/in/pay', token: TOKEN, ...options };
    const { read } = await setup([], { token });
    const error = await read(name).catch((each: Error) => each);
    expect(String(error)).toMatch(said);
    expect(String(error)).not.toMatch(/SECRET/);
  });

  it('believes nothing where GitLab sends a merge request without its notes', async () => {
    const { read, state } = await setup([]);
    const nodes = [{ iid: '1', updatedAt: '2026-11-01' }];
    const mergeRequests = { nodes, pageInfo: { hasNextPage: false } };
    state.interfere = () => ({ data: { project: { mergeRequests } } });
    await expect(read()).rejects.toThrow(/GitLab did not send/);
  });
});
