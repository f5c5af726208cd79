import { GitError, type Git, type GitCommand } from './Git';

/** What a short answer has at most. */
const MEGABYTE = 1024 * 1024;

/** Git on one repository of this machine, bare or not. */
export class RepositoryGit {
  constructor(
    private readonly git: Git,
    private readonly gitDirectory: string,
  ) {}

  /** See {@link Git.output}. */
  output(
    args: string[],
    command: GitCommand & { mostBytes: number },
  ): Promise<Buffer> {
    return this.git.output([...this.here(), ...args], command);
  }

  /** See {@link Git.stream}. */
  stream(
    args: string[],
    command: GitCommand,
    take: (chunk: Buffer) => void | Promise<void>,
  ): Promise<void> {
    return this.git.stream([...this.here(), ...args], command, take);
  }

  /** What git answers in a few words. */
  async text(args: string[], signal: AbortSignal): Promise<string> {
    const answer = await this.output(args, { signal, mostBytes: MEGABYTE });
    return answer.toString();
  }

  /** What git answers to a question; `undefined` where it says no. */
  async answer(
    args: string[],
    signal: AbortSignal,
  ): Promise<string | undefined> {
    try {
      return (await this.text(args, signal)).trim();
    } catch (error) {
      if (error instanceof GitError && error.exitCode === 1) {
        return undefined;
      }
      throw error;
    }
  }

  /**
   * Whether an error is git's, of a repository that lacks objects because it was
   * cloned without them.
   */
  async isOfPartialClone(
    error: unknown,
    signal: AbortSignal,
  ): Promise<boolean> {
    return (
      error instanceof GitError &&
      error.exitCode !== null &&
      (await this.answer(['config', '--get-regexp', PROMISES], signal)) !==
        undefined
    );
  }

  /**
   * `--bare` leaves the work tree out of it: what counts is what is committed,
   * and a mailmap is read from the commit in every kind of repository.
   */
  private here(): string[] {
    return [
      ...['-c', `safe.directory=${this.gitDirectory}`],
      `--git-dir=${this.gitDirectory}`,
      '--bare',
    ];
  }
}

/** The settings by which git knows that somebody else has what is missing. */
const PROMISES =
  '^(remote\\..*\\.(promisor|partialclonefilter)|extensions\\.partialclone)$';
