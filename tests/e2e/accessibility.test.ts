/**
 * Every page in every state, without violations of axe's rules, of which none is
 * switched off. `pages.json` names the states of each extension; a test of the
 * plugin fails where it does not name an extension.
 */

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { after, before, describe, it } from 'node:test';
import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from 'playwright-core';
import { Browser } from './browser.ts';
import { STATES } from './states.ts';

interface Shown {
  address: string;
  /** Words that are there as soon as everything is. */
  ready: string;
  states: string[];
  /** Other addresses at which it looks different. */
  views?: string[];
}

/**
 * What the framework draws, and we cannot mend: checked again on the day.
 * The header has its tabs and its heading outside of every landmark, and names
 * panels that are not there. A table that loads has empty heads of rows. The
 * navigation at the foot of a narrow screen, and the button in it, have no name.
 */
const FRAMEWORK = {
  until: '2027-05-31',
  elements: [
    '.bui-PluginHeader',
    '[data-key^="skeleton-"]',
    '.MuiBottomNavigation-root',
  ],
};

/** The home page is the framework's; of it, what is ours is looked at. */
const OURS_AT_HOME = '[data-mentorship-widget]';

/** How long a page may take to settle in a state in which nothing is waited for. */
const SETTLED_MS = 2_500;

const pages = JSON.parse(
  readFileSync(new URL('pages.json', import.meta.url), 'utf8'),
) as Record<string, Shown | { with: string }>;

describe('accessibility', () => {
  // One for all: the app is loaded once, which takes longest.
  let browser: Browser;
  before(async () => {
    browser = await Browser.open();
  });
  after(() => browser.close());

  it('does without exemptions as soon as the framework can', () => {
    assert.ok(
      new Date().toISOString().slice(0, 10) <= FRAMEWORK.until,
      'look whether the framework still needs to be exempt',
    );
  });

  for (const [id, shown] of Object.entries(pages)) {
    if ('with' in shown) {
      continue;
    }
    const name = id.replace(/[^a-z]+/g, '-');
    for (const scheme of ['light', 'dark'] as const) {
      it(`${id}, ${scheme}`, () =>
        browser.withPage(`axe-${name}-${scheme}`, async page => {
          await page.emulateMedia({
            colorScheme: scheme,
            reducedMotion: 'reduce',
          });
          await page.goto(shown.address);
          await page.getByText(shown.ready).first().waitFor();
          await check(page);
          for (const view of shown.views ?? []) {
            await page.goto(view);
            await page.waitForTimeout(SETTLED_MS);
            await check(page);
          }
        }));
    }

    it(`${id} on a narrow screen`, () =>
      browser.withPage(`axe-${name}-narrow`, async page => {
        await page.setViewportSize({ width: 400, height: 900 });
        await page.goto(shown.address);
        await page.getByText(shown.ready).first().waitFor();
        await check(page);
        const width = await page.evaluate(
          () => document.documentElement.scrollWidth,
        );
        assert.ok(width <= 400, `the page is ${width} px wide`);
      }));

    for (const state of shown.states) {
      it(`${id}, ${state}`, () =>
        browser.withPage(`axe-${name}-${state}`, async page => {
          await page.emulateMedia({ reducedMotion: 'reduce' });
          await STATES[state](page);
          await page.goto(shown.address);
          await page.waitForTimeout(SETTLED_MS);
          await check(page);
        }));
    }
  }
});

async function check(page: Page): Promise<void> {
  const builder = new AxeBuilder({ page });
  if (new URL(page.url()).pathname === '/home') {
    await page.locator(OURS_AT_HOME).first().waitFor();
    builder.include(OURS_AT_HOME);
  } else {
    // However slow the machine, the page is there before it is looked at.
    await page.locator('main, [role="main"]').first().waitFor();
    FRAMEWORK.elements.forEach(element => builder.exclude(element));
  }
  const { violations } = await builder.analyze();
  assert.deepEqual(
    violations.map(({ id, nodes }) => [
      id,
      nodes.map(({ html, failureSummary }) => `${html}\n${failureSummary}`),
    ]),
    [],
    page.url(),
  );
}
