import { mockServices } from '@backstage/backend-test-utils';
import type { UrlReaderServiceReadTreeOptions } from '@backstage/backend-plugin-api';
import { NotFoundError, NotModifiedError } from '@backstage/errors';
import { ScmIntegrations } from '@backstage/integration';
import type {
  RepositoryEvidence,
  ServiceLocation,
} from 'backstage-plugin-mentorship-common';
import type { EvidenceSink } from 'backstage-plugin-mentorship-node';
import { execFile } from 'child_process';
import { mkdir, mkdtemp, rm, writeFile } from 'fs/promises';
import { createServer } from 'http';
import type { AddressInfo } from 'net';
import { tmpdir } from 'os';
import { dirname, join } from 'path';
import { promisify } from 'util';
import { UrlReaders } from '@backstage/backend-defaults/urlReader';
import { UrlReaderEvidenceSource } from './UrlReaderEvidenceSource';

const REPOSITORY = 'https://github.com/money/pay';
const FIRST = 'a'.repeat(40);
const SECOND = 'b'.repeat(40);

const at = (
  entityRef: string,
  url = `${REPOSITORY}.git`,
  rest: { directory?: string; revision?: string } = {},
): ServiceLocation => ({
  entityRef,
  location: { type: 'repository', url, directory: '', ...rest },
});

describe('UrlReaderEvidenceSource', () => {
  function setup(files: Record<string, string>, etag = FIRST) {
    const state = {
      files,
      etag,
      wanted: ['MENTORSHIP.md'],
      error: undefined as Error | undefined,
      hangs: false,
      listed: () => {},
    };
    const asked: string[] = [];
    const readTree = async (
      url: string,
      options: UrlReaderServiceReadTreeOptions = {},
    ) => {
      asked.push(`${url}${options.etag ? ` since ${options.etag[0]}` : ''}`);
      if (state.hangs) {
        // Readers ask for some things without the signal.
        await new Promise(() => {});
      }
      if (state.error) {
        throw state.error;
      }
      if (options.etag === state.etag) {
        throw new NotModifiedError();
      }
      const { files: all } = state;
      return {
        etag: state.etag,
        files: async () =>
          Object.entries(all)
            .filter(([path, text]) =>
              options.filter?.(path, { size: text.length }),
            )
            .map(([path, text]) => ({
              path,
              content: async () => Buffer.from(text),
            })),
      } as never;
    };
    const source = new UrlReaderEvidenceSource({
      reader: { readTree },
      integrations: ScmIntegrations.fromConfig(mockServices.rootConfig()),
      concurrency: 2,
      timeoutMs: 200,
    });
    const kept = new Map<string, RepositoryEvidence>();
    const told: string[] = [];
    const sink = {
      wantedPaths: async (listing: Uint8Array) => {
        state.listed();
        return Buffer.from(listing)
          .toString()
          .split('\0')
          .filter(path => state.wanted.includes(path));
      },
      lastGood: async (repository: string) => kept.get(repository),
      put: async (evidence: RepositoryEvidence) => {
        kept.set(evidence.repository, evidence);
        return [];
      },
      fail: async ({ repository }: { repository: string }, reason: string) => {
        told.push(`${repository} failed: ${reason}`);
      },
      leaveOut: ({ repository }: { repository: string }, reason: string) => {
        told.push(`${repository} left out: ${reason}`);
      },
    } as Partial<EvidenceSink> as EvidenceSink;
    const collect = (
      services: ServiceLocation[] = [at('component:default/pay')],
      signal = new AbortController().signal,
    ) => {
      asked.length = 0;
      return source.collect({
        services,
        sink,
        logger: mockServices.logger.mock(),
        signal,
      });
    };
    return { state, asked, kept, told, collect };
  }

  it('lists everything, and reads what the core asks for', async () => {
    const { kept, collect, asked } = setup({
      'src/pay.ts': 'code',
      'MENTORSHIP.md': '# Plan',
    });
    await collect();
    expect(asked).toEqual([REPOSITORY, REPOSITORY]);
    expect(kept.get(`${REPOSITORY}.git`)).toMatchObject({
      commit: FIRST,
      paths: ['MENTORSHIP.md', 'src/pay.ts'],
      files: [{ path: 'MENTORSHIP.md', text: '# Plan' }],
      services: [{ entityRef: 'component:default/pay', directory: '' }],
      fileAddress: `${REPOSITORY}/blob/${FIRST}/{path}#L{line}`,
    });
  });

  it('asks once where nothing changed, and again where the core asks for more', async () => {
    const { kept, collect, asked, state } = setup({
      'MENTORSHIP.md': '# Plan',
      CODEOWNERS: '* @alice',
    });
    await collect();
    await collect([at('component:default/ship')]);
    expect(asked).toEqual([`${REPOSITORY} since a`]);
    const services = () => kept.get(`${REPOSITORY}.git`)?.services;
    expect(services()).toEqual([
      { entityRef: 'component:default/ship', directory: '' },
    ]);
    state.wanted.push('CODEOWNERS');
    await collect();
    expect(asked).toEqual([REPOSITORY, REPOSITORY]);
    state.etag = SECOND;
    await collect();
    expect(kept.get(`${REPOSITORY}.git`)?.commit).toBe(SECOND);
  });

  it('reads each revision where it is named', async () => {
    const { kept, collect } = setup({ 'MENTORSHIP.md': '# Plan' });
    await collect([
      at('component:default/pay'),
      at('component:default/old', REPOSITORY, { revision: 'v1' }),
      at('component:default/lab', 'https://gitlab.com/money/lab', {
        revision: 'main',
      }),
    ]);
    expect([...kept.keys()].sort()).toEqual(
      [
        `${REPOSITORY}.git`,
        `${REPOSITORY}.git#v1`,
        'https://gitlab.com/money/lab#main',
      ].sort(),
    );
  });

  it('says of a file that it is too large', async () => {
    const { kept, collect } = setup({ 'MENTORSHIP.md': 'x'.repeat(2_000_000) });
    await collect();
    expect(kept.get(`${REPOSITORY}.git`)?.files).toEqual([
      { path: 'MENTORSHIP.md', failure: 'it is larger than 1048576 bytes' },
    ]);
  });

  it('says of a file that it went while it was read', async () => {
    const { state, kept, collect } = setup({ 'MENTORSHIP.md': '# Plan' });
    state.listed = () => {
      state.files = {};
      state.etag = SECOND;
    };
    await collect();
    expect(kept.get(`${REPOSITORY}.git`)?.files).toEqual([
      {
        path: 'MENTORSHIP.md',
        failure: expect.stringMatching(/removed while the repository was read/),
      },
    ]);
    await collect();
    expect(kept.get(`${REPOSITORY}.git`)?.files).toEqual([]);
  });

  it.each([
    [
      'no such repository',
      new NotFoundError('https://user:SECRET@host'),
      /no such repository/,
    ],
    ['trouble', new Error('SECRET'), /could not be read \(Error\)/],
  ])('says that there is %s, and no secret', async (_, error, said) => {
    const { state, told, collect, kept } = setup({});
    state.error = error;
    await collect();
    expect(told).toEqual([expect.stringMatching(said)]);
    expect(told.join()).not.toContain('SECRET');
    expect(kept.size).toBe(0);
  });

  it('does not wait for ever, and ends with the run', async () => {
    const { state, told, collect } = setup({});
    state.hangs = true;
    await collect();
    expect(told).toEqual([expect.stringMatching(/did not answer in time/)]);
    const controller = new AbortController();
    const collected = collect(undefined, controller.signal);
    controller.abort(new Error('stopped'));
    await expect(collected).rejects.toThrow('stopped');
    expect(told).toHaveLength(1);
  });

  it('leaves out hosts that the portal does not know', async () => {
    const { asked, told, collect } = setup({});
    await collect([at('component:default/x', 'https://elsewhere.example/x')]);
    expect(asked).toEqual([]);
    expect(told).toEqual([expect.stringMatching(/left out: its host/)]);
  });

  it("reads through the portal's own reader for GitHub", async () => {
    const tarball = await tarballOf({
      'money-pay-aaaaaaa/MENTORSHIP.md': '# Plan',
      'money-pay-aaaaaaa/src/pay.ts': 'code',
    });
    const asked: string[] = [];
    const server = createServer((request, response) => {
      const { pathname } = new URL(request.url!, 'http://here');
      asked.push(pathname);
      const { port } = server.address() as AddressInfo;
      const api = `http://127.0.0.1:${port}/api/v3/repos/money/pay`;
      const answers: Record<string, object> = {
        '/api/v3/repos/money/pay': { default_branch: 'main' },
        '/api/v3/repos/money/pay/commits/main/status': {
          sha: FIRST,
          repository: { archive_url: `${api}/{archive_format}{/ref}` },
        },
      };
      const answer = answers[pathname];
      if (answer) {
        response.end(JSON.stringify(answer));
      } else if (pathname.endsWith(`/tarball/${FIRST}`)) {
        response.end(tarball);
      } else {
        response.statusCode = 404;
        response.end('{}');
      }
    });
    await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as AddressInfo;
    const host = `127.0.0.1:${port}`;
    const config = mockServices.rootConfig({
      data: {
        integrations: {
          github: [
            {
              host,
              apiBaseUrl: `http://${host}/api/v3`,
              rawBaseUrl: `http://${host}/raw`,
              token: 'ghp_SECRET',
            },
          ],
        },
      },
    });
    try {
      const kept = new Map<string, RepositoryEvidence>();
      const failures: string[] = [];
      const source = new UrlReaderEvidenceSource({
        reader: UrlReaders.default({
          config,
          logger: mockServices.logger.mock(),
        }),
        integrations: ScmIntegrations.fromConfig(config),
        concurrency: 1,
        timeoutMs: 5_000,
      });
      const read = (name: string) =>
        source.collect({
          services: [at('component:default/pay', `http://${host}/${name}`)],
          sink: {
            wantedPaths: async () => ['MENTORSHIP.md'],
            lastGood: async (repository: string) => kept.get(repository),
            put: async (evidence: RepositoryEvidence) => {
              kept.set(evidence.repository, evidence);
              return [];
            },
            fail: async (_: unknown, reason: string) => {
              failures.push(reason);
            },
          } as Partial<EvidenceSink> as EvidenceSink,
          logger: mockServices.logger.mock(),
          signal: new AbortController().signal,
        });
      await read('money/pay');
      expect(failures).toEqual([]);
      expect(kept.get(`http://${host}/money/pay`)).toMatchObject({
        commit: FIRST,
        paths: ['MENTORSHIP.md', 'src/pay.ts'],
        files: [{ path: 'MENTORSHIP.md', text: '# Plan' }],
      });
      asked.length = 0;
      await read('money/pay');
      expect(asked.filter(path => path.includes('tarball'))).toEqual([]);
      await read('money/gone');
      expect(failures).toEqual([expect.stringMatching(/no such repository/)]);
    } finally {
      server.closeAllConnections();
      server.close();
    }
  });
});

async function tarballOf(files: Record<string, string>): Promise<Buffer> {
  const folder = await mkdtemp(join(tmpdir(), 'mentorship-tarball-'));
  try {
    for (const [path, text] of Object.entries(files)) {
      await mkdir(dirname(join(folder, path)), { recursive: true });
      await writeFile(join(folder, path), text);
    }
    const names = [
      ...new Set(Object.keys(files).map(path => path.split('/')[0])),
    ];
    const { stdout } = await promisify(execFile)(
      'tar',
      ['-czf', '-', '-C', folder, ...names],
      { encoding: 'buffer' },
    );
    return stdout;
  } finally {
    await rm(folder, { recursive: true });
  }
}
