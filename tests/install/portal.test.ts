/** A Backstage that somebody else made, after the README's five minutes. */

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { guestToken, portalUrl, withPage } from '../e2e/browser.ts';

/** The new portal's example catalog has one service, which nobody enrolled. */
const SERVICE = 'example-website';
const STARTS_WITHIN_MS = 180_000;

async function status(): Promise<{ firstPassComplete?: boolean }> {
  try {
    const authorization = `Bearer ${await guestToken()}`;
    const answer = await fetch(`${portalUrl}/api/mentorship/status`, {
      headers: { authorization },
    });
    return answer.ok ? await answer.json() : {};
  } catch {
    // Not up yet.
    return {};
  }
}

test('judges the services that are there already', async () => {
  const deadline = Date.now() + STARTS_WITHIN_MS;
  while (!(await status()).firstPassComplete) {
    assert.ok(Date.now() < deadline, 'no run was completed');
    await sleep(500);
  }
});

test('has the page', async () => {
  await withPage('page', async page => {
    await page.goto('/mentorship');
    await page.getByRole('button', { name: 'Enter' }).click();
    await page.getByRole('link', { name: SERVICE }).first().waitFor();
  });
});

test('has the tab of a service', async () => {
  await withPage('tab', async page => {
    await page.goto(`/catalog/default/component/${SERVICE}/mentorship`);
    await page.getByRole('button', { name: 'Enter' }).click();
    await page.getByRole('heading', { name: 'Bus factor' }).first().waitFor();
  });
});
