import { createHash } from 'crypto';
import { mkdir } from 'fs/promises';
import { join } from 'path';
import { GitError, type Git } from './Git';
import { GitRepository } from './GitRepository';

const MOST_BYTES = 1024 * 1024;
const ANSWER_MS = 30_000;

/** A copy of one revision of a remote repository. */
export interface RemoteCopy {
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
  constructor(private readonly git: Git, private readonly directory: string) {}

  /**
   * The copy of a revision, of the default branch where none is given, brought
   * up to date where that is possible; absent where the repository has no commit
   * at all.
   *
   * @throws GitError where it cannot be reached and there is no older copy.
   */
  async get(
    url: string,
    revision: string | undefined,
    signal: AbortSignal,
  ): Promise<RemoteCopy | undefined> {
    const gitDirectory = join(this.directory, `${digest(url)}.git`);
    const reference = `refs/mentorship/${
      revision === undefined ? 'default' : digest(revision)
    }`;
    try {
      if (await this.isEmpty(url, signal)) {
        return undefined;
      }
      await this.fetch(
        url,
        `+${checked(revision) ?? 'HEAD'}:${reference}`,
        gitDirectory,
        signal,
      );
      return { gitDirectory, reference };
    } catch (error) {
      if (
        !(error instanceof GitError) ||
        !(await this.holds(gitDirectory, reference, signal))
      ) {
        throw error;
      }
      return { gitDirectory, reference, failure: error.message };
    }
  }

  private async isEmpty(url: string, signal: AbortSignal): Promise<boolean> {
    const references = await this.git.output(['ls-remote', '--', url, 'HEAD'], {
      signal,
      protocols: 'https:http',
      mostBytes: MOST_BYTES,
    });
    if (references.length > 0) {
      return false;
    }
    await requireGitHost(url, signal);
    return true;
  }

  private async holds(
    gitDirectory: string,
    reference: string,
    signal: AbortSignal,
  ): Promise<boolean> {
    try {
      await new GitRepository(this.git, gitDirectory).commit(reference, signal);
      return true;
    } catch {
      signal.throwIfAborted();
      return false;
    }
  }

  private async fetch(
    url: string,
    wanted: string,
    gitDirectory: string,
    signal: AbortSignal,
  ): Promise<void> {
    await mkdir(this.directory, { recursive: true, mode: 0o700 });
    const here = ['-c', `safe.directory=${gitDirectory}`];
    const command = { signal, mostBytes: MOST_BYTES };
    await this.git.output(
      [...here, 'init', '--quiet', '--bare', '--template=', '--', gitDirectory],
      command,
    );
    await this.git.output(
      [
        ...here,
        `--git-dir=${gitDirectory}`,
        ...['fetch', '--quiet', '--no-tags', '--no-write-fetch-head'],
        ...['--', url, wanted],
      ],
      { ...command, protocols: 'https:http' },
    );
  }
}

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

function digest(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 40);
}

/**
 * Git takes any answer that it does not understand, a page that asks to sign in
 * for example, for a repository without references. That must not read as an
 * empty repository, which is a fact about the services in it.
 */
async function requireGitHost(url: string, signal: AbortSignal): Promise<void> {
  const response = await fetch(
    `${url.replace(/\/+$/, '')}/info/refs?service=git-upload-pack`,
    {
      redirect: 'error',
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
