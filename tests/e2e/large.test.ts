/**
 * Ten thousand services: the page asks for what it shows, and draws no more. The
 * backend with the made-up catalog answers in the place of the portal's.
 */

import assert from 'node:assert/strict';
import { spawn, type ChildProcess } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, before, describe, it } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import type { Page, Request } from 'playwright-core';
import { Browser } from './browser.ts';
import { atRest } from './looks.ts';

const SERVICES = 10_000;
const TOKEN = 'a-token-for-programs';
const PATIENCE_MS = 120_000;
/** As many rows as the largest page of the backend, and the heads. */
const MOST_ROWS = 101;

describe('ten thousand services', () => {
  let browser: Browser;
  let backend: LargeBackend;
  before(async () => {
    [browser, backend] = await Promise.all([
      Browser.open(),
      LargeBackend.start(),
    ]);
  });
  after(() => Promise.all([browser.close(), backend.end()]));

  it('are paged, searched and sorted by the server', t =>
    browser.withPage('large-list', async page => {
      const asked = await backend.answers(page);
      await page.goto('/mentorship/services');
      await page.getByText('9,999 services', { exact: true }).waitFor();
      await atRest(page);
      t.diagnostic(`${await drawn(page)} elements, first page`);

      for (const [doing, act] of [
        ['the next page', () => press(page, /next table page/i)],
        ['sorting', () => header(page, 'Score')],
        ['searching', () => search(page, 'svc-00421')],
      ] as const) {
        const begun = performance.now();
        asked.length = 0;
        const answered = page.waitForResponse(isList);
        await act();
        await answered;
        await atRest(page);
        const took = Math.round(performance.now() - begun);
        t.diagnostic(`${doing}: ${took} ms until nothing changes any more`);
        assert.ok(asked.some(isList), doing);
        assert.ok((await drawn(page, '[role="row"], tr')) <= MOST_ROWS, doing);
      }
      assert.equal(await drawn(page, 'tbody tr'), 10);
      for (const request of asked.filter(isList)) {
        const limit = new URL(request.url()).searchParams.get('limit');
        assert.ok(Number(limit) <= 100, request.url());
      }
    }));

  it('are grouped by the server', t =>
    browser.withPage('large-map', async page => {
      await backend.answers(page);
      await page.goto('/mentorship/services?by=owner');
      await page.getByText('up to a quarter').waitFor();
      await atRest(page);
      const rows = await drawn(page, 'tbody tr');
      assert.ok(rows <= MOST_ROWS, `${rows} groups are drawn of 400`);
      t.diagnostic(`${await drawn(page)} elements, ${rows} of 400 groups`);
    }));
});

function isList(message: { url(): string }): boolean {
  return new URL(message.url()).pathname.endsWith('/mentorship/assessments');
}

function press(page: Page, name: RegExp) {
  return page.getByRole('button', { name }).click();
}

function header(page: Page, name: string) {
  return page.getByRole('columnheader', { name }).click();
}

function search(page: Page, words: string) {
  return page.getByRole('searchbox').first().fill(words);
}

function drawn(page: Page, selector = '*'): Promise<number> {
  return page.locator(selector).count();
}

/** The backend of the plugin alone, on a catalog that is made up. */
class LargeBackend {
  private readonly process: ChildProcess;
  private readonly origin: string;
  private readonly folder: string;

  private constructor(child: ChildProcess, origin: string, folder: string) {
    this.process = child;
    this.origin = origin;
    this.folder = folder;
  }

  /** Starts it and waits for a run over all services. */
  static async start(): Promise<LargeBackend> {
    const folder = await mkdtemp(path.join(tmpdir(), 'mentorship-large-'));
    const port = await freePort();
    const program = new URL(
      '../../plugin-ts/plugins/mentorship-backend/dev/backend.ts',
      import.meta.url,
    );
    const child = spawn(
      process.execPath,
      [
        '--require',
        '@backstage/cli/config/nodeTransform.cjs',
        fileURLToPath(program),
      ],
      {
        cwd: fileURLToPath(new URL('..', program)),
        // Why it fails is worth reading.
        stdio: ['ignore', 'ignore', 'inherit'],
        env: {
          ...process.env,
          DATABASE: folder,
          LOG_LEVEL: 'error',
          PORT: String(port),
          SERVICES: String(SERVICES),
          TOKEN,
        },
      },
    );
    const backend = new LargeBackend(child, `http://127.0.0.1:${port}`, folder);
    await backend.judged();
    return backend;
  }

  /** Lets it answer the page; every request is noted. */
  async answers(page: Page): Promise<Request[]> {
    const asked: Request[] = [];
    await page.route(
      url => url.pathname.startsWith('/api/mentorship/'),
      async route => {
        const request = route.request();
        asked.push(request);
        const { pathname, search: query } = new URL(request.url());
        const response = await route.fetch({
          url: `${this.origin}${pathname}${query}`,
          headers: { ...request.headers(), ...HEADERS },
        });
        await route.fulfill({ response });
      },
    );
    return asked;
  }

  async end(): Promise<void> {
    const ended = new Promise(done => this.process.once('exit', done));
    if (this.process.kill()) await ended;
    await rm(this.folder, { recursive: true, force: true });
  }

  private async judged(): Promise<void> {
    const begun = Date.now();
    let isAsked = false;
    for (;;) {
      try {
        if (!isAsked) {
          isAsked = (await this.ask('/refresh', 'POST')).ok;
        }
        const status = await (await this.ask('/status', 'GET')).json();
        if ((status as { firstPassComplete?: boolean }).firstPassComplete) {
          return;
        }
      } catch {
        // It does not listen yet.
      }
      assert.ok(Date.now() - begun < PATIENCE_MS, 'the backend judged nothing');
      await sleep(250);
    }
  }

  private ask(route: string, method: string): Promise<Response> {
    return fetch(`${this.origin}/api/mentorship${route}`, {
      method,
      headers: HEADERS,
    });
  }
}

const HEADERS = { Authorization: `Bearer ${TOKEN}` };

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await new Promise(done => server.once('listening', done));
  const { port } = server.address() as AddressInfo;
  await new Promise(done => server.close(done));
  return port;
}
