/** Takes the pictures of the documentation: `cargo xtask e2e --pictures`. */

import { after, before, describe, it } from 'node:test';
import { fileURLToPath } from 'node:url';
import type { Locator, Page } from 'playwright-core';
import { Browser, pathOf, picture } from './browser.ts';
import { atRest, type Look, PICTURED, show } from './looks.ts';
import { pages } from './pages.ts';
import { makeSmall } from './small.ts';
import { open } from './states.ts';

/** What there is to see, and when it is there; a part of the page where one is returned. */
const SUBJECTS: Record<
  string,
  { address: string; ready: (page: Page) => Promise<Locator | void> }
> = {
  'all-services': {
    address: '/mentorship',
    ready: async page => {
      // The last of the first page: those out of sight come a moment later.
      await page.getByText('Card vault').first().waitFor();
    },
  },
  'heat-map': {
    address: '/mentorship/services?by=owner',
    ready: async page => {
      await page.getByText('up to a quarter').waitFor();
    },
  },
  program: {
    address: '/mentorship/program',
    ready: async page => {
      await page.getByText('The first two weeks').waitFor();
    },
  },
  rules: {
    address: '/mentorship/rules',
    ready: async page => {
      await page
        .getByText(/services fail it/)
        .first()
        .waitFor();
    },
  },
  sources: {
    address: '/mentorship/sources',
    ready: async page => {
      await page
        .getByRole('row', { name: /status-page/ })
        .first()
        .waitFor();
    },
  },
  home: {
    address: '/home',
    ready: async page => {
      await page.getByText('What is held about you').waitFor();
    },
  },
  'service-tab': {
    address: '/catalog/default/component/payout-files/mentorship',
    ready: async page => {
      await page.getByRole('heading', { name: 'Whom to call' }).waitFor();
      if (!isNarrow(page)) await map(page, /^src /);
    },
  },
  'who-knows-what': {
    address: '/catalog/default/component/payments-gateway/mentorship',
    ready: page => map(page, /^internal /),
  },
  'what-if': {
    address: '/mentorship/what-if?leaves=user%3Adefault%2Falice',
    ready: async page => {
      await page.getByRole('heading', { name: /^Without Alice/ }).waitFor();
      await page.getByText('Details').first().click();
    },
  },
  'what-if-due': {
    address: '/mentorship/what-if?due=quarter',
    ready: async page => {
      await page.getByRole('heading', { name: /stewards? whose/ }).waitFor();
    },
  },
  'service-tab-not-enrolled': {
    address: '/catalog/default/component/notifications/mentorship',
    ready: async page => {
      await page.getByRole('heading', { name: 'Whom to call' }).waitFor();
      if (!isNarrow(page)) await map(page, /^src /);
    },
  },
  'service-overview': {
    address: '/catalog/default/component/payout-files',
    ready: async page => {
      await page.getByText('Bus factor').first().waitFor();
    },
  },
};

/** A look as a part of a file's name. */
function nameOf({ width, scheme }: Look): string {
  return `${width}-${scheme}`;
}

/** Whether panels are folded to their headings. */
function isNarrow(page: Page): boolean {
  return (page.viewportSize()?.width ?? 0) < 768;
}

/** The map of who knows what, with a directory in it; asked for when in sight. */
async function map(page: Page, directory: RegExp): Promise<Locator> {
  const region = page.getByRole('region', { name: 'Who knows what' });
  if (isNarrow(page)) await region.getByRole('heading').first().click();
  await region.scrollIntoViewIfNeeded();
  await region.getByRole('button', { name: directory }).waitFor();
  return region;
}

/** Where this checkout is, and where readers of the pictures may think it is. */
const HERE = fileURLToPath(new URL('../..', import.meta.url)).replace(
  /\/$/,
  '',
);
const ANYWHERE = '/srv/mentorship';

/**
 * Pictures are the same wherever they are taken: addresses of folders are not ours.
 * In the page, because what is answered in some states never passes the network.
 */
async function anywhere(page: Page): Promise<void> {
  await page.addInitScript(
    ([here, there]) => {
      const { fetch } = window;
      window.fetch = async (...question) => {
        const answer = await fetch(...question);
        const { status, statusText, headers } = answer;
        // Some answers may have no body.
        return answer.headers.get('content-type')?.includes('json')
          ? new Response((await answer.text()).replaceAll(here, there), {
              status,
              statusText,
              headers,
            })
          : answer;
      };
    },
    [HERE, ANYWHERE],
  );
}

/** Scrolls back what was scrolled until everything was there. */
function fromTheTop(): void {
  document.querySelectorAll('*').forEach(element => {
    if (element.scrollTop > 0) element.scrollTop = 0;
  });
}

/** A window as high as the page: what is fixed to its edges covers nothing. */
async function showWhole(page: Page): Promise<void> {
  const height = await page.evaluate(
    () => document.documentElement.scrollHeight,
  );
  const { width } = page.viewportSize() ?? PICTURED[0];
  await page.setViewportSize({ width, height });
}

describe('the pictures of the documentation', () => {
  let browser: Browser;
  before(async () => {
    browser = await Browser.open();
  });
  after(() => browser.close());

  for (const [subject, { address, ready }] of Object.entries(SUBJECTS)) {
    for (const look of PICTURED) {
      it(`${subject} ${nameOf(look)}`, async () => {
        const taken = `${subject}-${nameOf(look)}`;
        await browser.withPage(taken, async page => {
          await show(page, look);
          await anywhere(page);
          await page.goto(address);
          const part = await ready(page);
          await atRest(page);
          await page.evaluate(fromTheTop);
          await showWhole(page);
          // Fonts and the last transitions.
          await page.waitForTimeout(1_000);
          return part;
        });
        await makeSmall(pathOf(taken));
      });
    }
  }
});

/** What is in the window in each state. */
describe('the pictures of states', () => {
  let browser: Browser;
  before(async () => {
    browser = await Browser.open();
  });
  after(() => browser.close());

  for (const { name, address, states, inState } of pages) {
    for (const state of states) {
      it(`${name}, ${state}`, () =>
        browser.onPage(async page => {
          await show(page, PICTURED[0]);
          await anywhere(page);
          await open(page, inState[state] ?? address, state);
          // Nothing lies under the pointer.
          await page.mouse.move(PICTURED[0].width - 1, 0);
          for (const look of PICTURED) {
            await show(page, look);
            await atRest(page, state === 'loading');
            await page.evaluate(fromTheTop);
            const shown = `states/${name}-${state}-${nameOf(look)}`;
            await picture(page, shown);
            await makeSmall(pathOf(shown));
          }
        }));
    }
  }
});
