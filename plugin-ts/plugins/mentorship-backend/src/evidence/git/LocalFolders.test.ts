import {
  chmodSync,
  mkdirSync,
  readdirSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'fs';
import { join } from 'path';
import {
  ALICE,
  collect,
  COMMITS,
  fresh,
  inFolder,
  programDoing,
  RememberingSink,
  root,
} from '../../__testUtils__/gitCollection';
import {
  addCommits,
  git,
  makeRepository,
  type Commit,
} from '../../__testUtils__/gitRepositories';

describe('repositories in local folders', () => {
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
    expect(sink.failures.get(missing)).toMatch(
      'the folder does not exist or cannot be read',
    );
    expect(sink.leftOut.get(plain)).toMatch('there is no git repository there');
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
          'line\nbreak.md': 'read by its object',
          'latin.md': Buffer.from([0x66, 0xfc, 0x72]),
          'MENTORSHIP.md': Buffer.from([0xff, 0xfe, 0x66, 0x00]),
          'replaced.md': 'f\uFFFDr',
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
          .files.map(({ path, ...content }) => [path, content]),
      ),
    ).toEqual({
      'a b ü.md': { text: '\uFEFFtext' },
      '--evil.md': { text: 'dash' },
      'line\nbreak.md': { text: 'read by its object' },
      'latin.md': { bytes: 'für' },
      'MENTORSHIP.md': { bytes: '\u00ff\u00fef\0' },
      'replaced.md': { text: 'f\uFFFDr' },
      'large.md': { failure: 'larger than 1048576 bytes' },
      'empty.md': { text: '' },
    });
    expect(sink.evidence.get(folder)!.versions).toMatchObject([
      { path: 'MENTORSHIP.md', bytes: '\u00ff\u00fef\0' },
    ]);
  });

  it('follows symbolic links inside the repository only', async () => {
    const folder = makeRepository(fresh('links'), COMMITS);
    symlinkSync('pay/CODEOWNERS', join(folder, 'CODEOWNERS'));
    symlinkSync('/etc/passwd', join(folder, 'OWNERS'));
    symlinkSync('gone', join(folder, 'README.md'));
    symlinkSync('pay/CODEOWNERS', join(folder, 'line\nbreak.md'));
    git(folder, ['reset', '--quiet']);
    git(folder, ['add', 'CODEOWNERS', 'OWNERS', '*.md']);
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
    expect(files.get('line\nbreak.md')).toEqual({
      path: 'line\nbreak.md',
      failure: 'not read, because the name of this link holds a line break',
    });
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
    ['a clone without trees', '--filter=tree:0', /folders .*--no-filter/],
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

  it('says what to do about a content that is gone', async () => {
    const folder = makeRepository(fresh('gone'), [
      {
        author: ALICE,
        at: 1_700_000_000,
        files: { 'src/main.ts': 'line\n'.repeat(40) },
      },
    ]);
    addCommits(folder, [{ ...MOVED, removed: ['src/main.ts'] }]);
    const gone = git(folder, ['rev-parse', 'main~1:src/main.ts']);
    rmSync(join(folder, '.git/objects', gone.slice(0, 2), gone.slice(2)));

    const sink = await collect([inFolder(folder)]);

    expect(sink.endings.get(folder)).toMatch(
      /unable to read .*a fresh clone brings it/,
    );
  });

  it('says of each file of a partial clone whether its content is there', async () => {
    const origin = makeRepository(fresh('origin'), [
      {
        author: ALICE,
        at: 1_700_000_000,
        files: {
          CODEOWNERS: '* @alice\n',
          'MENTORSHIP.md': 'long\n'.repeat(1000),
          OWNERS: 'short\n',
          'README.md': 'longer\n'.repeat(1000),
        },
      },
    ]);
    git(origin, ['config', 'uploadpack.allowFilter', 'true']);
    const clone = fresh('clone');
    git(root, [
      ...['clone', '--quiet', '--bare', '--filter=blob:limit=1k'],
      ...[`file://${origin}`, clone],
    ]);

    const sink = await collect([inFolder(clone)]);

    const failure = 'git does not have its content';
    const { files, versions } = sink.evidence.get(clone)!;
    expect(files).toEqual([
      { path: 'CODEOWNERS', text: '* @alice\n' },
      { path: 'MENTORSHIP.md', failure },
      { path: 'OWNERS', text: 'short\n' },
      { path: 'README.md', failure },
    ]);
    expect(versions).toMatchObject([{ path: 'MENTORSHIP.md', failure }]);
  });

  it('reads many files, and of too large ones together the first', async () => {
    const read = async (name: string, count: number, content: string) => {
      const files = Object.fromEntries(
        Array.from({ length: count }, (_, n) => [`plan-${n}.md`, content]),
      );
      const folder = makeRepository(fresh(name), [
        { author: ALICE, at: 1_700_000_000, files },
      ]);
      const sink = await collect([inFolder(folder)]);
      return sink.evidence.get(folder)!.files;
    };
    const many = await read('many', 6_000, 'plan\n');
    expect(many.filter(({ text }) => text === 'plan\n')).toHaveLength(6_000);

    const large = await read('large', 50, 'a'.repeat(1024 * 1024));
    expect(large.filter(({ text }) => text !== undefined)).toHaveLength(48);
    expect(large[49]).toEqual({
      path: 'plan-9.md',
      failure: 'not read, because 50331648 bytes of this repository were',
    });
  }, 60_000);

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
