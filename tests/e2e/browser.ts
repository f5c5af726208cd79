/** A Chromium of its own for each test, looking at the portal under test. */

import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { chromium, type Locator, type Page } from 'playwright-core';

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

/**
 * Gives `use` a page in a fresh browser. What the page showed at the end, or the
 * part of it that `use` returns, is kept as a picture of that name, also where
 * `use` fails.
 */
export async function withPage(
  name: string,
  use: (page: Page) => Promise<Locator | void>,
): Promise<void> {
  const profile = await mkdtemp(path.join(tmpdir(), 'mentorship-e2e-'));
  const context = await chromium.launchPersistentContext(profile, {
    executablePath: setting('BROWSER_PATH'),
    headless: true,
    args: FLAGS,
    baseURL: portalUrl,
    viewport: { width: 1440, height: 900 },
  });
  try {
    context.setDefaultTimeout(PATIENCE_MS);
    const page = await context.newPage();
    const picture = path.join(setting('SCREENSHOTS'), `${name}.png`);
    let part: Locator | undefined;
    try {
      part = (await use(page)) || undefined;
    } finally {
      await (part
        ? part.screenshot({ path: picture })
        : page.screenshot({ path: picture, fullPage: true }));
    }
  } finally {
    await context.close();
    await rm(profile, { recursive: true, force: true });
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

function setting(name: string): string {
  const value = process.env[name];
  if (!value) throw new Error(`${name} is not set; run \`cargo xtask e2e\``);
  return value;
}
