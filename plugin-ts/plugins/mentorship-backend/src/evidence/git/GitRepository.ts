import type {
  EvidenceFile,
  FileVersion,
} from 'backstage-plugin-mentorship-common';
import { Contents } from './Contents';
import { FileVersions } from './FileVersions';
import { GitError, type Git } from './Git';
import { RepositoryGit } from './RepositoryGit';
import { Tree } from './Tree';

const LARGEST_LISTING = 256 * 1024 * 1024;

/** Reads a repository on this machine, bare or not, and never writes to it. */
export class GitRepository {
  private readonly git: RepositoryGit;
  private readonly contents: Contents;
  private readonly fileVersions: FileVersions;

  constructor(git: Git, gitDirectory: string) {
    this.git = new RepositoryGit(git, gitDirectory);
    this.contents = new Contents(this.git);
    this.fileVersions = new FileVersions(this.git, this.contents);
  }

  /**
   * The commit that a reference names; `undefined` in a repository without any
   * commit.
   *
   * @throws GitError where the reference cannot be read, and where only other
   * branches have commits.
   */
  async commit(
    reference: string,
    signal: AbortSignal,
  ): Promise<string | undefined> {
    try {
      const commit = await this.git.text(
        ['rev-parse', '--quiet', '--verify', `${reference}^{commit}`],
        signal,
      );
      return commit.trim();
    } catch (error) {
      if (await this.isUnborn(reference, signal)) {
        if (await this.hasBranches(signal)) {
          throw new GitError(UNBORN, null);
        }
        return undefined;
      }
      throw error;
    }
  }

  /** The files of a commit. */
  async tree(commit: string, signal: AbortSignal): Promise<Tree> {
    try {
      const entries = await this.git.output(
        ['ls-tree', '-r', '-z', commit, '--'],
        { signal, mostBytes: LARGEST_LISTING },
      );
      return new Tree(commit, entries);
    } catch (error) {
      const isPartial = await this.git.isOfPartialClone(error, signal);
      throw isPartial ? new GitError(TREELESS, null) : error;
    }
  }

  /** Contents of files, in the order asked for; symbolic links are followed inside. */
  async files(
    tree: Tree,
    paths: string[],
    signal: AbortSignal,
  ): Promise<EvidenceFile[]> {
    return this.contents.ofFiles(tree, paths, signal);
  }

  /**
   * The history stream that the core reads, chunk by chunk while git writes it:
   * what came after `since`, and everything where it is absent.
   *
   * @throws GitError where it was cut short.
   */
  async history(
    { commit, since }: { commit: string; since?: string },
    signal: AbortSignal,
    take: (chunk: Buffer) => Promise<void>,
  ): Promise<void> {
    if (await this.isShallow(signal)) {
      throw new GitError(SHALLOW, null);
    }
    try {
      await this.git.stream(
        [
          ...['-c', `mailmap.blob=${commit}:.mailmap`],
          ...HISTORY_COMMAND,
          since === undefined ? commit : `${since}..${commit}`,
          '--',
        ],
        { signal },
        take,
      );
    } catch (error) {
      const isPartial = await this.git.isOfPartialClone(error, signal);
      throw isPartial ? new GitError(PARTIAL, null) : explained(error);
    }
  }

  /** See {@link FileVersions.of}. */
  async versions(
    commit: string,
    paths: string[],
    signal: AbortSignal,
  ): Promise<FileVersion[]> {
    if (paths.length === 0) {
      return [];
    }
    const isShallow = await this.isShallow(signal);
    return this.fileVersions.of(commit, paths, { isShallow, signal });
  }

  /**
   * Those of the files that a commit of the main line after `older` touches; all of
   * them where `older` is gone or does not lie before.
   */
  async touched(
    paths: string[],
    older: string,
    newer: string,
    signal: AbortSignal,
  ): Promise<string[]> {
    if (older === newer || paths.length === 0) {
      return [];
    }
    if (!(await this.isAncestor(older, newer, signal))) {
      return paths;
    }
    const range = `${older}..${newer}`;
    const changes = await this.fileVersions.changes(range, paths, signal);
    return changes.map(({ path }) => path);
  }

  /** Text that changes with what a history depends on beside its commits. */
  async historyBasis(commit: string, signal: AbortSignal): Promise<string> {
    const mailmap = await this.git.answer(
      ['rev-parse', '--quiet', '--verify', `${commit}:.mailmap`],
      signal,
    );
    return `git ${HISTORY_COMMAND.join(' ')}\nmailmap ${mailmap ?? 'none'}`;
  }

  /** Whether a commit comes after another one; not where that one is gone. */
  async isAncestor(
    older: string,
    newer: string,
    signal: AbortSignal,
  ): Promise<boolean> {
    const isThere = await this.git.answer(
      ['rev-parse', '--quiet', '--verify', `${older}^{commit}`],
      signal,
    );
    return (
      isThere !== undefined &&
      (await this.git.answer(
        ['merge-base', '--is-ancestor', older, newer],
        signal,
      )) !== undefined
    );
  }

  private async isShallow(signal: AbortSignal): Promise<boolean> {
    return (
      (await this.git.text(['rev-parse', SHALLOW_QUESTION], signal)) !==
      'false\n'
    );
  }

  private async hasBranches(signal: AbortSignal): Promise<boolean> {
    const first = ['--count=1', 'refs/heads', 'refs/remotes'];
    return (await this.git.text(['for-each-ref', ...first], signal)) !== '';
  }

  /** Whether a reference points at a branch that has no commit yet. */
  private async isUnborn(
    reference: string,
    signal: AbortSignal,
  ): Promise<boolean> {
    try {
      const branch = await this.git.text(['symbolic-ref', reference], signal);
      await this.git.text(
        ['show-ref', '--verify', '--quiet', '--', branch.trim()],
        signal,
      );
      return false;
    } catch (error) {
      signal.throwIfAborted();
      // Of the two, only `show-ref` answers "no" with this status.
      return error instanceof GitError && error.exitCode === 1;
    }
  }
}

/** Design of the stream: see the core's `knowledge` module, which reads it. */
const HISTORY_FORMAT = [
  '%x1e%H',
  '%P',
  '%at',
  '%aN',
  '%aE',
  '%(trailers:key=Co-authored-by,valueonly,separator=%x1d)',
  '%(trailers:key=Reviewed-by,valueonly,separator=%x1d)',
].join('%x1f');

/** The settings and options of the stream. */
const HISTORY_COMMAND = [
  ...['-c', 'diff.renameLimit=100000', '-c', 'log.showRoot=true'],
  ...['log', '--reverse', '--topo-order', '-z', '--name-status', '-M50%'],
  `--format=${HISTORY_FORMAT}`,
];

/** Why a shallow clone tells nothing: the command line says the same. */
const SHALLOW =
  'older commits were left out when it was cloned, so the history tells nothing; `git fetch --unshallow` brings them (in CI: fetch depth 0)';
const SHALLOW_QUESTION = '--is-shallow-repository';

/** Why a partial clone tells nothing of who changed what. */
const PARTIAL =
  'file contents were left out when it was cloned, so renames cannot be found and the history tells nothing; `git fetch --refetch --no-filter` brings them';

/**
 * What to do about an object that is not there. The command line goes on with empty files
 * in its place and tells so; what is stored here is gone on from for years.
 */
const GONE =
  "this copy lacks a file's contents, so renames cannot be found and the history tells nothing; `git fsck` names what is gone, a fresh clone brings it";

function explained(error: unknown): unknown {
  return error instanceof GitError && error.message.includes('unable to read ')
    ? new GitError(`${error.message}; ${GONE}`, error.exitCode)
    : error;
}

/** Why a clone without folders tells nothing at all. */
const TREELESS =
  'folders were left out when it was cloned, so its files are not known; `git fetch --refetch --no-filter` brings them';

/** Why an unborn branch is not an empty repository. */
const UNBORN =
  'the branch that is checked out has no commit though others have; check one of them out (`git symbolic-ref HEAD refs/heads/<branch>`)';
