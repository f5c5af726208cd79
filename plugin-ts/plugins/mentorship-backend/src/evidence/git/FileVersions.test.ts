import {
  ALICE,
  collect,
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

describe('earlier versions of files', () => {
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

  it('reads the pasts of thousands of files, wherever they were', async () => {
    const numbers = Array.from({ length: 1_000 }, (_, n) => n);
    const plans = (folder: string, days: number) =>
      Object.fromEntries(
        numbers.map(n => [
          `${folder}/s${n}/MENTORSHIP.md`,
          `${`of ${n}\n`.repeat(30)}${days}\n`,
        ]),
      );
    const folder = makeRepository(fresh('many'), [
      { author: ALICE, at: 1_700_000_000, files: plans('services', 1) },
      {
        author: ALICE,
        at: 1_700_100_000,
        files: plans('teams', 1),
        removed: Object.keys(plans('services', 1)),
      },
      {
        author: ALICE,
        at: 1_700_200_000,
        files: plans('apps', 2),
        removed: Object.keys(plans('teams', 1)),
      },
    ]);
    const sink = new RememberingSink();
    sink.wantedVersions = async () => Object.keys(plans('apps', 2));

    await collect([inFolder(folder)], { sink });

    const versions = sink.evidence.get(folder)!.versions!;
    expect(versions).toHaveLength(3_000);
    expect(
      versions
        .filter(({ path }) => path === 'apps/s999/MENTORSHIP.md')
        .map(({ pathThen, at, text }) => [pathThen, at, text?.slice(0, 7)]),
    ).toEqual([
      [undefined, '2023-11-17T05:46:40.000Z', 'of 999\n'],
      ['teams/s999/MENTORSHIP.md', '2023-11-16T02:00:00.000Z', 'of 999\n'],
      ['services/s999/MENTORSHIP.md', '2023-11-14T22:13:20.000Z', 'of 999\n'],
    ]);
  }, 60_000);

  it('reads the same where all is too much, whenever it was read', async () => {
    const megabyte = (n: number) => `${n}\n${'a'.repeat(1024 * 1024 - 10)}`;
    const files = Object.fromEntries(
      Array.from({ length: 40 }, (_, n) => [`${10 + n}.md`, megabyte(n)]),
    );
    const folder = makeRepository(fresh('large'), [
      { author: ALICE, at: 1_700_000_000, files },
    ]);
    const wanting = () => {
      const sink = new RememberingSink();
      sink.wantedVersions = async () => Object.keys(files);
      return sink;
    };
    const first = wanting();
    await collect([inFolder(folder)], { sink: first });
    const known = first.evidence.get(folder)!;
    expect(known.versions!.filter(({ text }) => text)).toHaveLength(32);

    addCommits(folder, [
      { author: ALICE, at: 1_700_100_000, files: { '49.md': 'short\n' } },
    ]);
    const [again, anew] = [wanting(), wanting()];
    again.lastGoods.set(folder, known);
    await collect([inFolder(folder)], { sink: again });
    await collect([inFolder(folder)], { sink: anew });
    expect(again.evidence.get(folder)!.versions).toEqual(
      anew.evidence.get(folder)!.versions,
    );
  }, 60_000);

  it('asks for the past of those files alone that a commit touched', async () => {
    const write = (at: number, ...paths: string[]): Commit => ({
      author: ALICE,
      at,
      files: Object.fromEntries(paths.map(path => [path, `${at}\n`])),
    });
    const folder = makeRepository(fresh('pasts'), [
      write(1_700_000_000, 'a.md', 'b.md', 'c.md'),
    ]);
    class Wanting extends RememberingSink {
      async wantedVersions() {
        return ['a.md', 'b.md', 'c.md'];
      }
    }
    const first = await collect([inFolder(folder)], { sink: new Wanting() });
    const kept = first.evidence.get(folder)!;
    kept.versions = kept.versions!.map(each =>
      each.path === 'c.md'
        ? { ...each, text: undefined, failure: 'not read' }
        : { ...each, text: 'kept' },
    );

    addCommits(folder, [write(1_700_100_000, 'b.md')]);
    const again = new Wanting();
    again.lastGoods.set(folder, kept);
    await collect([inFolder(folder)], { sink: again });
    expect(
      again.evidence
        .get(folder)!
        .versions!.map(({ path, text }) => `${path} ${text?.trim()}`)
        .sort(),
    ).toEqual([
      'a.md kept',
      'b.md 1700000000',
      'b.md 1700100000',
      'c.md 1700000000',
    ]);
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
});
