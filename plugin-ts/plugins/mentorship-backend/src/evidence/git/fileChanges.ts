import { GitError } from './Git';

/** A commit that changed a file. */
export interface FileChange {
  commit: string;
  /** The commit before it on the main line; absent for the first one. */
  before?: string;
  /** Author time in seconds since 1970. */
  time: number;
  /** What it left; absent where it removed the file. */
  left?: { mode: string; id: string };
  /** Whether there was no such file before. */
  added: boolean;
  /** The path then. */
  path: string;
}

/**
 * Understands what `git log --raw -z --format=%x1e%H%x1f%P%x1f%at` prints, chunk by
 * chunk, and keeps the changes of some files, in the order in which they come.
 */
export class FileChanges {
  readonly found: FileChange[] = [];
  private rest = Buffer.alloc(0);
  private head: Pick<FileChange, 'commit' | 'before' | 'time'> | undefined;
  /** What was said of the file whose path comes next. */
  private entry: string | undefined;

  constructor(private readonly paths: ReadonlySet<string>) {}

  /** @throws GitError where it is something else. */
  push(chunk: Buffer): void {
    const known = Buffer.concat([this.rest, chunk]);
    const end = known.lastIndexOf(0) + 1;
    // Behind the last NUL nothing has ended yet.
    for (const field of known
      .toString('utf8', 0, end)
      .split('\0')
      .slice(0, -1)) {
      this.take(field);
    }
    this.rest = known.subarray(end);
  }

  private take(field: string): void {
    const { head, entry } = this;
    if (entry !== undefined && head) {
      this.entry = undefined;
      if (this.paths.has(field)) {
        const [, mode, , id, status] = entry.slice(1).split(' ');
        this.found.push({
          ...head,
          ...(status !== 'D' && { left: { mode, id } }),
          added: status === 'A',
          path: field,
        });
      }
      return;
    }
    const begun = field.replace(/^\n+/, '');
    if (begun.startsWith('\x1e')) {
      const [commit, parents = '', time] = begun.slice(1).split('\x1f');
      const before = parents.split(' ').find(Boolean);
      this.head = { commit, ...(before && { before }), time: Number(time) };
    } else if (begun.startsWith(':') && head) {
      this.entry = begun;
    } else if (begun !== '') {
      throw new GitError('`git log` printed what it should not', null);
    }
  }
}
