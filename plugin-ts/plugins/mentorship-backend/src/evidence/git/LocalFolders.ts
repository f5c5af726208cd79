import { isChildPath } from '@backstage/backend-plugin-api';
import { realpath, stat } from 'fs/promises';
import { dirname, join, relative, sep } from 'path';

/** Where in a repository on this machine a folder lies. */
export interface LocalPlace {
  /** The repository's own folder, shown to readers. */
  repository: string;
  gitDirectory: string;
  /** From the repository to the folder, `/`-separated; empty for the root. */
  directory: string;
}

/** What became of a folder. Reasons stand beside its path. */
export type LocalLookup =
  | { outcome: 'found'; place: LocalPlace }
  | { outcome: 'left-out' | 'failed'; reason: string };

/**
 * Finds the repositories of local folders, and only below the folders that the
 * configuration opens: a catalog entry is written by anybody.
 */
export class LocalFolders {
  constructor(private readonly opened: readonly string[]) {}

  async find(path: string): Promise<LocalLookup> {
    if (this.opened.length === 0) {
      return {
        outcome: 'left-out',
        reason:
          'local folders are not read; open some with `mentorship.git.localFolders`',
      };
    }
    const folder = await realFolder(path);
    if (folder === undefined) {
      return {
        outcome: 'failed',
        reason:
          'the folder does not exist or cannot be read; correct the source location, or let the backend read it',
      };
    }
    const root = await this.rootOf(folder);
    if (root === undefined) {
      return {
        outcome: 'left-out',
        reason:
          'it is not below a folder of `mentorship.git.localFolders`; add one that it is below',
      };
    }
    for (let at = folder; isChildPath(root, at); at = dirname(at)) {
      const gitDirectory = await gitDirectoryOf(at);
      if (gitDirectory) {
        const directory = relative(at, folder).split(sep).join('/');
        return {
          outcome: 'found',
          place: { repository: at, gitDirectory, directory },
        };
      }
      if (at === dirname(at)) {
        break;
      }
    }
    return {
      outcome: 'left-out',
      reason: `there is no git repository there or above it, up to ${root}`,
    };
  }

  private async rootOf(folder: string): Promise<string | undefined> {
    for (const opened of this.opened) {
      const root = await realFolder(opened);
      if (root !== undefined && isChildPath(root, folder)) {
        return root;
      }
    }
    return undefined;
  }
}

/** The folder behind a path, links resolved; a file stands for its folder. */
async function realFolder(path: string): Promise<string | undefined> {
  try {
    const real = await realpath(path);
    return (await stat(real)).isDirectory() ? real : dirname(real);
  } catch {
    return undefined;
  }
}

async function gitDirectoryOf(folder: string): Promise<string | undefined> {
  if (await exists(join(folder, '.git'))) {
    return join(folder, '.git');
  }
  const parts = ['HEAD', 'objects', 'refs'].map(part => join(folder, part));
  const there = await Promise.all(parts.map(exists));
  return there.every(Boolean) ? folder : undefined;
}

async function exists(path: string): Promise<boolean> {
  try {
    await stat(path);
    return true;
  } catch {
    return false;
  }
}
