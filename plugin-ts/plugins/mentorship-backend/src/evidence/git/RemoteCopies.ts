import { CopiesFolder, digest, type CopyFolder } from './CopiesFolder';
import { GitError, type Git } from './Git';
import type { HostAccess } from './HostCredentials';
import { GitRepository } from './GitRepository';

const MOST_BYTES = 1024 * 1024;
const ANSWER_MS = 30_000;

/** A repository on a code host. */
interface Remote {
  /** The address that git is given. */
  url: string;
  access?: HostAccess;
}

/** One revision in the copy of a remote repository. */
export interface CopiedRevision {
  gitDirectory: string;
  /** The reference in the copy. */
  reference: string;
  /** Why the copy could not be brought up to date; it is stale then. */
  failure?: string;
}

/**
 * Keeps bare copies of remote repositories: only the revisions that services
 * name, and these whole. A copy without file contents would be smaller, but
 * renames are found by comparing contents, so the history would fetch them one
 * after the other.
 */
export class RemoteCopies {
  private readonly folder: CopiesFolder;

  constructor(
    private readonly git: Git,
    options: {
      directory: string;
      timeoutMs: number;
      keepUnusedCopiesMs: number;
    },
  ) {
    this.folder = new CopiesFolder(options.directory, {
      waitMs: options.timeoutMs,
      keepUnusedMs: options.keepUnusedCopiesMs,
    });
  }

  /**
   * Reads the one copy of a repository, alone. `key` is equal for all addresses
   * of the repository, `url` is the one to ask, and `access` what its host is told.
   */
  async use(
    { key, ...remote }: { key: string } & Remote,
    signal: AbortSignal,
    read: (copy: RemoteCopy) => Promise<void>,
  ): Promise<void> {
    await this.folder.use(key, signal, folder =>
      read(new RemoteCopy(this.git, this.folder, folder, remote)),
    );
  }

  /** Removes copies of repositories that no service has named for long. */
  removeUnused(signal: AbortSignal): Promise<number> {
    return this.folder.removeUnused(signal);
  }
}

/** The copy of one remote repository, while nobody else uses it. */
export class RemoteCopy {
  readonly gitDirectory: string;
  readonly signal: AbortSignal;
  private branches: Promise<'none' | 'no default' | 'some'> | undefined;

  constructor(
    private readonly git: Git,
    private readonly copies: CopiesFolder,
    private readonly folder: CopyFolder,
    private readonly remote: Remote,
  ) {
    this.gitDirectory = folder.gitDirectory;
    this.signal = folder.signal;
  }

  /**
   * A revision, of the default branch where none is given, brought up to date
   * where that is possible; absent where the repository has no commit at all.
   *
   * @throws GitError where it cannot be reached and there is no older copy.
   */
  async revision(
    revision: string | undefined,
  ): Promise<CopiedRevision | undefined> {
    const { gitDirectory } = this.folder;
    const reference = `refs/mentorship/${
      revision === undefined ? 'default' : digest(revision)
    }`;
    try {
      const wanted = `+${checked(revision) ?? 'HEAD'}:${reference}`;
      this.branches ??= this.askForBranches();
      const branches = await this.branches;
      if (branches === 'none') {
        return undefined;
      }
      if (branches === 'no default' && revision === undefined) {
        throw new GitError(NO_DEFAULT, null);
      }
      if (this.folder.suspect && !(await this.isSound())) {
        await this.copyAnew(wanted);
      } else {
        await this.bringUpToDate(wanted);
      }
      this.folder.suspect = false;
      await this.copies.clear(this.folder);
      return { gitDirectory, reference };
    } catch (thrown) {
      const error = explained(thrown);
      if (!(error instanceof GitError) || !(await this.holds(reference))) {
        throw error;
      }
      return { gitDirectory, reference, failure: error.message };
    }
  }

  /** Reading the copy failed: it is checked before it is used again. */
  async suspect(): Promise<void> {
    await this.copies.suspect(this.folder);
  }

  private async askForBranches(): Promise<'none' | 'no default' | 'some'> {
    const { url, access } = this.remote;
    const ask = (what: string[]) =>
      this.git.output(['ls-remote', ...what], {
        signal: this.signal,
        protocols: 'https:http',
        access,
        mostBytes: MOST_BYTES,
      });
    if ((await ask(['--', url, 'HEAD'])).length > 0) {
      return 'some';
    }
    if ((await ask(['--heads', '--', url])).length > 0) {
      return 'no default';
    }
    await requireGitHost(this.remote, this.signal);
    return 'none';
  }

  private async holds(reference: string): Promise<boolean> {
    try {
      const repository = new GitRepository(this.git, this.folder.gitDirectory);
      return (await repository.commit(reference, this.signal)) !== undefined;
    } catch {
      this.signal.throwIfAborted();
      return false;
    }
  }

  /** A crash or a full disk may have left a copy that git cannot go on with. */
  private async bringUpToDate(wanted: string): Promise<void> {
    const { gitDirectory } = this.folder;
    try {
      await this.fetch(gitDirectory, wanted);
    } catch (error) {
      this.signal.throwIfAborted();
      if (await this.isSound()) {
        throw error;
      }
      await this.copyAnew(wanted);
    }
  }

  private async copyAnew(wanted: string): Promise<void> {
    await this.copies.replace(this.folder, fresh => this.fetch(fresh, wanted));
  }

  /** Whether everything is there that the copy's references lead to. */
  private async isSound(): Promise<boolean> {
    const { gitDirectory } = this.folder;
    try {
      await this.git.output(
        [
          ...['-c', `safe.directory=${gitDirectory}`],
          `--git-dir=${gitDirectory}`,
          ...['fsck', '--connectivity-only', '--no-dangling', '--no-progress'],
        ],
        { signal: this.signal, mostBytes: MOST_BYTES },
      );
      return true;
    } catch {
      this.signal.throwIfAborted();
      return false;
    }
  }

  private async fetch(gitDirectory: string, wanted: string): Promise<void> {
    const here = ['-c', `safe.directory=${gitDirectory}`];
    const command = { signal: this.signal, mostBytes: MOST_BYTES };
    await this.git.output(
      [...here, 'init', '--quiet', '--bare', '--template=', '--', gitDirectory],
      command,
    );
    await this.git.output(
      [
        ...here,
        `--git-dir=${gitDirectory}`,
        ...['fetch', '--quiet', '--no-tags', '--no-write-fetch-head'],
        ...['--', this.remote.url, wanted],
      ],
      { ...command, protocols: 'https:http', access: this.remote.access },
    );
  }
}

/** What git says where a host wants to know who asks, or does not take the answer. */
const REFUSED =
  /could not read (Username|Password)|Authentication failed|returned error: 40[13]|not found/;

function explained(error: unknown): unknown {
  return error instanceof GitError && REFUSED.test(error.message)
    ? new GitError(
        `${error.message}; it is not there, or the credentials of \`integrations\` may not read it`,
        error.exitCode,
      )
    : error;
}

const NO_DEFAULT =
  'its default branch has no commit though other branches have; set the default branch, or name one in the source location';

/** A revision comes from the catalog and must not read as anything else. */
function checked(revision: string | undefined): string | undefined {
  if (revision !== undefined && !/^\w[\w./-]*$/.test(revision)) {
    throw new GitError(
      `\`${revision.slice(
        0,
        100,
      )}\` is not the name of a branch, tag or commit`,
      null,
    );
  }
  return revision;
}

/**
 * Git takes any answer that it does not understand, a page that asks to sign in
 * for example, for a repository without references. That must not read as an
 * empty repository, which is a fact about the services in it.
 */
async function requireGitHost(
  { url, access }: Remote,
  signal: AbortSignal,
): Promise<void> {
  const response = await fetch(
    `${url.replace(/\/+$/, '')}/info/refs?service=git-upload-pack`,
    {
      redirect: 'error',
      ...(access && { headers: { Authorization: access.authorization } }),
      signal: AbortSignal.any([signal, AbortSignal.timeout(ANSWER_MS)]),
    },
  ).catch(() => undefined);
  signal.throwIfAborted();
  await response?.body?.cancel();
  if (
    response?.headers.get('Content-Type') !==
    'application/x-git-upload-pack-advertisement'
  ) {
    throw new GitError('the host did not answer as a git host does', null);
  }
}
