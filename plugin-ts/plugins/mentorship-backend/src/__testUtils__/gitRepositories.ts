import { execFileSync } from 'child_process';
import { mkdirSync, mkdtempSync, rmSync } from 'fs';
import { tmpdir } from 'os';
import { join } from 'path';

/** A commit to be made: who, when, and what files hold afterwards. */
export interface Commit {
  author: string;
  /** Seconds since 1970. */
  at: number;
  message?: string;
  files: Record<string, string | Buffer>;
  /** Paths that are gone afterwards. */
  removed?: string[];
}

/** A folder that is removed after the tests of the file. */
export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'mentorship-test-'));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** Makes a real repository at `folder` without touching any file of its tree. */
export function makeRepository(
  folder: string,
  commits: Commit[],
  options: { bare?: boolean } = {},
): string {
  mkdirSync(folder, { recursive: true });
  git(folder, [
    'init',
    '--quiet',
    '--initial-branch=main',
    ...(options.bare ? ['--bare'] : []),
  ]);
  if (commits.length) {
    git(folder, ['fast-import', '--quiet'], stream(commits));
  }
  return folder;
}

/** Commits on top of what the repository at `folder` holds. */
export function addCommits(folder: string, commits: Commit[]): void {
  git(folder, ['fast-import', '--quiet'], stream(commits, 'refs/heads/main^0'));
}

export function git(
  folder: string,
  args: string[],
  input?: Buffer | string,
): string {
  return execFileSync('git', ['-C', folder, ...args], {
    input,
    env: {
      PATH: process.env.PATH,
      GIT_CONFIG_NOSYSTEM: '1',
      GIT_CONFIG_GLOBAL: '/dev/null',
    },
    stdio: ['pipe', 'pipe', 'pipe'],
  })
    .toString()
    .trim();
}

function stream(commits: Commit[], onTopOf?: string): Buffer {
  const parts: Array<string | Buffer> = [];
  for (const commit of commits) {
    const { author, at, message = 'Change', files, removed = [] } = commit;
    parts.push(
      `commit refs/heads/main\n`,
      `author ${author} ${at} +0000\n`,
      `committer ${author} ${at} +0000\n`,
      `data ${Buffer.byteLength(message)}\n${message}\n`,
      // Later commits follow the one before by themselves.
      parts.length === 0 && onTopOf ? `from ${onTopOf}\n` : '',
    );
    parts.push(...removed.map(path => `D ${JSON.stringify(path)}\n`));
    for (const [path, content] of Object.entries(files)) {
      parts.push(
        `M 100644 inline ${JSON.stringify(path)}\n`,
        `data ${Buffer.byteLength(content)}\n`,
        content,
        '\n',
      );
    }
  }
  return Buffer.concat(parts.map(part => Buffer.from(part)));
}
