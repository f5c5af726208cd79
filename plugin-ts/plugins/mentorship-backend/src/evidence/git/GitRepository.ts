import type {
  EvidenceFile,
  FileVersion,
} from 'backstage-plugin-mentorship-common';
import { GitError, type Git } from './Git';
import { readChanges, type FileChange } from './fileChanges';

const MEGABYTE = 1024 * 1024;
const LARGEST_FILE = MEGABYTE;
const LARGEST_LISTING = 256 * MEGABYTE;
const LARGEST_READING = 64 * MEGABYTE;
const MOST_FILES = 5_000;

/** What is read of all earlier versions together; a plan has a few kilobytes. */
const LARGEST_VERSIONS = 16 * MEGABYTE;
/** As many as the core reads of one file. */
const MOST_VERSIONS = 100;
/** Renames of one file that are followed. */
const MOST_RENAMES = 10;

const TAB = 9;
/** How the entry of a submodule begins in a listing. */
const SUBMODULE = Buffer.from('160000 commit ');

/** Reads a repository on this machine, bare or not, and never writes to it. */
export class GitRepository {
  constructor(
    private readonly git: Git,
    private readonly gitDirectory: string,
  ) {}

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
      const commit = await this.text(
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

  /**
   * All living paths, as `git ls-tree -r -z --name-only` prints them. A submodule
   * is no file of this repository.
   */
  async listing(commit: string, signal: AbortSignal): Promise<Buffer> {
    const entries = await this.git.output(
      [...this.here(), 'ls-tree', '-r', '-z', commit, '--'],
      { signal, mostBytes: LARGEST_LISTING },
    );
    // `<mode> <type> <object> TAB <path> NUL`; shorter for the path alone.
    let length = 0;
    for (let at = 0; at < entries.length; ) {
      const end = entries.indexOf(0, at) + 1 || entries.length;
      if (!entries.subarray(at, at + SUBMODULE.length).equals(SUBMODULE)) {
        length += entries.copy(
          entries,
          length,
          entries.indexOf(TAB, at) + 1,
          end,
        );
      }
      at = end;
    }
    return entries.subarray(0, length);
  }

  /** Contents of files, in the order asked for; symbolic links are followed inside. */
  async files(
    commit: string,
    paths: string[],
    signal: AbortSignal,
  ): Promise<EvidenceFile[]> {
    const asked = paths.slice(0, MOST_FILES).filter(isOneLine);
    const objects = await this.objects(commit, asked, signal);
    const texts = await this.texts(
      objects.flatMap(object => ('id' in object ? [object.id] : [])),
      signal,
    );
    const read = new Map(
      asked.map((path, index): [string, EvidenceFile] => {
        const object = objects[index];
        return [
          path,
          'id' in object
            ? { path, text: texts.get(object.id) ?? '' }
            : { path, failure: object.failure },
        ];
      }),
    );
    return paths.map(
      path =>
        read.get(path) ?? {
          path,
          failure: isOneLine(path)
            ? `not read, because ${MOST_FILES} files of this repository were`
            : 'not read, because its name holds a line break',
        },
    );
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
          ...this.here(),
          ...['-c', `mailmap.blob=${commit}:.mailmap`],
          ...HISTORY_COMMAND,
          since === undefined ? commit : `${since}..${commit}`,
          '--',
        ],
        { signal },
        take,
      );
    } catch (error) {
      const isPartial =
        error instanceof GitError &&
        (await this.answer(['config', '--get-regexp', PROMISES], signal));
      throw isPartial ? new GitError(PARTIAL, error.exitCode) : error;
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
    const contents = await this.contents(
      [...pasts.values()].flatMap(({ changes }) => changes),
      signal,
    );
    return [...pasts].flatMap(([path, { changes, cut }]) => {
      const versions = changes.map(change => version(path, change, contents));
      const oldest = versions.at(-1);
      return cut === undefined || !oldest
        ? versions
        : [...versions, { ...oldest, text: undefined, failure: cut }];
    });
  }

  /**
   * Whether no commit of the main line after `older` touches any of the files;
   * not where `older` is gone or does not lie before.
   */
  async leavesAlone(
    paths: string[],
    older: string,
    newer: string,
    signal: AbortSignal,
  ): Promise<boolean> {
    if (older === newer || paths.length === 0) {
      return true;
    }
    return (
      (await this.isAncestor(older, newer, signal)) &&
      (await this.changes(`${older}..${newer}`, paths, signal)).length === 0
    );
  }

  /** Text that changes with what a history depends on beside its commits. */
  async historyBasis(commit: string, signal: AbortSignal): Promise<string> {
    const mailmap = await this.answer(
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
    const isThere = await this.answer(
      ['rev-parse', '--quiet', '--verify', `${older}^{commit}`],
      signal,
    );
    return (
      isThere !== undefined &&
      (await this.answer(
        ['merge-base', '--is-ancestor', older, newer],
        signal,
      )) !== undefined
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

  private async isShallow(signal: AbortSignal): Promise<boolean> {
    return (
      (await this.text(['rev-parse', SHALLOW_QUESTION], signal)) !== 'false\n'
    );
  }

  /** The changes of files along the main line, newest first. */
  private async changes(
    range: string,
    paths: string[],
    signal: AbortSignal,
  ): Promise<FileChange[]> {
    const printed = await this.git.output(
      [...this.here(), ...CHANGES_COMMAND, range, '--', ...paths],
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
      [...this.here(), ...RENAMES_COMMAND, before, commit],
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

  /** The contents that changes left by object, or why they are not read. */
  private async contents(
    changes: FileChange[],
    signal: AbortSignal,
  ): Promise<Map<string, { text: string } | { failure: string }>> {
    const contents = new Map<string, { text: string } | { failure: string }>();
    const ids = [
      ...new Set(
        changes.flatMap(({ left }) =>
          left?.mode.startsWith('100') ? [left.id] : [],
        ),
      ),
    ];
    if (ids.length === 0) {
      return contents;
    }
    const answer = await this.git.output(
      [...this.here(), 'cat-file', '--batch-check'],
      {
        signal,
        input: ids.map(id => `${id}\n`).join(''),
        mostBytes: LARGEST_READING,
      },
    );
    const lines = answer.toString().split('\n');
    let bytes = 0;
    const wanted = ids.filter((id, index) => {
      const [, type, size] = lines[index].split(' ');
      if (type !== 'blob') {
        contents.set(id, { failure: 'git does not have its content' });
        return false;
      }
      bytes += Number(size);
      if (Number(size) > LARGEST_FILE || bytes > LARGEST_VERSIONS) {
        contents.set(id, { failure: 'so much of earlier versions is enough' });
        return false;
      }
      return true;
    });
    for (const [id, text] of await this.texts(wanted, signal)) {
      contents.set(id, { text });
    }
    return contents;
  }

  private async hasBranches(signal: AbortSignal): Promise<boolean> {
    const first = ['--count=1', 'refs/heads', 'refs/remotes'];
    return (await this.text(['for-each-ref', ...first], signal)) !== '';
  }

  /** Whether a reference points at a branch that has no commit yet. */
  private async isUnborn(
    reference: string,
    signal: AbortSignal,
  ): Promise<boolean> {
    try {
      const branch = await this.text(['symbolic-ref', reference], signal);
      await this.text(
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

  /** The object of each path, or why it is not read. */
  private async objects(
    commit: string,
    paths: string[],
    signal: AbortSignal,
  ): Promise<Array<{ id: string } | { failure: string }>> {
    if (paths.length === 0) {
      return [];
    }
    const answer = await this.git.output(
      [...this.here(), 'cat-file', '--batch-check', '--follow-symlinks'],
      {
        signal,
        input: paths.map(path => `${commit}:${path}\n`).join(''),
        mostBytes: LARGEST_READING,
      },
    );
    const lines = answer.toString().split('\n');
    let at = 0;
    return paths.map(() => {
      const words = lines[at++].split(' ');
      if (UNFOLLOWED.has(words[0])) {
        at++;
        return { failure: 'a symbolic link that leads nowhere in here' };
      }
      if (words.at(-1) === 'missing') {
        return { failure: 'git does not have its content' };
      }
      const [id, type, size] = words;
      if (type !== 'blob') {
        return { failure: 'not a file' };
      }
      return Number(size) > LARGEST_FILE
        ? { failure: `larger than ${LARGEST_FILE} bytes` }
        : { id };
    });
  }

  /** The text of each object; bytes that are no UTF-8 are replaced. */
  private async texts(
    ids: string[],
    signal: AbortSignal,
  ): Promise<Map<string, string>> {
    const wanted = [...new Set(ids)];
    if (wanted.length === 0) {
      return new Map();
    }
    const answer = await this.git.output(
      [...this.here(), 'cat-file', '--batch'],
      {
        signal,
        input: wanted.map(id => `${id}\n`).join(''),
        mostBytes: LARGEST_READING,
      },
    );
    // The core decides what a byte order mark means.
    const decoder = new TextDecoder('utf-8', { ignoreBOM: true });
    const texts = new Map<string, string>();
    let at = 0;
    for (const id of wanted) {
      const headEnd = answer.indexOf('\n', at);
      const size = Number(answer.toString('utf8', at, headEnd).split(' ')[2]);
      const start = headEnd + 1;
      texts.set(id, decoder.decode(answer.subarray(start, start + size)));
      at = start + size + 1;
    }
    return texts;
  }

  /** What git answers to a question; `undefined` where it says no. */
  private async answer(
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

  private async text(args: string[], signal: AbortSignal): Promise<string> {
    const answer = await this.git.output([...this.here(), ...args], {
      signal,
      mostBytes: MEGABYTE,
    });
    return answer.toString();
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

/** A version of the file that has `path` today. */
function version(
  path: string,
  change: FileChange,
  contents: Map<string, { text: string } | { failure: string }>,
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
const PROMISES =
  '^(remote\\..*\\.(promisor|partialclonefilter)|extensions\\.partialclone)$';

/** Why an unborn branch is not an empty repository. */
const UNBORN =
  'the branch that is checked out has no commit though others have; check one of them out (`git symbolic-ref HEAD refs/heads/<branch>`)';

/** Words that begin an answer of two lines about a link that cannot be followed. */
const UNFOLLOWED = new Set(['symlink', 'dangling', 'loop', 'notdir']);

function isOneLine(path: string): boolean {
  return !path.includes('\n');
}
