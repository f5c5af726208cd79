import { mockServices } from '@backstage/backend-test-utils';
import { ScmIntegrations } from '@backstage/integration';
import type {
  RepositoryEvidence,
  ServiceLocation,
} from 'backstage-plugin-mentorship-common';
import type {
  EvidencePlace,
  EvidenceSink,
} from 'backstage-plugin-mentorship-node';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  readdirSync,
  rmSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'fs';
import { join } from 'path';
import {
  addCommits,
  git,
  makeRepository,
  temporaryFolder,
  type Commit,
} from '../../__testUtils__/gitRepositories';
import { gitServer, type GitServer } from '../../__testUtils__/gitServer';
import { GitEvidenceSource } from './GitEvidenceSource';

const ALICE = 'Alice <alice@example.com>';
const COMMITS: Commit[] = [
  {
    author: ALICE,
    at: 1_700_000_000,
    files: { 'MENTORSHIP.md': '# Plan\n', 'src/main.ts': 'one\n' },
  },
  {
    author: 'Old Name <ben@old.example.com>',
    at: 1_700_086_400,
    message: 'Second\n\nCo-authored-by: Cy <cy@example.com>',
    files: {
      'pay/CODEOWNERS': '* @alice\n',
      '.mailmap': 'Ben <ben@example.com> <ben@old.example.com>\n',
    },
  },
];

/** Remembers what the source hands over, and asks for everything but sources. */
class RememberingSink implements EvidenceSink {
  readonly evidence = new Map<string, RepositoryEvidence>();
  readonly failures = new Map<string, string>();
  readonly leftOut = new Map<string, string>();
  readonly histories = new Map<string, string>();
  readonly endings = new Map<string, string | undefined>();

  async wantedPaths(listing: Uint8Array): Promise<string[]> {
    return new TextDecoder()
      .decode(listing)
      .split('\0')
      .filter(path => path && !path.startsWith('src/'));
  }
  async wantedVersions(listing: Uint8Array): Promise<string[]> {
    const wanted = await this.wantedPaths(listing);
    return wanted.filter(path => path === 'MENTORSHIP.md');
  }
  lastGoods = new Map<string, RepositoryEvidence>();
  async lastGood(repository: string) {
    return this.lastGoods.get(repository);
  }
  async put(evidence: RepositoryEvidence) {
    this.evidence.set(evidence.repository, evidence);
    return [];
  }
  async fail({ repository }: EvidencePlace, reason: string) {
    this.failures.set(repository, reason);
  }
  leaveOut({ repository }: EvidencePlace, reason: string) {
    this.leftOut.set(repository, reason);
  }
  async pushHistory(repository: string, chunk: Uint8Array) {
    this.histories.set(
      repository,
      `${this.histories.get(repository) ?? ''}${new TextDecoder().decode(
        chunk,
      )}`,
    );
  }
  async beginHistory() {
    return undefined;
  }
  async finishHistory(repository: string, failure?: string) {
    this.endings.set(repository, failure);
    return failure === undefined
      ? { state: 'missing' as const }
      : { state: 'failed' as const, reason: failure };
  }
}

const root = temporaryFolder();
let count = 0;
const fresh = (name: string) => join(root, `${count++}`, name);

async function collect(
  services: ServiceLocation[],
  options: {
    program?: string;
    localFolders?: string[];
    directory?: string;
    timeoutMs?: number;
    keepUnusedCopiesMs?: number;
    signal?: AbortSignal;
    sink?: RememberingSink;
    integrations?: object;
  } = {},
) {
  const sink = options.sink ?? new RememberingSink();
  const source = new GitEvidenceSource({
    directory: options.directory ?? fresh('copies'),
    localFolders: options.localFolders ?? [root],
    keepUnusedCopiesMs: options.keepUnusedCopiesMs ?? 3_600_000,
    concurrency: 2,
    timeoutMs: options.timeoutMs ?? 30_000,
    program: options.program,
    integrations: ScmIntegrations.fromConfig(
      mockServices.rootConfig({
        data: { integrations: options.integrations ?? {} } as never,
      }),
    ),
  });
  await source.collect({
    services,
    sink,
    logger: mockServices.logger.mock(),
    signal: options.signal ?? new AbortController().signal,
  });
  return sink;
}

const inFolder = (path: string, name = 'pay'): ServiceLocation => ({
  entityRef: `component:default/${name}`,
  location: { type: 'folder', path },
});

/** A git program that does something else for one of the commands. */
function programDoing(script: string): string {
  const program = fresh('git');
  mkdirSync(join(program, '..'), { recursive: true });
  writeFileSync(program, `#!/bin/sh\n${script}\nexec git "$@"\n`);
  chmodSync(program, 0o755);
  return program;
}

describe('GitEvidenceSource in local folders', () => {
  it.each([{ bare: false }, { bare: true }])(
    'reads files, places and history of a repository, %j',
    async options => {
      const folder = makeRepository(fresh('shop'), COMMITS, options);
      const below = join(folder, 'pay');
      if (!options.bare) {
        mkdirSync(below);
      }

      const sink = await collect([
        inFolder(folder, 'shop'),
        ...(options.bare ? [] : [inFolder(below)]),
      ]);

      expect(sink.failures.size).toBe(0);
      expect(sink.evidence.get(folder)).toEqual({
        schema: 'mentorship/evidence/v1',
        repository: folder,
        commit: git(folder, ['rev-parse', 'main']),
        collectedAt: expect.stringMatching(/^\d{4}-\d\d-\d\dT.*Z$/),
        services: [
          { entityRef: 'component:default/shop', directory: '' },
          ...(options.bare
            ? []
            : [{ entityRef: 'component:default/pay', directory: 'pay' }]),
        ],
        paths: ['.mailmap', 'MENTORSHIP.md', 'pay/CODEOWNERS', 'src/main.ts'],
        files: [
          { path: '.mailmap', text: expect.stringContaining('Ben <ben@') },
          { path: 'MENTORSHIP.md', text: '# Plan\n' },
          { path: 'pay/CODEOWNERS', text: '* @alice\n' },
        ],
        versions: [
          {
            path: 'MENTORSHIP.md',
            commit: git(folder, ['rev-parse', 'main~1']),
            at: '2023-11-14T22:13:20.000Z',
            text: '# Plan\n',
          },
        ],
      });
      const fields = sink.histories
        .get(folder)
        ?.split('\x1e')
        .map(record => record.split('\x1f'));
      expect(
        fields?.map(([, , at, name, address]) => [at, name, address]),
      ).toEqual([
        [undefined, undefined, undefined],
        ['1700000000', 'Alice', 'alice@example.com'],
        ['1700086400', 'Ben', 'ben@example.com'],
      ]);
      expect(fields?.[2][5]).toBe('Cy <cy@example.com>');
      expect([...sink.endings]).toEqual([[folder, undefined]]);
    },
  );

  it('finds a repository without a commit, and nothing in it', async () => {
    const folder = makeRepository(fresh('empty'), []);

    const sink = await collect([inFolder(folder)]);

    expect(sink.failures.size).toBe(0);
    expect(sink.evidence.get(folder)).toMatchObject({ paths: [], files: [] });
    expect(sink.evidence.get(folder)?.commit).toBeUndefined();
    expect([...sink.endings]).toEqual([[folder, undefined]]);
  });

  it('says why a folder cannot be read, and reads the others', async () => {
    const good = makeRepository(fresh('good'), COMMITS);
    const missing = join(root, 'nowhere');
    const plain = fresh('plain');
    mkdirSync(plain, { recursive: true });
    const corrupt = makeRepository(fresh('corrupt'), COMMITS);
    rmSync(join(corrupt, '.git', 'objects'), { recursive: true });
    mkdirSync(join(corrupt, '.git', 'objects'));

    const sink = await collect([
      inFolder(missing, 'missing'),
      inFolder(plain, 'plain'),
      inFolder(corrupt, 'corrupt'),
      inFolder(good, 'good'),
    ]);

    expect([...sink.evidence.keys()]).toEqual([good]);
    expect(sink.failures.get(missing)).toBe(
      `the folder ${missing} does not exist or cannot be read`,
    );
    expect(sink.leftOut.get(plain)).toMatch('there is no git repository at');
    expect(sink.failures.get(corrupt)).toMatch('`git rev-parse` failed');
    expect(sink.evidence.has(corrupt)).toBe(false);
  });

  it('reads nothing outside the folders that the configuration opens', async () => {
    const outside = makeRepository(fresh('outside'), COMMITS);
    const opened = fresh('opened');
    mkdirSync(opened, { recursive: true });
    symlinkSync(outside, join(opened, 'link'));
    const services = [
      inFolder(outside),
      inFolder(join(opened, 'link'), 'link'),
    ];

    const closed = await collect(services, { localFolders: [] });
    expect(closed.evidence.size + closed.failures.size).toBe(0);
    expect(closed.leftOut.get(outside)).toMatch('mentorship.git.localFolders');

    const sink = await collect(services, { localFolders: [opened] });
    expect(sink.evidence.size + sink.failures.size).toBe(0);
    expect([...sink.leftOut.keys()]).toEqual([outside, join(opened, 'link')]);
  });

  it('starts nothing that a repository asks for, and changes nothing in it', async () => {
    const folder = makeRepository(fresh('hostile'), COMMITS);
    const mark = fresh('mark');
    mkdirSync(join(mark, '..'), { recursive: true });
    const program = programDoing('').replace(/git$/, 'evil');
    writeFileSync(program, `#!/bin/sh\ntouch ${mark}\ncat\n`);
    chmodSync(program, 0o755);
    for (const [key, value] of [
      ['core.fsmonitor', program],
      ['core.pager', program],
      ['pager.log', program],
      ['gpg.program', program],
      ['log.showSignature', 'true'],
      ['diff.external', program],
      ['diff.evil.textconv', program],
      ['core.sshCommand', program],
      ['remote.origin.url', `ext::${program}`],
      ['remote.origin.promisor', 'true'],
      ['extensions.partialClone', 'origin'],
    ]) {
      git(folder, ['config', key, value]);
    }
    writeFileSync(join(folder, '.git', 'info', 'attributes'), '* diff=evil\n');
    const before = readdirSync(join(folder, '.git'), { recursive: true });

    const sink = await collect([inFolder(folder)]);

    expect(sink.evidence.get(folder)?.paths).toHaveLength(4);
    expect(sink.endings.get(folder)).toBeUndefined();
    expect(readdirSync(join(mark, '..'))).toEqual([]);
    expect(readdirSync(join(folder, '.git'), { recursive: true })).toEqual(
      before,
    );
  });

  it('takes file names and contents as they are', async () => {
    const large = 'x'.repeat(1024 * 1024 + 1);
    const folder = makeRepository(fresh('odd'), [
      {
        author: ALICE,
        at: 1_700_000_000,
        files: {
          'a b ü.md': '\uFEFFtext',
          '--evil.md': 'dash',
          'line\nbreak.md': 'never read',
          'latin.md': Buffer.from([0x66, 0xfc, 0x72]),
          'large.md': large,
          'empty.md': '',
        },
      },
    ]);

    const sink = await collect([inFolder(folder)]);

    expect(
      Object.fromEntries(
        sink.evidence
          .get(folder)!
          .files.map(file => [file.path, file.text ?? file.failure]),
      ),
    ).toEqual({
      'a b ü.md': '\uFEFFtext',
      '--evil.md': 'dash',
      'line\nbreak.md': 'not read, because its name holds a line break',
      'latin.md': 'f\uFFFDr',
      'large.md': 'larger than 1048576 bytes',
      'empty.md': '',
    });
  });

  it('follows symbolic links inside the repository only', async () => {
    const folder = makeRepository(fresh('links'), COMMITS);
    symlinkSync('pay/CODEOWNERS', join(folder, 'CODEOWNERS'));
    symlinkSync('/etc/passwd', join(folder, 'OWNERS'));
    symlinkSync('gone', join(folder, 'README.md'));
    git(folder, ['reset', '--quiet']);
    git(folder, ['add', 'CODEOWNERS', 'OWNERS', 'README.md']);
    git(folder, [
      ...['-c', 'user.name=A', '-c', 'user.email=a@example.com'],
      ...['commit', '--quiet', '-m', 'Link'],
    ]);

    const sink = await collect([inFolder(folder)]);

    const files = new Map(
      sink.evidence.get(folder)!.files.map(file => [file.path, file]),
    );
    expect(files.get('CODEOWNERS')).toEqual({
      path: 'CODEOWNERS',
      text: '* @alice\n',
    });
    for (const path of ['OWNERS', 'README.md']) {
      expect(files.get(path)).toEqual({
        path,
        failure: 'a symbolic link that leads nowhere in here',
      });
    }
  });

  it('tells a history that was cut short from a short one', async () => {
    const folder = makeRepository(fresh('cut'), COMMITS);
    const program = programDoing(
      'case "$*" in *--topo-order*) git "$@" | head -c 60; kill -9 $$;; esac',
    );

    const sink = await collect([inFolder(folder)], { program });

    expect(sink.evidence.has(folder)).toBe(true);
    expect(sink.histories.get(folder)).toHaveLength(60);
    expect(sink.endings.get(folder)).toBe('`git log` was ended by SIGKILL');
  });

  const MOVED: Commit = {
    author: ALICE,
    at: 1_700_100_000,
    files: {
      'src/other.ts': `${'line\n'.repeat(40)}more\n`,
    },
  };
  it.each<[string, string, RegExp]>([
    ['a shallow clone', '--depth=1', /unshallow/],
    ['a partial clone', '--filter=blob:none', /--no-filter/],
    ['a clone without trees', '--filter=tree:0', /not a tree object/],
    ['a whole clone', '--mirror', /^nothing$/],
  ])('says of %s what is missing, and fetches nothing', async (_, how, why) => {
    const origin = makeRepository(fresh('origin'), [
      {
        author: ALICE,
        at: 1_700_000_000,
        files: { 'src/main.ts': 'line\n'.repeat(40) },
      },
    ]);
    addCommits(origin, [{ ...MOVED, removed: ['src/main.ts'] }]);
    git(origin, ['config', 'uploadpack.allowFilter', 'true']);
    const clone = fresh('clone');
    git(root, ['clone', '--quiet', '--bare', how, `file://${origin}`, clone]);
    const before = git(clone, ['count-objects', '-v']);

    const sink = await collect([inFolder(clone)]);

    expect(
      sink.failures.get(clone) ?? sink.endings.get(clone) ?? 'nothing',
    ).toMatch(why);
    expect(git(clone, ['count-objects', '-v'])).toBe(before);
  });

  it('reads earlier versions of files under the names that they had', async () => {
    const folder = makeRepository(fresh('versions'), [
      {
        author: ALICE,
        at: 1_700_000_000,
        files: { 'docs/team.md': 'one\n'.repeat(30) },
      },
      {
        author: ALICE,
        at: 1_700_100_000,
        files: { 'MENTORSHIP.md': `${'one\n'.repeat(30)}two\n` },
        removed: ['docs/team.md'],
      },
      {
        author: ALICE,
        at: 1_700_200_000,
        files: { 'src/main.ts': 'elsewhere\n' },
      },
    ]);
    const commits = git(folder, ['log', '--format=%H']).split('\n');

    const first = await collect([inFolder(folder)]);

    const versions = first.evidence.get(folder)!.versions!;
    expect(versions).toEqual([
      {
        path: 'MENTORSHIP.md',
        commit: commits[1],
        at: '2023-11-16T02:00:00.000Z',
        text: `${'one\n'.repeat(30)}two\n`,
      },
      {
        path: 'MENTORSHIP.md',
        pathThen: 'docs/team.md',
        commit: commits[2],
        at: '2023-11-14T22:13:20.000Z',
        text: 'one\n'.repeat(30),
      },
    ]);

    // What was kept is used again as long as no commit touches the files.
    const again = new RememberingSink();
    const kept = { ...first.evidence.get(folder)!, commit: commits[1] };
    kept.versions = versions.map(each => ({ ...each, text: 'kept' }));
    again.lastGoods.set(folder, kept);
    await collect([inFolder(folder)], { sink: again });
    expect(again.evidence.get(folder)!.versions).toEqual(kept.versions);

    addCommits(folder, [
      { author: ALICE, at: 1_700_300_000, files: { 'MENTORSHIP.md': 'new\n' } },
    ]);
    await collect([inFolder(folder)], { sink: again });
    expect(
      again.evidence.get(folder)!.versions!.map(({ text }) => text?.length),
    ).toEqual([4, 124, 120]);
  });

  it('says where earlier versions are not known, and takes the rest', async () => {
    const origin = makeRepository(fresh('cut-versions'), [
      { author: ALICE, at: 1_700_000_000, files: { 'MENTORSHIP.md': 'one\n' } },
      { author: ALICE, at: 1_700_100_000, files: { 'MENTORSHIP.md': 'two\n' } },
    ]);
    const clone = fresh('clone');
    git(root, [
      ...['clone', '--quiet', '--bare', '--depth=1'],
      ...[`file://${origin}`, clone],
    ]);

    const shallow = await collect([inFolder(clone)]);
    const program = programDoing(
      'case "$*" in *--first-parent*) echo "fatal: no" >&2; exit 128;; esac',
    );
    const failed = await collect([inFolder(origin)], { program });

    expect(
      shallow.evidence.get(clone)!.versions!.map(({ text, failure }) => ({
        text,
        failure,
      })),
    ).toEqual([
      { text: 'two\n', failure: undefined },
      {
        text: undefined,
        failure: 'older commits were left out when it was cloned',
      },
    ]);
    expect(failed.evidence.get(origin)!.versions).toEqual([
      {
        path: 'MENTORSHIP.md',
        commit: git(origin, ['rev-parse', 'main']),
        at: '',
        failure: '`git log` failed with status 128: no',
      },
    ]);
    expect(failed.evidence.get(origin)!.failure).toBeUndefined();
  });

  it('does not take an unborn branch for an empty repository', async () => {
    const folder = makeRepository(fresh('unborn'), COMMITS);
    git(folder, ['symbolic-ref', 'HEAD', 'refs/heads/unborn']);

    const sink = await collect([inFolder(folder)]);

    expect(sink.evidence.size).toBe(0);
    expect(sink.failures.get(folder)).toMatch('has no commit though others');
  });

  it('lists no submodule and no configuration of the repository', async () => {
    const folder = makeRepository(fresh('submodule'), COMMITS);
    git(folder, ['reset', '--quiet']);
    const link = `160000,${'12'.repeat(20)},vendored`;
    git(folder, ['update-index', '--add', '--cacheinfo', link]);
    git(folder, [
      ...['-c', 'user.name=A', '-c', 'user.email=a@example.com'],
      ...['commit', '--quiet', '-m', 'Vendor'],
    ]);
    const before = await collect([inFolder(folder)]);
    expect(before.evidence.get(folder)?.paths).toEqual([
      '.mailmap',
      'MENTORSHIP.md',
      'pay/CODEOWNERS',
      'src/main.ts',
    ]);

    const mailmap = join(folder, '.git', 'mailmap');
    writeFileSync(mailmap, 'Nobody <alice@example.com>\n');
    for (const [key, value] of [
      ['mailmap.file', mailmap],
      ['diff.renames', 'false'],
      ['diff.orderFile', mailmap],
      ['color.ui', 'always'],
      ['i18n.logOutputEncoding', 'UTF-16'],
      ['trailer.separators', '#'],
      ['log.follow', 'true'],
    ]) {
      git(folder, ['config', key, value]);
    }
    git(folder, ['replace', 'main', 'main~1']);

    const sink = await collect([inFolder(folder)]);
    expect(sink.histories.get(folder)).toBe(before.histories.get(folder));
  });

  it('gives up a git that takes too long, with all its helpers', async () => {
    const folder = makeRepository(fresh('slow'), COMMITS);
    const program = programDoing(
      'case "$*" in *ls-tree*) sleep 600 & sleep 600;; esac',
    );

    const sink = await collect([inFolder(folder)], { program, timeoutMs: 500 });

    // On a busy machine a command before it may take as long.
    expect(sink.failures.get(folder)).toMatch(
      /^`git [a-z-]+` took longer than 0\.5 s$/,
    );
  });

  it('stops when the run is given up', async () => {
    const folder = makeRepository(fresh('stopped'), COMMITS);
    const program = programDoing('case "$*" in *ls-tree*) sleep 600;; esac');
    const given = new AbortController();
    const collecting = collect([inFolder(folder)], {
      program,
      signal: given.signal,
    });
    given.abort(new Error('shut down'));

    await expect(collecting).rejects.toThrow('shut down');
  });

  it('passes on what the sink throws', async () => {
    const folder = makeRepository(fresh('trap'), COMMITS);
    const sink = new RememberingSink();
    sink.put = async () => {
      throw new Error('the core broke down');
    };

    await expect(collect([inFolder(folder)], { sink })).rejects.toThrow(
      'the core broke down',
    );
  });
});

describe('GitEvidenceSource on code hosts', () => {
  const folder = join(root, 'host');
  const repository = join(folder, 'org', 'pay.git');
  let server: GitServer;
  let tip: string;
  let count_ = 0;
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
    count_ += 1;
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
      directory: join(root, `copies-${count_}`),
      integrations: {
        github: [{ host: server.host, apiBaseUrl: server.address }],
      },
      ...options,
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
    const copies = () => join(root, `copies-${count_}`);
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
