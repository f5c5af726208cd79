/** A network that is slow, or that fails after something was shown. */

import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { Browser } from './browser.ts';

/** The routes of the backend behind the pages. */
const BACKEND = /\/api\/mentorship\//;
/** As over a bad line; long enough that the skeletons are seen. */
const SLOW_MS = 1_500;

const TAB = '/catalog/default/component/payout-files/mentorship';

describe('the network', () => {
  let browser: Browser;
  before(async () => {
    browser = await Browser.open();
  });
  after(() => browser.close());

  for (const [name, address, content] of [
    ['services', '/mentorship/services', 'Legacy billing'],
    ['program', '/mentorship/program', 'The first two weeks'],
    ['tab', TAB, 'Whom to call'],
  ] as const) {
    it(`is slow: ${name} keeps the places of what comes`, () =>
      browser.withPage(`slow-${name}`, async page => {
        await page.route(BACKEND, async route => {
          await sleep(SLOW_MS);
          await route.continue();
        });
        await page.goto(address);
        await page.locator('[aria-busy="true"]').first().waitFor();
        assert.equal(await page.getByText(content).count(), 0);
        await page.getByText(content).first().waitFor();
      }));
  }

  it('fails on the way to the next page: the rows stay, and say why', () =>
    browser.withPage('failing-next', async page => {
      await page.goto('/mentorship/services');
      const row = page.getByRole('row', {
        name: /^Ledger Ledger and settlement/,
      });
      await row.waitFor();
      await page.route(BACKEND, route => route.abort());
      await page.getByRole('button', { name: /next table page/i }).click();
      await page.getByRole('alert').first().waitFor();
      assert.ok(await row.isVisible());
    }));

  it('fails over another question: the last answer stays, says why, and asks again', () =>
    browser.withPage('failing-what-if', async page => {
      await page.goto('/mentorship/what-if?leaves=user%3Adefault%2Falice');
      const answer = page.getByRole('heading', { name: /^Without Alice/ });
      await answer.waitFor();
      await page.route(BACKEND, route => route.abort());
      await page
        .getByRole('button', { name: 'Rotations due this quarter' })
        .click();
      const alert = page.getByRole('alert').first();
      await alert.waitFor();
      assert.ok(await answer.isVisible());

      await page.unroute(BACKEND);
      await alert.getByRole('button', { name: 'Try again' }).click();
      await page
        .getByRole('heading', { name: /^Without Alice .*Samir Aziz/ })
        .waitFor();
      assert.equal(await page.getByRole('alert').count(), 0);
    }));
});
