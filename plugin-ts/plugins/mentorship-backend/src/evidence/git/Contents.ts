import type { EvidenceFile } from 'backstage-plugin-mentorship-common';
import { contentAsTaken, evidenceFile } from '../evidenceFile';
import type { RepositoryGit } from './RepositoryGit';
import type { Tree } from './Tree';

const MEGABYTE = 1024 * 1024;
const LARGEST_FILE = MEGABYTE;
const LARGEST_READING = 64 * MEGABYTE;
/**
 * What is read of all files together, which leaves room for what git says of each. The
 * core asks for few documents, and for the plan of every service of a monorepo.
 */
const LARGEST_FILES = 48 * MEGABYTE;

/**
 * What is read of all earlier versions together: a plan has a few kilobytes, and a
 * monorepo thousands of plans.
 */
export const LARGEST_VERSIONS = 32 * MEGABYTE;

/** Why contents are not given. */
export const TOO_MUCH = 'so much of earlier versions is enough';
export const NOT_A_FILE = 'not a file';

/** What stands in an object as the core takes it, or why it is not read. */
export type Content = Pick<EvidenceFile, 'text' | 'bytes' | 'failure'>;

/** What stands in an object, or why it is not read. */
type Read = { content: Buffer } | { failure: string };

/** What git says of a name. */
type Found = { id: string; type: string; size: number } | { failure: string };

/** Contents of files and of objects, all of one question asked for together. */
export class Contents {
  constructor(private readonly git: RepositoryGit) {}

  /** Of files, in the order asked for; symbolic links are followed inside. */
  async ofFiles(
    tree: Tree,
    paths: string[],
    signal: AbortSignal,
  ): Promise<EvidenceFile[]> {
    const names = new Map(
      [...tree.names(paths)].filter(([, name]) => isOneLine(name)),
    );
    const objects = await this.found([...names.values()], signal, [
      '--follow-symlinks',
    ]);
    let bytes = 0;
    const contents = await this.read(
      objects,
      ({ size }) => {
        if (size > LARGEST_FILE) {
          return `larger than ${LARGEST_FILE} bytes`;
        }
        bytes += size;
        return (
          bytes > LARGEST_FILES &&
          `not read, because ${LARGEST_FILES} bytes of this repository were`
        );
      },
      signal,
    );
    const read = new Map(
      [...names.keys()].map((path, at) => [path, contents[at]]),
    );
    return paths.map(path => {
      const found = read.get(path) ?? {
        failure: 'not read, because the name of this link holds a line break',
      };
      return 'content' in found
        ? evidenceFile(path, found.content)
        : { path, ...found };
    });
  }

  /**
   * Of objects, by their names; the first ones where all are too much. One that is asked
   * for several times counts as often, for it is handed over as often.
   */
  async ofObjects(
    ids: string[],
    signal: AbortSignal,
  ): Promise<Map<string, Content>> {
    const times = new Map<string, number>();
    for (const id of ids) {
      times.set(id, (times.get(id) ?? 0) + 1);
    }
    const asked = [...times.keys()];
    let bytes = 0;
    const contents = await this.read(
      await this.found(asked, signal),
      ({ id, size }) => {
        bytes += size * (times.get(id) ?? 1);
        return (size > LARGEST_FILE || bytes > LARGEST_VERSIONS) && TOO_MUCH;
      },
      signal,
    );
    return new Map(asked.map((id, at) => [id, contentOf(contents[at])]));
  }

  /** What git says of each name. */
  private async found(
    names: string[],
    signal: AbortSignal,
    options: string[] = [],
  ): Promise<Found[]> {
    const found: Found[] = [];
    while (found.length < names.length) {
      const rest = names.slice(found.length);
      found.push(...(await this.foundAtOnce(rest, signal, options)));
    }
    return found;
  }

  /** The same of at least the first name. */
  private async foundAtOnce(
    names: string[],
    signal: AbortSignal,
    options: string[],
  ): Promise<Found[]> {
    const printed: Buffer[] = [];
    try {
      await this.git.stream(
        ['cat-file', '--batch-check', ...options],
        { signal, input: names.map(each => `${each}\n`).join('') },
        chunk => {
          printed.push(chunk);
        },
      );
    } catch (error) {
      // A git before 2.45 does not know that nothing is to be fetched: it ends over
      // an object that a partial clone lacks.
      if (await this.git.isOfPartialClone(error, signal)) {
        return [...foundIn(Buffer.concat(printed)), MISSING];
      }
      throw error;
    }
    return foundIn(Buffer.concat(printed));
  }

  /** What stands in each object that is a file, but where `refused` says why not. */
  private async read(
    objects: Found[],
    refused: (file: { id: string; size: number }) => string | false,
    signal: AbortSignal,
  ): Promise<Read[]> {
    const chosen = objects.map((object): Found => {
      if ('failure' in object) {
        return object;
      }
      const failure = object.type === 'blob' ? refused(object) : NOT_A_FILE;
      return failure ? { failure } : object;
    });
    const contents = await this.contents(
      chosen.flatMap(object => ('id' in object ? [object.id] : [])),
      signal,
    );
    return chosen.map(object =>
      'id' in object
        ? { content: contents.get(object.id) ?? Buffer.alloc(0) }
        : object,
    );
  }

  /** What stands in each object. */
  private async contents(
    ids: string[],
    signal: AbortSignal,
  ): Promise<Map<string, Buffer>> {
    const wanted = [...new Set(ids)];
    if (wanted.length === 0) {
      return new Map();
    }
    const answer = await this.git.output(['cat-file', '--batch'], {
      signal,
      input: wanted.map(id => `${id}\n`).join(''),
      mostBytes: LARGEST_READING,
    });
    const contents = new Map<string, Buffer>();
    let at = 0;
    for (const id of wanted) {
      const headEnd = answer.indexOf('\n', at);
      const size = Number(answer.toString('utf8', at, headEnd).split(' ')[2]);
      const start = headEnd + 1;
      contents.set(id, answer.subarray(start, start + size));
      at = start + size + 1;
    }
    return contents;
  }
}

function contentOf(read: Read): Content {
  return 'content' in read ? contentAsTaken(read.content) : read;
}

const MISSING = { failure: 'git does not have its content' };

/** Words that begin an answer of two lines about a link that cannot be followed. */
const UNFOLLOWED = new Set(['symlink', 'dangling', 'loop', 'notdir']);

/** The answers of `cat-file --batch-check` that were printed whole. */
function foundIn(printed: Buffer): Found[] {
  const lines = printed.toString().split('\n').slice(0, -1);
  const found: Found[] = [];
  for (let at = 0; at < lines.length; at++) {
    const words = lines[at].split(' ');
    if (UNFOLLOWED.has(words[0])) {
      // A second line holds the path that is not there.
      at++;
      found.push({ failure: 'a symbolic link that leads nowhere in here' });
    } else if (words.at(-1) === 'missing') {
      found.push(MISSING);
    } else {
      const [id, type, size] = words;
      found.push({ id, type, size: Number(size) });
    }
  }
  return found;
}

function isOneLine(name: string): boolean {
  return !name.includes('\n');
}
