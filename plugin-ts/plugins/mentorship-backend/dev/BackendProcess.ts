import { spawn, type ChildProcess } from 'node:child_process';
import { createServer, type AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';

const TOKEN = 'a-token-for-programs';
const READY_WITHIN_MS = 120_000;

/** A backend process, of `backend.ts` or one beside it, and what its environment tells it. */
export class BackendProcess {
  private process: ChildProcess | undefined;
  /** How often it ended by itself before it was ready. */
  restarts = 0;

  constructor(
    private readonly port: number,
    private readonly environment: Record<string, string>,
    private readonly program: string,
    /** Answers once it is ready; below `/api`. */
    private readonly readyAt: string,
  ) {}

  static async onFreePort(
    environment: Record<string, string>,
    program = './backend',
    readyAt = '/mentorship/status',
  ) {
    const server = createServer().listen(0, '127.0.0.1');
    await new Promise(done => server.once('listening', done));
    const { port } = server.address() as AddressInfo;
    await new Promise(done => server.close(done));
    return new BackendProcess(port, environment, program, readyAt);
  }

  start() {
    this.process = spawn(
      process.execPath,
      [
        '--require',
        require.resolve('@backstage/cli/config/nodeTransform.cjs'),
        require.resolve(this.program),
      ],
      {
        // Errors alone, for whoever reads why it did not start.
        stdio: ['ignore', 'inherit', 'inherit'],
        env: {
          ...process.env,
          LOG_LEVEL: 'error',
          PORT: String(this.port),
          TOKEN,
          ...this.environment,
        },
      },
    );
  }

  signal(signal: NodeJS.Signals) {
    this.process?.kill(signal);
  }

  async end(signal: NodeJS.Signals) {
    const child = this.process;
    if (child && child.exitCode === null && child.signalCode === null) {
      const ended = new Promise(done => child.once('exit', done));
      child.kill(signal);
      await ended;
    }
  }

  /** Asks a plugin; `path` is below `/api`. */
  fetch(path: string, options: RequestInit = {}): Promise<Response> {
    return fetch(this.address(path), {
      ...options,
      headers: { ...options.headers, ...this.headers },
    });
  }

  address(path: string): string {
    return `http://127.0.0.1:${this.port}/api${path}`;
  }

  readonly headers = { Authorization: `Bearer ${TOKEN}` };

  /** A good answer's text; undefined where there is none. */
  async get(path: string): Promise<string | undefined> {
    try {
      const signal = AbortSignal.timeout(5_000);
      const response = await this.fetch(path, { signal });
      const text = await response.text();
      return response.ok ? text : undefined;
    } catch {
      return undefined;
    }
  }

  /**
   * Waits until it answers. One that ended is started again, as a platform does:
   * of several that make the databases of an empty server at once, the platform's
   * own code lets one fail.
   */
  async ready() {
    const begun = Date.now();
    while (!(await this.get(this.readyAt))) {
      if (Date.now() - begun > READY_WITHIN_MS) {
        throw new Error('the backend did not start');
      }
      if (this.process?.exitCode) {
        this.restarts += 1;
        this.start();
      }
      await sleep(200);
    }
  }
}
