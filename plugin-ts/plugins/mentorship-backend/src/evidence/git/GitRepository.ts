import type {
  EvidenceFile,
  FileVersion,
} from 'backstage-plugin-mentorship-common';
import { Contents, type Content } from './Contents';
import { GitError, type Git } from './Git';
import { RepositoryGit } from './RepositoryGit';
import { Tree } from './Tree';
import { readChanges, type FileChange } from './fileChanges';

const MEGABYTE = 1024 * 1024;
const LARGEST_LISTING = 256 * MEGABYTE;
const LARGEST_READING = 64 * MEGABYTE;

/** As many as the core reads of one file. */
const MOST_VERSIONS = 100;
/** Renames of one file that are followed. */
const MOST_RENAMES = 10;

/** Reads a repository on this machine, bare or not, and never writes to it. */
export class GitRepository {
  private readonly git: RepositoryGit;
  private readonly contents: Contents;

  constructor(git: Git, gitDirectory: string) {
    this.git = new RepositoryGit(git, gitDirectory);
    this.contents = new Contents(this.git);
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

  /**
   * The versions of files that commits of the main line left, those of each file
   * newest first. Renames are followed. What cannot be read, or is too much, says
   * so behind what was. The command line reads them alike.
   *
   * The main line is what first parents lead along: there a role holds from when
   * it was merged on, and a version follows from the one before it.
   */
  async versions(
    commit: string,
    paths: string[],
    signal: AbortSignal,
  ): Promise<FileVersion[]> {
    if (paths.length === 0) {
      return [];
    }
    const pasts = new Map<string, FilePast>();
    for (const change of await this.changes(commit, paths, signal)) {
      const past = pasts.get(change.path) ?? { changes: [] };
      past.changes.push(change);
      pasts.set(change.path, past);
    }
    const isShallow = await this.isShallow(signal);
    for (const past of pasts.values()) {
      await this.followRenames(past, signal);
      if (past.changes.length > MOST_VERSIONS) {
        past.changes.length = MOST_VERSIONS;
        past.cut = TOO_MANY;
      } else if (isShallow) {
        past.cut = LEFT_OUT;
      }
    }
    const contents = await this.contents.ofObjects(
      [...pasts.values()].flatMap(({ changes }) => changes.flatMap(fileLeft)),
      signal,
    );
    return [...pasts].flatMap(([path, { changes, cut }]) => {
      const versions = changes.map(change => version(path, change, contents));
      const oldest = versions.at(-1);
      return cut === undefined || !oldest
        ? versions
        : [
            ...versions,
            { ...oldest, text: undefined, bytes: undefined, failure: cut },
          ];
    });
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
    const changes = await this.changes(`${older}..${newer}`, paths, signal);
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

  /** The changes of files along the main line, newest first. */
  private async changes(
    range: string,
    paths: string[],
    signal: AbortSignal,
  ): Promise<FileChange[]> {
    const printed = await this.git.output(
      [...CHANGES_COMMAND, range, '--', ...paths],
      { signal, mostBytes: LARGEST_READING },
    );
    return readChanges(printed.toString());
  }

  /** Goes on under the earlier name where a file began as another one. */
  private async followRenames(
    past: FilePast,
    signal: AbortSignal,
  ): Promise<void> {
    for (let followed = 0; past.changes.length <= MOST_VERSIONS; followed++) {
      const oldest = past.changes.at(-1);
      const earlier = oldest && (await this.earlierName(oldest, signal));
      if (!oldest?.before || earlier === undefined) {
        return;
      }
      if (followed === MOST_RENAMES) {
        past.cut = RENAMED_TOO_OFTEN;
        return;
      }
      const changes = await this.changes(oldest.before, [earlier], signal);
      if (changes.length === 0) {
        return;
      }
      past.changes.push(...changes);
    }
  }

  /** The path that a change renamed the file from; `undefined` for a new file. */
  private async earlierName(
    { added, before, commit, path }: FileChange,
    signal: AbortSignal,
  ): Promise<string | undefined> {
    if (!added || before === undefined) {
      return undefined;
    }
    const printed = await this.git.output(
      [...RENAMES_COMMAND, before, commit],
      { signal, mostBytes: LARGEST_READING },
    );
    // `R<similarity> NUL from NUL to NUL`
    const fields = printed.toString().split('\0');
    for (let at = 0; at + 2 < fields.length; at += 3) {
      if (fields[at + 2] === path) {
        return fields[at + 1];
      }
    }
    return undefined;
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

const CHANGES_COMMAND = [
  ...['log', '--first-parent', '-m', '--raw', '--no-abbrev', '--no-renames'],
  ...['-z', '--format=%x1e%H%x1f%P%x1f%at'],
];
const RENAMES_COMMAND = [
  ...['-c', 'diff.renameLimit=10000', 'diff-tree', '-r', '-z', '-M50%'],
  ...['--diff-filter=R', '--name-status'],
];

/** Why nothing is known of what came before a version. */
const LEFT_OUT = 'older commits were left out when it was cloned';
const TOO_MANY = 'so many versions of a file are enough';
const RENAMED_TOO_OFTEN = 'the file was renamed too often';

/** What is known of one file's past. */
interface FilePast {
  /** Newest first. */
  changes: FileChange[];
  /** Why nothing before them is known. */
  cut?: string;
}

/** The object of the file that a change left, where it left one. */
function fileLeft({ left }: FileChange): string[] {
  return left?.mode.startsWith('100') ? [left.id] : [];
}

/** A version of the file that has `path` today. */
function version(
  path: string,
  change: FileChange,
  contents: Map<string, Content>,
): FileVersion {
  return {
    path,
    ...(change.path !== path && { pathThen: change.path }),
    commit: change.commit,
    at: new Date(change.time * 1000).toISOString(),
    // A commit that left no file gives neither a text nor a failure.
    ...(change.left &&
      (contents.get(change.left.id) ?? { failure: 'not a file' })),
  };
}

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
