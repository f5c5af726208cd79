/** Names, titles and notes that would strike where they are taken for more than text. */

import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { Page } from 'playwright-core';
import { ask, Browser } from './browser.ts';
import { atRest } from './looks.ts';

/** What stands in every text of `hostile/`. */
const PAYLOAD = '<img src=x onerror="window.struck=true">';

/** Where the texts show up, and some of them, as a reader must see them. */
const PAGES: Record<string, { address: string; texts: string[] }> = {
  'the tab': {
    address: '/catalog/default/component/trick/mentorship',
    texts: ['=HYPERLINK', 'Mallory', 'Tricksters'],
  },
  'the overview': {
    address: '/catalog/default/component/trick',
    texts: ['=HYPERLINK', 'Tricksters'],
  },
  'the list': {
    address: '/mentorship/services?text=trick',
    texts: ['=HYPERLINK', 'Mallory'],
  },
  'the heat map': {
    address: '/mentorship/services?by=owner&text=trick',
    texts: [],
  },
  'what if': {
    address: `/mentorship/what-if?leaves=user%3Adefault%2Fmallory&leaves=${encodeURIComponent(
      `Nobody ${PAYLOAD}`,
    )}`,
    texts: ['=HYPERLINK', 'Mallory', 'Nobody'],
  },
  home: { address: '/home', texts: [] },
};

describe('hostile texts', () => {
  let browser: Browser;
  before(async () => {
    browser = await Browser.open();
  });
  after(() => browser.close());

  for (const [name, { address, texts }] of Object.entries(PAGES)) {
    it(`stay text on ${name}`, () =>
      browser.withPage(`hostile-${name.replace(/ /g, '-')}`, async page => {
        const thrown: string[] = [];
        page.on('dialog', dialog => thrown.push(dialog.message()));
        await page.goto(address);
        for (const text of texts) {
          await page
            .getByText(new RegExp(`${escaped(text)}[^<]*<img src=x`))
            .first()
            .waitFor({ state: 'attached' });
        }
        await atRest(page);
        await requireText(page);
        assert.deepEqual(thrown, []);
      }));
  }

  it('are no formulas in the export, nor in that of what if', async () => {
    const files = [
      await ask('/assessments.csv?text=trick'),
      await ask('/what-if.csv', { leaves: ['user:default/mallory'] }),
    ];
    for (const file of files) {
      const csv = await file.text();
      assert.match(csv, /"'=HYPERLINK\(/);
      assert.doesNotMatch(csv, /(^|,|\n)"?[=+@]/);
    }
  });
});

/** No text became an element, a handler or an address that runs. */
async function requireText(page: Page): Promise<void> {
  const found = await page.evaluate(() => ({
    struck: 'struck' in window,
    elements: [
      ...document.querySelectorAll(
        'img[src="x"], [onerror], [onmouseover], a[href^="javascript:"]',
      ),
    ].map(element => element.outerHTML),
  }));
  assert.deepEqual(found, { struck: false, elements: [] });
}

function escaped(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}
