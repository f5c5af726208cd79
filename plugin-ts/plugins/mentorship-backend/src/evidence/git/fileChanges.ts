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
 * Understands what `git log --raw -z --format=%x1e%H%x1f%P%x1f%at` prints.
 *
 * @throws GitError where it is something else.
 */
export function readChanges(printed: string): FileChange[] {
  const changes: FileChange[] = [];
  let head: Pick<FileChange, 'commit' | 'before' | 'time'> | undefined;
  const fields = printed.split('\0').map(field => field.replace(/^\n+/, ''));
  for (let at = 0; at < fields.length; at++) {
    const field = fields[at];
    if (field.startsWith('\x1e')) {
      const [commit, parents = '', time] = field.slice(1).split('\x1f');
      const before = parents.split(' ').find(Boolean);
      head = { commit, ...(before && { before }), time: Number(time) };
    } else if (field.startsWith(':') && head && at + 1 < fields.length) {
      const [, mode, , id, status] = field.slice(1).split(' ');
      at += 1;
      changes.push({
        ...head,
        ...(status !== 'D' && { left: { mode, id } }),
        added: status === 'A',
        path: fields[at],
      });
    } else if (field !== '') {
      throw new GitError('`git log` printed what it should not', null);
    }
  }
  return changes;
}
