/**
 * Every page in every state, light and dark, from 400 to 1920 px, without violations
 * of axe's rules, of which none is switched off, and never wider than the window.
 * `pages.json` names the states of each extension; a test of the plugin fails where
 * it does not name an extension.
 */

import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { Page } from 'playwright-core';
import { violations } from './axe.ts';
import { Browser, picture } from './browser.ts';
import { atRest, EVERY_LOOK, show, TWO_LOOKS, type Look } from './looks.ts';
import { pages } from './pages.ts';
import { open } from './states.ts';

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

/** States and views are seen in two looks, and by `cargo xtask prove pages` in every one. */
const SOME_LOOKS = process.env.EVERY_LOOK ? EVERY_LOOK : TWO_LOOKS;

/** Where pages fold most of what they hold. */
const NARROW = 400;

/** As many as the machine has processors for; the portal takes its part too. */
const AT_ONCE = 2;

describe('accessibility', { concurrency: AT_ONCE }, () => {
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

  for (const { id, name, address, ready, states, inState, views } of pages) {
    it(id, () =>
      browser.withPage(`axe-${name}`, async page => {
        await show(page, EVERY_LOOK[0]);
        await page.goto(address);
        await page.getByText(ready).first().waitFor();
        await check(page, name, EVERY_LOOK);
      }),
    );

    for (const [number, view] of views.entries()) {
      it(`${id} at ${view}`, () =>
        browser.withPage(`axe-${name}-view-${number}`, async page => {
          await show(page, SOME_LOOKS[0]);
          await page.goto(view);
          await check(page, `${name}-view-${number}`, SOME_LOOKS);
        }));
    }

    for (const state of states) {
      it(`${id}, ${state}`, () =>
        browser.withPage(`axe-${name}-${state}`, async page => {
          await show(page, SOME_LOOKS[0]);
          await open(page, inState[state] ?? address, state);
          await check(page, `${name}-${state}`, SOME_LOOKS, {
            waits: state === 'loading',
          });
        }));
    }
  }

  it('what levels mean, a press away', () =>
    browser.withPage('axe-levels', async page => {
      for (const look of TWO_LOOKS) {
        await show(page, look);
        await page.goto('/mentorship/services');
        await page.getByRole('button', { name: 'What levels mean' }).click();
        await page.getByText('For surviving one departure.').waitFor();
        await check(page, 'levels', [look]);
      }
    }));
});

/** Opens what is folded: what nobody sees, axe does not look at. */
function unfold(): void {
  document.querySelectorAll('details').forEach(folded => {
    folded.open = true;
  });
}

/** Looks at a page that is loaded in each look, without loading it again. */
async function check(
  page: Page,
  name: string,
  looks: readonly Look[],
  { waits = false } = {},
): Promise<void> {
  const isHome = new URL(page.url()).pathname === '/home';
  const part = isHome
    ? { include: [OURS_AT_HOME] }
    : { exclude: FRAMEWORK.elements };
  for (const look of looks) {
    const where = `${page.url()}, ${look.width} px, ${look.scheme}`;
    await show(page, look);
    if (look.width === NARROW) await page.evaluate(unfold);
    await atRest(page, waits);
    await picture(page, `axe-${name}-${look.width}-${look.scheme}`);
    assert.deepEqual(await violations(page, part), [], where);
    const width = await page.evaluate(
      () => document.documentElement.scrollWidth,
    );
    assert.ok(width <= look.width, `${where}: the page is ${width} px wide`);
  }
}
