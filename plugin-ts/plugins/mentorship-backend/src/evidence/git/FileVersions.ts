import type { FileVersion } from 'backstage-plugin-mentorship-common';
import {
  LARGEST_VERSIONS,
  NOT_A_FILE,
  TOO_MUCH,
  type Content,
  type Contents,
} from './Contents';
import { FileChanges, type FileChange } from './fileChanges';
import type { RepositoryGit } from './RepositoryGit';

const LARGEST_READING = 64 * 1024 * 1024;

/** As many as the core reads of one file. */
const MOST_VERSIONS = 100;
/** Renames of one file that are followed. */
const MOST_RENAMES = 10;
/**
 * So many files are named to git, which then looks at nothing else. It takes the longer
 * for each commit the more are named, and soon longer than it takes to tell of all.
 */
const FEW = 20;

/**
 * Earlier versions of files: which commits of the main line changed them, and what
 * they left. The command line reads them alike.
 *
 * The main line is what first parents lead along: there a role holds from when it was
 * merged on, and a version follows from the one before it.
 */
export class FileVersions {
  constructor(
    private readonly git: RepositoryGit,
    private readonly contents: Contents,
  ) {}

  /**
   * Those of each file newest first. Renames are followed. What cannot be read, or is
   * too much, says so behind what was.
   */
  async of(
    commit: string,
    paths: string[],
    { isShallow, signal }: { isShallow: boolean; signal: AbortSignal },
  ): Promise<FileVersion[]> {
    const pasts = await this.pasts(commit, paths, signal);
    for (const past of pasts) {
      if (past.changes.length > MOST_VERSIONS) {
        past.changes.length = MOST_VERSIONS;
        past.cut = TOO_MANY;
      } else if (isShallow) {
        past.cut = LEFT_OUT;
      }
    }
    const contents = await this.contents.ofObjects(
      pasts.flatMap(({ changes }) => changes.flatMap(fileLeft)),
      signal,
    );
    return pasts.flatMap(({ path, changes, cut }) => {
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

  /** The changes of files along the main line, newest first. */
  async changes(
    range: string,
    paths: Iterable<string>,
    signal: AbortSignal,
  ): Promise<FileChange[]> {
    const asked = new Set(paths);
    const changes = new FileChanges(asked);
    await this.git.stream(
      [...CHANGES_COMMAND, range, '--', ...(asked.size > FEW ? [] : asked)],
      { signal },
      chunk => changes.push(chunk),
    );
    return changes.found;
  }

  private async pasts(
    commit: string,
    paths: string[],
    signal: AbortSignal,
  ): Promise<FilePast[]> {
    const changes = byPath(await this.changes(commit, paths, signal));
    const pasts = paths.map(
      (path): FilePast => ({ path, changes: [...(changes.get(path) ?? [])] }),
    );
    let open = pasts;
    for (let followed = 0; open.length > 0; followed++) {
      const renamed = await this.renamed(open, signal);
      if (followed === MOST_RENAMES) {
        for (const { past } of renamed) {
          past.cut = RENAMED_TOO_OFTEN;
        }
        break;
      }
      open = await this.followed(commit, renamed, signal);
    }
    return pasts;
  }

  /** Those of the files that began as another one, and what that was called. */
  private async renamed(
    pasts: FilePast[],
    signal: AbortSignal,
  ): Promise<Renamed[]> {
    const beginnings = pasts.flatMap(past => {
      const first = past.changes.at(-1);
      return first?.added && first.before !== undefined
        ? [{ past, first, pair: `${first.commit} ${first.before}` }]
        : [];
    });
    const pairs = [...new Set(beginnings.map(({ pair }) => pair))];
    if (pairs.length === 0) {
      return [];
    }
    const printed = await this.git.output(RENAMES_COMMAND, {
      signal,
      input: pairs.map(pair => `${pair}\n`).join(''),
      mostBytes: LARGEST_READING,
    });
    const renames = renamesIn(printed.toString());
    return beginnings.flatMap(({ past, first }) => {
      const earlier = renames.get(`${first.commit} ${first.path}`);
      return earlier === undefined
        ? []
        : [{ past, earlier, commit: first.commit }];
    });
  }

  /** Goes on under the earlier names; tells of which files more became known. */
  private async followed(
    commit: string,
    renamed: Renamed[],
    signal: AbortSignal,
  ): Promise<FilePast[]> {
    const open = renamed.filter(
      ({ past }) => past.changes.length <= MOST_VERSIONS,
    );
    if (open.length === 0) {
      return [];
    }
    const names = open.map(({ earlier }) => earlier);
    const changes = byPath(await this.changes(commit, names, signal));
    return open.flatMap(({ past, earlier, commit: takenAway }) => {
      const all = changes.get(earlier) ?? [];
      const before = all.slice(
        all.findIndex(change => change.commit === takenAway) + 1,
      );
      past.changes.push(...before);
      return before.length > 0 ? [past] : [];
    });
  }
}

/** Whether what was read one after another is more than is read at once. */
export function areTooMuch(versions: FileVersion[]): boolean {
  let bytes = 0;
  for (const { text, bytes: encoded } of versions) {
    bytes += Buffer.byteLength(text ?? '') + (encoded?.length ?? 0);
  }
  return (
    bytes > LARGEST_VERSIONS ||
    versions.some(({ failure }) => failure === TOO_MUCH)
  );
}

/**
 * Whether reading the past of a file again, that no commit has touched, brings the same.
 * What was too much may be less where a commit touched others.
 */
export function isFinal(
  failure: string,
  { isSameCommit }: { isSameCommit: boolean },
): boolean {
  const final = [TOO_MANY, RENAMED_TOO_OFTEN, NOT_A_FILE];
  return final.includes(failure) || (isSameCommit && failure === TOO_MUCH);
}

// Settings of the repository take no part.
const CHANGES_COMMAND = [
  ...['-c', 'log.showRoot=true', '-c', 'log.follow=false'],
  ...['log', '--first-parent', '-m', '--raw', '--no-abbrev', '--no-renames'],
  ...['-z', '--format=%x1e%H%x1f%P%x1f%at'],
];
/** Compares each commit of a line with the one behind it. */
const RENAMES_COMMAND = [
  ...['-c', 'diff.renameLimit=10000', 'diff-tree', '--stdin', '-r', '-z'],
  ...['-M50%', '--diff-filter=R', '--name-status'],
];

/** Why nothing is known of what came before a version. */
const LEFT_OUT = 'older commits were left out when it was cloned';
const TOO_MANY = 'so many versions of a file are enough';
const RENAMED_TOO_OFTEN = 'the file was renamed too often';

/** What is known of one file's past. */
interface FilePast {
  /** The path today. */
  path: string;
  /** Newest first. */
  changes: FileChange[];
  /** Why nothing before them is known. */
  cut?: string;
}

/** A file that another one became. */
interface Renamed {
  past: FilePast;
  /** Its path before. */
  earlier: string;
  /** The commit that renamed it. */
  commit: string;
}

function byPath(changes: FileChange[]): Map<string, FileChange[]> {
  const paths = new Map<string, FileChange[]>();
  for (const change of changes) {
    const known = paths.get(change.path) ?? [];
    known.push(change);
    paths.set(change.path, known);
  }
  return paths;
}

/** The earlier path by commit and path, of `commit NUL (R<similarity> NUL from NUL to NUL)…`. */
function renamesIn(printed: string): Map<string, string> {
  const renames = new Map<string, string>();
  const fields = printed.split('\0').slice(0, -1);
  let commit = '';
  for (let at = 0; at < fields.length; at++) {
    if (fields[at].startsWith('R')) {
      renames.set(`${commit} ${fields[at + 2]}`, fields[at + 1]);
      at += 2;
    } else {
      commit = fields[at];
    }
  }
  return renames;
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
      (contents.get(change.left.id) ?? { failure: NOT_A_FILE })),
  };
}
