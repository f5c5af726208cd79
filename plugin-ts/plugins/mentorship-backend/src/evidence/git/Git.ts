import { spawn, type ChildProcessByStdio } from 'child_process';
import type { Readable, Writable } from 'stream';
import type { HostAccess } from './HostCredentials';

const MOST_STDERR = 4_000;

/** A git command that did not do what it was asked; the message is safe to show. */
export class GitError extends Error {
  constructor(message: string, readonly exitCode: number | null) {
    super(message);
    this.name = 'GitError';
  }
}

/** How one command is run. */
export interface GitCommand {
  /** Protocols that may be spoken; none where absent. */
  protocols?: 'https:http';
  /** What the host is told that is asked; nothing where absent. */
  access?: HostAccess;
  /** What git reads from its standard input. */
  input?: string;
  signal: AbortSignal;
}

/**
 * Runs git so that nothing but its arguments decides what it does: no shell, no
 * configuration of the machine or the user, no question to a terminal, no
 * protocol that was not asked for, no lock in a repository that is only read.
 */
export class Git {
  constructor(
    private readonly options: {
      timeoutMs: number;
      /** The program; another one in tests. */
      program?: string;
    },
  ) {}

  /**
   * What the command prints.
   *
   * @throws GitError where it fails, takes too long or prints more than
   * `mostBytes`.
   */
  async output(
    args: string[],
    command: GitCommand & { mostBytes: number },
  ): Promise<Buffer> {
    const chunks: Buffer[] = [];
    let bytes = 0;
    await this.stream(args, command, chunk => {
      bytes += chunk.length;
      if (bytes > command.mostBytes) {
        throw new GitError(
          `\`git ${name(args)}\` printed more than ${command.mostBytes} bytes`,
          null,
        );
      }
      chunks.push(chunk);
    });
    return Buffer.concat(chunks);
  }

  /**
   * Hands over what the command prints while it prints it; git waits while a
   * chunk is taken in. Returns once the command ended well.
   */
  async stream(
    args: string[],
    command: GitCommand,
    take: (chunk: Buffer) => void | Promise<void>,
  ): Promise<void> {
    command.signal.throwIfAborted();
    const timeout = AbortSignal.timeout(this.options.timeoutMs);
    const child = spawn(
      this.options.program ?? 'git',
      [...FIXED_CONFIGURATION, ...args],
      {
        env: environment(command),
        stdio: ['pipe', 'pipe', 'pipe'],
        // A group of its own, so that git's helpers end with it.
        detached: true,
      },
    );
    const ended = endOf(child);
    const stop = () => kill(child);
    const signal = AbortSignal.any([command.signal, timeout]);
    signal.addEventListener('abort', stop);
    if (signal.aborted) {
      stop();
    }
    child.stdin.on('error', () => {
      // Git ended without reading everything; its exit status tells why.
    });
    child.stdin.end(command.input ?? '');
    const stderr = firstOf(child.stderr);
    try {
      for await (const chunk of child.stdout) {
        await take(chunk);
      }
      const { code, killedBy } = await ended;
      command.signal.throwIfAborted();
      if (timeout.aborted) {
        throw new GitError(
          `\`git ${name(args)}\` took longer than ${
            this.options.timeoutMs / 1000
          } s`,
          null,
        );
      }
      if (code !== 0) {
        throw new GitError(
          `\`git ${name(args)}\` ${
            killedBy ? `was ended by ${killedBy}` : `failed with status ${code}`
          }${reason(await stderr)}`,
          code,
        );
      }
    } finally {
      signal.removeEventListener('abort', stop);
      stop();
    }
  }
}

/**
 * A repository brings its own configuration, which its author wrote: whatever
 * in it could start a program, reach out or print a history otherwise is
 * switched off.
 */
const FIXED_CONFIGURATION = [
  '--no-pager',
  '--no-optional-locks',
  '--literal-pathspecs',
  ...[
    'core.hooksPath=/dev/null',
    'core.fsmonitor=false',
    'core.askPass=',
    'credential.helper=',
    'http.followRedirects=false',
    'log.showSignature=false',
    'gc.autoDetach=false',
    'maintenance.autoDetach=false',
    'protocol.file.allow=never',
    'protocol.ext.allow=never',
    'i18n.logOutputEncoding=UTF-8',
    'mailmap.file=',
    'trailer.separators=:',
    'diff.orderFile=/dev/null',
    'diff.ignoreSubmodules=none',
    'color.ui=false',
  ].flatMap(setting => ['-c', setting]),
];

/** What a proxy or a private certificate authority needs. */
const PASSED_ON = [
  'PATH',
  'HTTP_PROXY',
  'HTTPS_PROXY',
  'NO_PROXY',
  'http_proxy',
  'https_proxy',
  'no_proxy',
  'SSL_CERT_FILE',
  'SSL_CERT_DIR',
];

function environment({ protocols, access }: GitCommand): NodeJS.ProcessEnv {
  return {
    ...Object.fromEntries(
      PASSED_ON.flatMap(key =>
        process.env[key] === undefined ? [] : [[key, process.env[key]]],
      ),
    ),
    LC_ALL: 'C',
    GIT_CONFIG_NOSYSTEM: '1',
    GIT_CONFIG_GLOBAL: '/dev/null',
    GIT_ATTR_NOSYSTEM: '1',
    GIT_TERMINAL_PROMPT: '0',
    GIT_NO_LAZY_FETCH: '1',
    // What is judged is what was committed, not what stands in for it here.
    GIT_NO_REPLACE_OBJECTS: '1',
    GIT_GRAFT_FILE: '/dev/null/none',
    GIT_OPTIONAL_LOCKS: '0',
    GIT_ALLOW_PROTOCOL: protocols ?? 'none',
    // Among the arguments, everybody on this machine could read it.
    ...(access && {
      GIT_CONFIG_COUNT: '1',
      GIT_CONFIG_KEY_0: `http.${access.origin}/.extraHeader`,
      GIT_CONFIG_VALUE_0: `Authorization: ${access.authorization}`,
    }),
  };
}

type GitProcess = ChildProcessByStdio<Writable, Readable, Readable>;

function endOf(
  child: GitProcess,
): Promise<{ code: number | null; killedBy: NodeJS.Signals | null }> {
  const ended = new Promise<{
    code: number | null;
    killedBy: NodeJS.Signals | null;
  }>((resolve, reject) => {
    child.once('error', error =>
      reject(
        new GitError(
          `git could not be started (${error.message}); install it where the backend runs`,
          null,
        ),
      ),
    );
    child.once('close', (code, killedBy) => resolve({ code, killedBy }));
  });
  // Awaited later; until then a failure to start must not count as unhandled.
  ended.catch(() => {});
  return ended;
}

function kill(child: GitProcess): void {
  if (
    child.pid === undefined ||
    child.exitCode !== null ||
    child.signalCode !== null
  ) {
    return;
  }
  try {
    process.kill(-child.pid, 'SIGKILL');
  } catch {
    // It ended by itself meanwhile.
  }
}

async function firstOf(stderr: Readable): Promise<string> {
  let text = '';
  for await (const chunk of stderr) {
    text = `${text}${chunk}`.slice(0, MOST_STDERR);
  }
  return text;
}

/** The command's name, for messages. */
function name(args: string[]): string {
  return (
    args.find(
      (arg, at) => !arg.startsWith('-') && !['-c', '-C'].includes(args[at - 1]),
    ) ?? ''
  );
}

/** What git complained of first, without credentials and control characters. */
function reason(stderr: string): string {
  const lines = stderr.split('\n').filter(line => line.trim());
  const line = lines.find(each => /^(fatal|error):/.test(each)) ?? lines.at(0);
  return line
    ? `: ${line
        .replace(/^(fatal|error): /, '')
        .replace(/\/\/[^/@\s]*@/g, '//')
        // eslint-disable-next-line no-control-regex
        .replace(/[\u0000-\u001f\u007f]/g, ' ')
        .slice(0, 300)}`
    : '';
}
