import type { ServiceLocation } from 'backstage-plugin-mentorship-common';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  readdirSync,
  rmSync,
  utimesSync,
  writeFileSync,
} from 'fs';
import { join } from 'path';
import {
  collect,
  COMMITS,
  programDoing,
  RememberingSink,
  root,
} from '../../__testUtils__/gitCollection';
import { git, makeRepository } from '../../__testUtils__/gitRepositories';
import { gitServer, type GitServer } from '../../__testUtils__/gitServer';

describe('copies of repositories on code hosts', () => {
  const folder = join(root, 'host');
  const repository = join(folder, 'org', 'pay.git');
  let server: GitServer;
  let tip: string;
  let count = 0;
  beforeAll(async () => {
    makeRepository(repository, COMMITS, { bare: true });
    makeRepository(join(folder, 'org', 'empty.git'), [], { bare: true });
    git(repository, ['branch', 'release/1.x', 'main~1']);
    tip = git(repository, ['rev-parse', 'main']);
    server = await gitServer(folder);
  });
  afterAll(() => server.close());
  beforeEach(() => {
    server.asked = [];
    server.answerWith = undefined;
    server.authorization = undefined;
    server.told.clear();
    count += 1;
  });

  const at = (
    path: string,
    more: { revision?: string; directory?: string } = {},
    name = 'pay',
  ): ServiceLocation => ({
    entityRef: `component:default/${name}`,
    location: {
      type: 'repository',
      url: path.includes('://') ? path : `${server.address}/${path}`,
      directory: '',
      ...more,
    },
  });
  const read = (
    services: ServiceLocation[],
    options: Parameters<typeof collect>[1] = {},
  ) =>
    collect(services, {
      directory: join(root, `copies-${count}`),
      integrations: {
        github: [{ host: server.host, apiBaseUrl: server.address }],
      },
      ...options,
    });

  const basic = (user: string, password: string) =>
    `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}`;
  const SECRET = 'SECRET-token';
  it.each([
    ['github', { token: SECRET }, basic('x-access-token', SECRET)],
    ['gitlab', { token: SECRET }, basic('oauth2', SECRET)],
    ['bitbucketServer', { token: SECRET }, `Bearer ${SECRET}`],
    [
      'gitea',
      { username: 'portal', password: SECRET },
      basic('portal', SECRET),
    ],
  ])(
    'reads what is private with the credentials of %s',
    async (type, credentials, authorization) => {
      server.authorization = authorization;
      const { host, address } = server;
      const entry = {
        host,
        baseUrl: address,
        apiBaseUrl: address,
        ...credentials,
      };
      const sink = await read(
        [at('org/pay.git'), at('org/empty.git', {}, 'empty')],
        {
          integrations: { [type]: [entry] },
        },
      );
      expect([...sink.failures]).toEqual([]);
      expect(sink.evidence.size).toBe(2);
      expect([...server.told]).toEqual([authorization]);
      expect(JSON.stringify([...sink.evidence])).not.toContain(SECRET);
    },
  );

  it('says of what is private that the credentials may not read it, and no secret', async () => {
    server.authorization = basic('x-access-token', 'another');
    const { host, address: apiBaseUrl } = server;
    for (const token of [undefined, SECRET]) {
      const { failures } = await read([at('org/pay.git')], {
        integrations: { github: [{ host, apiBaseUrl, token }] },
      });
      const [reason] = [...failures.values()];
      expect(reason).toContain(
        'the credentials of `integrations` may not read it',
      );
      expect(reason).not.toContain(SECRET);
    }
  });

  it('tells no credentials unencrypted to a host that is not configured so', async () => {
    const { host } = server;
    const github = [
      { host, apiBaseUrl: `https://${host}/api/v3`, token: SECRET },
    ];
    const sink = await read([at('org/pay.git')], { integrations: { github } });
    expect(sink.failures.size).toBe(0);
    expect([...server.told]).toEqual([undefined]);
  });

  it('keeps a copy, brings it up to date, and links to the host', async () => {
    const url = `${server.address}/org/pay.git`;
    const services = [
      at('org/pay.git'),
      at('org/pay.git', { directory: 'web' }, 'web'),
    ];
    const first = await read(services);

    const commit = git(repository, ['rev-parse', 'main']);
    expect(first.failures.size).toBe(0);
    expect(first.evidence.get(url)).toMatchObject({
      repository: url,
      commit,
      fileAddress: `${server.address}/org/pay/blob/${commit}/{path}#L{line}`,
      services: [
        { entityRef: 'component:default/pay', directory: '' },
        { entityRef: 'component:default/web', directory: 'web' },
      ],
      paths: ['.mailmap', 'MENTORSHIP.md', 'pay/CODEOWNERS', 'src/main.ts'],
    });
    expect(first.histories.get(url)?.split('\x1e')).toHaveLength(3);
    expect(first.histories.get(url)).toContain('Ben\x1fben@example.com');

    git(repository, ['update-ref', 'refs/heads/main', 'main~1']);
    const second = await read(services);
    git(repository, ['update-ref', 'refs/heads/main', commit]);
    expect(second.failures.size).toBe(0);
    expect(second.evidence.get(url)?.paths).toEqual([
      'MENTORSHIP.md',
      'src/main.ts',
    ]);
  });

  it('reads the revision that a service names, and one commit only once', async () => {
    const url = `${server.address}/org/pay.git`;

    const sink = await read([
      at('org/pay.git', { revision: 'main' }, 'a'),
      at('org/pay.git', { revision: 'release/1.x' }, 'b'),
      at('org/pay.git', {}, 'c'),
      at('org/pay.git', { revision: 'gone' }, 'd'),
    ]);

    const services = (key: string) =>
      sink.evidence.get(key)?.services.map(({ entityRef }) => entityRef);
    expect([...sink.evidence.keys()]).toEqual([url, `${url}#release/1.x`]);
    expect(services(url)).toEqual([
      'component:default/c',
      'component:default/a',
    ]);
    expect(services(`${url}#release/1.x`)).toEqual(['component:default/b']);
    expect([...sink.failures]).toEqual([
      [`${url}#gone`, expect.stringContaining("couldn't find remote ref gone")],
    ]);
  });

  describe('with one copy for a repository', () => {
    const copies = () => join(root, `copies-${count}`);
    const copy = () =>
      join(
        copies(),
        readdirSync(copies()).find(name => name.endsWith('.git'))!,
      );
    const url = () => `${server.address}/org/pay.git`;
    const isWhole = (sink: RememberingSink) => {
      expect([...sink.failures]).toEqual([]);
      expect(sink.evidence.get(url())?.failure).toBeUndefined();
      expect(sink.endings.get(url())).toBeUndefined();
      expect(sink.histories.get(url())?.split('\x1e')).toHaveLength(3);
    };

    it('reads it once, however its address is spelled', async () => {
      const sink = await read([
        at('org/pay.git'),
        at(`${server.address.toUpperCase()}/Org/Pay`, {}, 'upper'),
        at('org/pay/', {}, 'short'),
      ]);

      expect(
        [...sink.evidence.values()].flatMap(({ services }) => services),
      ).toHaveLength(3);
      expect(sink.evidence.size + sink.failures.size).toBe(1);
      expect(readdirSync(copies())).toHaveLength(1);
    });

    it('lets several runs use it at the same time', async () => {
      const sinks = await Promise.all(
        Array.from({ length: 4 }, () => read([at('org/pay.git')])),
      );

      sinks.forEach(isWhole);
      expect(readdirSync(copies())).toHaveLength(1);
    });

    it('does not wait forever for another run', async () => {
      await read([at('org/pay.git')]);
      mkdirSync(`${copy()}.lock`);

      const sink = await read([at('org/pay.git')], { timeoutMs: 300 });

      expect([...sink.failures.values()]).toEqual([
        'another run has used the copy for over 0.3 s',
      ]);
    });

    it('clears away what a run that was killed left behind', async () => {
      await read([at('org/pay.git')]);
      mkdirSync(`${copy()}.lock`);
      utimesSync(`${copy()}.lock`, 1, 1);
      const leftovers = [
        'config.lock',
        'packed-refs.lock',
        'refs/mentorship/default.lock',
        'objects/pack/tmp_pack_Ab12',
      ];
      for (const path of leftovers) {
        writeFileSync(join(copy(), path), '');
      }
      git(repository, ['update-ref', 'refs/heads/main', 'main~1']);
      await read([at('org/pay.git')]);
      git(repository, ['update-ref', 'refs/heads/main', tip]);

      isWhole(await read([at('org/pay.git')]));
      for (const path of leftovers) {
        expect(existsSync(join(copy(), path))).toBe(false);
      }
      expect(readdirSync(copies())).toHaveLength(1);
    });

    it.each([
      ['half made', () => rmSync(join(copy(), 'HEAD'))],
      [
        'without its objects',
        () => rmSync(join(copy(), 'objects'), { recursive: true }),
      ],
      ['no repository', () => rmSync(copy(), { recursive: true })],
      [
        'damaged',
        () => {
          for (const path of readdirSync(join(copy(), 'objects'), {
            recursive: true,
            withFileTypes: true,
          })) {
            if (path.isFile()) {
              const file = join(path.parentPath, path.name);
              chmodSync(file, 0o600);
              writeFileSync(file, 'damage');
            }
          }
        },
      ],
    ])('mends one that is %s', async (_, damage) => {
      await read([at('org/pay.git')]);
      damage();

      // What shows only while it is read is mended by the run after.
      await read([at('org/pay.git')]);

      isWhole(await read([at('org/pay.git')]));
      expect(readdirSync(copies())).toHaveLength(1);
    });

    it('removes it once no service has named it for long', async () => {
      await read([at('org/pay.git'), at('org/empty.git', {}, 'empty')]);
      const abandoned = `${copy()}.0a1b-2c.new`;
      mkdirSync(abandoned);
      utimesSync(join(copy(), 'mentorship-used'), 1, 1);
      utimesSync(abandoned, 1, 1);

      await read([at('org/pay.git')]);
      expect(existsSync(abandoned)).toBe(false);
      expect(existsSync(copy())).toBe(true);

      utimesSync(join(copy(), 'mentorship-used'), 1, 1);
      await read([]);
      expect(readdirSync(copies())).toEqual([]);
    });
  });

  it('says where the default branch has no commit and others have', async () => {
    const odd = makeRepository(join(folder, 'org', 'odd.git'), COMMITS, {
      bare: true,
    });
    git(odd, ['symbolic-ref', 'HEAD', 'refs/heads/unborn']);

    const sink = await read([
      at('org/odd.git'),
      at('org/odd.git', { revision: 'main' }, 'named'),
    ]);

    expect([...sink.failures.values()]).toEqual([
      expect.stringContaining('its default branch has no commit though'),
    ]);
    expect([...sink.evidence.values()]).toEqual([
      expect.objectContaining({ commit: tip }),
    ]);
  });

  it('finds a repository without a commit, and nothing in it', async () => {
    const sink = await read([at('org/empty.git')]);

    expect(sink.failures.size).toBe(0);
    expect([...sink.evidence.values()]).toEqual([
      expect.objectContaining({ paths: [], files: [] }),
    ]);
  });

  it('reads the older copy where the host does not answer, and says so', async () => {
    const url = `${server.address}/org/pay.git`;
    await read([at('org/pay.git')]);
    server.answerWith = { status: 503 };

    const sink = await read([at('org/pay.git')]);

    expect(sink.failures.size).toBe(0);
    expect(sink.evidence.get(url)).toMatchObject({
      paths: expect.arrayContaining(['MENTORSHIP.md']),
      failure: expect.stringMatching(/^`git ls-remote` failed .*503/),
    });
    expect(sink.endings.get(url)).toBeUndefined();
  });

  it.each<[string, NonNullable<GitServer['answerWith']>, RegExp]>([
    [
      'is forbidden',
      { status: 401, headers: { 'WWW-Authenticate': 'Basic' } },
      /could not read Username/,
    ],
    ['is gone', { status: 404 }, /not found/],
    [
      'leads elsewhere',
      { status: 302, headers: { Location: 'http://127.0.0.1:1/x' } },
      /302/,
    ],
    ['is no repository', { status: 200 }, /did not answer as a git host does/],
  ])('says why where a repository %s', async (_, answer, reason) => {
    server.answerWith = answer;

    const sink = await read([at('org/pay.git')]);

    expect(sink.evidence.size).toBe(0);
    expect([...sink.failures.values()]).toEqual([
      expect.stringMatching(reason),
    ]);
  });

  it.each([
    [
      'a host that is not configured',
      () => at('http://127.0.0.1:9/org/pay.git'),
    ],
    ['another port of the host', () => at('http://127.0.0.1/org/pay.git')],
    ['credentials', () => at(`http://user:secret@${server.host}/org/pay.git`)],
    ['a local path', () => at(`file://${repository}`)],
    ['a transport program', () => at(`ext://sh -c id`)],
    ['ssh', () => at(`ssh://${server.host}/org/pay.git`)],
    ['no address', () => at('://')],
    ['an option', () => at('--upload-pack=id://x')],
  ])('asks nobody for %s', async (_, location) => {
    const sink = await read([location()]);

    expect(sink.evidence.size + sink.failures.size).toBe(0);
    expect(sink.leftOut.size).toBe(1);
    expect(server.asked).toEqual([]);
  });

  it.each([
    '--upload-pack=id',
    'main:refs/heads/x',
    '+main',
    'a b',
    '../x',
    '',
  ])('does not take %j for a revision', async revision => {
    const sink = await read([at('org/pay.git', { revision })]);

    expect(sink.evidence.size).toBe(0);
    expect([...sink.failures.values()]).toEqual([
      expect.stringContaining('is not the name of a branch, tag or commit'),
    ]);
  });

  it('shows no secret of an address in what it says', async () => {
    const program = programDoing(
      'case "$*" in *ls-remote*) echo "fatal: unable to access \'https://me:s3cret@host/x\'" >&2; exit 128;; esac',
    );
    const sink = await read([at('org/pay.git')], { program });

    expect([...sink.failures.values()]).toEqual([
      "`git ls-remote` failed with status 128: unable to access 'https://host/x'",
    ]);
  });
});
