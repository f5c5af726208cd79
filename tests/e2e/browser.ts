/** A Chromium of its own for each test, looking at the portal under test. */

import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import {
  chromium,
  type BrowserContext,
  type Locator,
  type Page,
} from 'playwright-core';

/** How long a page may take to show what is waited for. */
const PATIENCE_MS = 30_000;

const FLAGS = [
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-gpu',
  '--disable-quic',
  '--disable-sync',
  '--no-first-run',
  '--no-sandbox',
];

/** Where the portal answers, such as `http://localhost:41233`. */
export const portalUrl = setting('PORTAL_URL');

/** A browser that knows nothing yet; its pages share what it learns. */
export class Browser {
  // Node takes types away and writes nothing in their place.
  private readonly context: BrowserContext;
  private readonly profile: string;

  private constructor(context: BrowserContext, profile: string) {
    this.context = context;
    this.profile = profile;
  }

  static async open(): Promise<Browser> {
    const profile = await mkdtemp(path.join(tmpdir(), 'mentorship-e2e-'));
    const context = await chromium.launchPersistentContext(profile, {
      executablePath: setting('BROWSER_PATH'),
      headless: true,
      args: FLAGS,
      baseURL: portalUrl,
      viewport: { width: 1440, height: 900 },
    });
    context.setDefaultTimeout(PATIENCE_MS);
    return new Browser(context, profile);
  }

  /**
   * Gives `use` a new page. What the page showed at the end, or the part of it that
   * `use` returns, is kept as a picture of that name, also where `use` fails.
   */
  async withPage(
    name: string,
    use: (page: Page) => Promise<Locator | void>,
  ): Promise<void> {
    const path = pathOf(name);
    await this.onPage(async page => {
      let part: Locator | undefined;
      try {
        part = (await use(page)) || undefined;
      } finally {
        await (part
          ? part.screenshot({ path })
          : page.screenshot({ path, fullPage: true }));
      }
    });
  }

  /** Gives `use` a new page, of which it keeps what pictures it wants. */
  async onPage(use: (page: Page) => Promise<void>): Promise<void> {
    const page = await this.context.newPage();
    try {
      await use(page);
    } finally {
      // An answer that is still on its way reaches nobody.
      await page.unrouteAll({ behavior: 'ignoreErrors' });
      await page.close();
    }
  }

  async close(): Promise<void> {
    await this.context.close();
    await rm(this.profile, { recursive: true, force: true });
  }
}

/** Keeps what is in the window as a picture of that name. */
export async function picture(page: Page, name: string): Promise<void> {
  await page.screenshot({ path: pathOf(name) });
}

/** Where the picture of that name is kept. */
export function pathOf(name: string): string {
  return path.join(setting('SCREENSHOTS'), `${name}.png`);
}

/** Gives `use` a page in a browser of its own; see {@link Browser.withPage}. */
export async function withPage(
  name: string,
  use: (page: Page) => Promise<Locator | void>,
): Promise<void> {
  const browser = await Browser.open();
  try {
    await browser.withPage(name, use);
  } finally {
    await browser.close();
  }
}

/** A token of the guest, as the browser gets it. */
export async function guestToken(): Promise<string> {
  const response = await fetch(`${portalUrl}/api/auth/guest/refresh`, {
    method: 'POST',
  });
  const { backstageIdentity } = (await response.json()) as {
    backstageIdentity: { token: string };
  };
  return backstageIdentity.token;
}

/** Asks the backend as the guest, who may do everything; a body is posted. */
export async function ask(route: string, body?: object): Promise<Response> {
  const response = await fetch(`${portalUrl}/api/mentorship${route}`, {
    headers: {
      Authorization: `Bearer ${await guestToken()}`,
      ...(body && { 'Content-Type': 'application/json' }),
    },
    ...(body && { method: 'POST', body: JSON.stringify(body) }),
  });
  assert.equal(
    response.status,
    200,
    `${route}: ${await response.clone().text()}`,
  );
  return response;
}

function setting(name: string): string {
  const value = process.env[name];
  if (!value) throw new Error(`${name} is not set; run \`cargo xtask e2e\``);
  return value;
}
