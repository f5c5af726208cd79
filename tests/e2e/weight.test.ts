/**
 * How much of the plugin a browser loads beyond what Backstage loads anyway, and how
 * soon pages show something. Bytes are asserted; times are told alone.
 */

import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { gzipSync } from 'node:zlib';
import type { Page } from 'playwright-core';
import { Browser } from './browser.ts';

const MOST_KB = 250;

/** Backstage itself, on pages without a part of ours. */
const BACKSTAGE = [
  '/',
  '/catalog/default/user/alice',
  '/catalog/default/group/ledger',
  '/catalog/default/system/foundations',
  '/settings',
];

/**
 * Our pages and the tab, and what is there when they are. The cards and widgets are
 * parts of these, on pages of which most is Backstage's own.
 */
const OURS: ReadonlyArray<readonly [address: string, ready: string]> = [
  ['/mentorship/services', 'Legacy billing'],
  ['/mentorship/services?by=owner', 'up to a quarter'],
  ['/mentorship/program', 'The first two weeks'],
  ['/mentorship/what-if?leaves=user%3Adefault%2Falice', 'Could take over'],
  ['/mentorship/rules', 'Stewardship'],
  ['/mentorship/sources', 'Sources of evidence'],
  ['/catalog/default/component/payout-files/mentorship', 'Whom to call'],
];

describe('the weight of the plugin', () => {
  let browser: Browser;
  before(async () => {
    browser = await Browser.open();
  });
  after(() => browser.close());

  it(`is at most ${MOST_KB} KB beyond Backstage`, t =>
    browser.withPage('weight', async page => {
      const { loaded, unread } = sizes(page);
      for (const address of BACKSTAGE) {
        await page.goto(address);
        await page.waitForLoadState('networkidle');
      }
      const backstage = new Set(loaded.keys());
      for (const [address, ready] of OURS) {
        const before = new Set(loaded.keys());
        await page.goto(address);
        await page.getByText(ready).first().waitFor();
        await page.waitForLoadState('networkidle');
        const added = [...loaded].filter(([url]) => !before.has(url));
        t.diagnostic(`${address}: ${kilobytes(added)} KB more`);
      }
      const ours = [...loaded].filter(([url]) => !backstage.has(url));
      const total = kilobytes(ours);
      t.diagnostic(`${total} KB gzip in all, in ${ours.length} files`);
      assert.ok(total > 10, 'nothing was weighed');
      const missed = unread.filter(url => !loaded.has(url));
      assert.deepEqual(missed, [], 'these were not weighed');
      assert.ok(total <= MOST_KB, `${total} KB gzip`);
    }));
});

describe('how soon there is something to see, once the app is there', () => {
  let browser: Browser;
  before(async () => {
    browser = await Browser.open();
  });
  after(() => browser.close());

  it('on the page', t =>
    browser.withPage('soon-page', async page => {
      await page.goto('/');
      await page.getByRole('link', { name: 'ledger' }).first().waitFor();
      const begun = performance.now();
      await page.getByRole('link', { name: 'Mentorship' }).first().click();
      await page.getByRole('row', { name: /^Ledger service/ }).waitFor();
      t.diagnostic(`${Math.round(performance.now() - begun)} ms`);
    }));

  it('on the tab', t =>
    browser.withPage('soon-tab', async page => {
      await page.goto('/catalog/default/component/ledger');
      await page.getByText('Steward rotation').first().waitFor();
      const begun = performance.now();
      await page
        .locator('a[href$="/component/ledger/mentorship"]')
        .first()
        .click();
      await page.getByRole('heading', { name: 'Whom to call' }).waitFor();
      t.diagnostic(`${Math.round(performance.now() - begun)} ms`);
    }));
});

/**
 * Scripts and styles by their addresses, with their bytes as gzip, and those whose
 * bytes were gone before they could be read.
 */
function sizes(page: Page) {
  const loaded = new Map<string, number>();
  const unread: string[] = [];
  page.on('response', async response => {
    const kind = response.request().resourceType();
    if (kind === 'script' || kind === 'stylesheet') {
      const url = response.url();
      try {
        loaded.set(url, gzipSync(await response.body()).length);
      } catch {
        unread.push(url);
      }
    }
  });
  return { loaded, unread };
}

function kilobytes(files: ReadonlyArray<readonly [string, number]>): number {
  return Math.round(files.reduce((sum, [, bytes]) => sum + bytes, 0) / 1024);
}
