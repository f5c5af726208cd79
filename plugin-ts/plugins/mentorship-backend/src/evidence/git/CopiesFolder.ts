import { createHash, randomUUID } from 'crypto';
import {
  mkdir,
  readdir,
  rename,
  rm,
  stat,
  utimes,
  writeFile,
} from 'fs/promises';
import { join } from 'path';
import { lock } from 'proper-lockfile';
import { setTimeout as sleep } from 'timers/promises';
import { GitError } from './Git';

/** A lock that was not renewed for so long was left behind by a crash. */
const ABANDONED_MS = 30_000;
const ASK_AGAIN_MS = 250;

/** When the copy was last asked for is when this file was last changed. */
const USED = 'mentorship-used';
/** Reading the copy failed, so it is to be checked before it is used again. */
const SUSPECT = 'mentorship-suspect';

/** The folder that holds a copy, for whoever holds its lock. */
export interface CopyFolder {
  gitDirectory: string;
  /** Whether reading it failed before. */
  suspect: boolean;
  /** Raised where the run is given up or the lock is lost. */
  signal: AbortSignal;
}

/**
 * The folder for copies of remote repositories, one for each. Whoever uses a
 * copy holds its lock, so that runs and backends that share the folder never
 * change one below another's reading, and so that whatever lies half done in it
 * was left behind and can be cleared away.
 */
export class CopiesFolder {
  constructor(
    private readonly directory: string,
    private readonly options: {
      /** How long to wait for another user of a copy. */
      waitMs: number;
      /** After how long a copy that nobody asked for is removed. */
      keepUnusedMs: number;
    },
  ) {}

  /**
   * Does something with the copy that has this key, alone.
   *
   * @throws GitError where somebody else uses it for too long.
   */
  async use<T>(
    key: string,
    signal: AbortSignal,
    work: (folder: CopyFolder) => Promise<T>,
  ): Promise<T> {
    await mkdir(this.directory, { recursive: true, mode: 0o700 });
    const gitDirectory = join(this.directory, `${digest(key)}.git`);
    const lost = new AbortController();
    const release = await this.locked(gitDirectory, signal, lost);
    try {
      await clearLeftovers(gitDirectory);
      const suspect = await exists(join(gitDirectory, SUSPECT));
      const result = await work({
        gitDirectory,
        suspect,
        signal: AbortSignal.any([signal, lost.signal]),
      });
      await markUsed(gitDirectory);
      return result;
    } finally {
      // A lock that was lost is somebody else's.
      await release().catch(() => {});
    }
  }

  /** Has a copy checked before it is used again. */
  async suspect({ gitDirectory }: CopyFolder): Promise<void> {
    await writeFile(join(gitDirectory, SUSPECT), '').catch(() => {});
  }

  /** A copy was found to be good. */
  async clear({ gitDirectory }: CopyFolder): Promise<void> {
    await rm(join(gitDirectory, SUSPECT), { force: true });
  }

  /**
   * Replaces a damaged copy by what `make` puts into an empty folder. The
   * damaged one stays where that fails.
   */
  async replace(
    { gitDirectory }: CopyFolder,
    make: (fresh: string) => Promise<void>,
  ): Promise<void> {
    const fresh = `${gitDirectory}.${randomUUID()}.new`;
    try {
      await make(fresh);
      await rm(gitDirectory, { recursive: true, force: true });
      await rename(fresh, gitDirectory);
    } finally {
      await rm(fresh, { recursive: true, force: true });
    }
  }

  /** Removes copies that nobody asked for in a long time; tells how many. */
  async removeUnused(signal: AbortSignal): Promise<number> {
    let removed = 0;
    for (const name of await namesIn(this.directory)) {
      signal.throwIfAborted();
      const path = join(this.directory, name);
      if (!NAMES.test(name) || !(await this.isUnused(path))) {
        continue;
      }
      const release = await tryLock(path, () => {});
      if (release) {
        try {
          if (await this.isUnused(path)) {
            await rm(path, { recursive: true, force: true });
            removed += 1;
          }
        } finally {
          await release().catch(() => {});
        }
      }
    }
    return removed;
  }

  private async isUnused(path: string): Promise<boolean> {
    const used = await stat(join(path, USED))
      .catch(() => stat(path))
      .catch(() => undefined);
    return (
      used !== undefined &&
      Date.now() - used.mtimeMs > this.options.keepUnusedMs
    );
  }

  private async locked(
    gitDirectory: string,
    signal: AbortSignal,
    lost: AbortController,
  ): Promise<() => Promise<void>> {
    const giveUpAt = Date.now() + this.options.waitMs;
    for (;;) {
      signal.throwIfAborted();
      const release = await tryLock(gitDirectory, () =>
        lost.abort(
          new GitError('the copy was taken over by another process', null),
        ),
      );
      if (release) {
        return release;
      }
      if (Date.now() > giveUpAt) {
        throw new GitError(
          `another run has used the copy for over ${
            this.options.waitMs / 1000
          } s`,
          null,
        );
      }
      await sleep(ASK_AGAIN_MS, undefined, { signal });
    }
  }
}

/** A folder that nobody made yet holds nothing; any other failure is one. */
async function namesIn(directory: string): Promise<string[]> {
  try {
    return await readdir(directory);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') {
      return [];
    }
    throw error;
  }
}

/** Copies, and copies in the making that a crash left behind. */
const NAMES = /^[0-9a-f]{40}\.git(\.[0-9a-f-]+\.new)?$/;

/** The release of the lock; `undefined` where somebody else has it. */
async function tryLock(
  path: string,
  onLost: () => void,
): Promise<(() => Promise<void>) | undefined> {
  try {
    return await lock(path, {
      realpath: false,
      stale: ABANDONED_MS,
      onCompromised: onLost,
    });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ELOCKED') {
      return undefined;
    }
    throw new GitError(
      `the copy cannot be locked: ${(error as Error).message}`,
      null,
    );
  }
}

/**
 * Locks and packs in the making that a git left behind which was killed. Nobody
 * else is at work here, so they are nobody's; with them, git would refuse to
 * work forever, and the disk would fill.
 */
async function clearLeftovers(gitDirectory: string): Promise<void> {
  for (const [folder, leftover, recursive] of [
    ['.', /\.lock$|^gc\.pid$/, false],
    ['refs', /\.lock$/, true],
    ['objects/pack', /^(tmp_|\.tmp-)/, false],
    ['objects', /^(tmp_obj_|incoming-|tmp_objdir-)/, false],
  ] as const) {
    const home = join(gitDirectory, folder);
    const names = await readdir(home, { recursive }).catch(() => []);
    for (const name of names) {
      if (leftover.test(name.slice(name.lastIndexOf('/') + 1))) {
        await rm(join(home, name), { recursive: true, force: true });
      }
    }
  }
}

async function markUsed(gitDirectory: string): Promise<void> {
  const path = join(gitDirectory, USED);
  const now = new Date();
  await utimes(path, now, now).catch(() =>
    // A repository that could not be copied has no folder to mark.
    writeFile(path, '').catch(() => {}),
  );
}

async function exists(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    () => false,
  );
}

export function digest(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 40);
}
