/** Takes the pictures of the documentation: `cargo xtask e2e --pictures`. */

import { describe, it } from 'node:test';
import type { Locator, Page } from 'playwright-core';
import { withPage } from './browser.ts';

const WIDTHS = { '1440': 1440, '400': 400 };
const SCHEMES = ['light', 'dark'] as const;

/** What there is to see, and when it is there; a part of the page where one is returned. */
const SUBJECTS: Record<
  string,
  { address: string; ready: (page: Page) => Promise<Locator | void> }
> = {
  'all-services': {
    address: '/mentorship',
    ready: async page => {
      await page.getByText('Dispute desk').first().waitFor();
    },
  },
  'service-tab': {
    address: '/catalog/default/component/payout-files/mentorship',
    ready: async page => {
      await page.getByRole('heading', { name: 'Whom to call' }).waitFor();
    },
  },
  'who-knows-what': {
    address: '/catalog/default/component/settlement-batch/mentorship',
    ready: async page => {
      const map = page.getByRole('region', { name: 'Who knows what' });
      await map.scrollIntoViewIfNeeded();
      await map.getByRole('button', { name: /^src / }).waitFor();
      return map;
    },
  },
  'what-if': {
    address: '/mentorship/what-if?leaves=user%3Adefault%2Falice',
    ready: async page => {
      await page.getByRole('heading', { name: /^Without Alice/ }).waitFor();
      await page.getByText('Details').first().click();
    },
  },
  'service-tab-not-enrolled': {
    address: '/catalog/default/component/notifications/mentorship',
    ready: async page => {
      await page.getByRole('heading', { name: 'Whom to call' }).waitFor();
    },
  },
  'service-overview': {
    address: '/catalog/default/component/payout-files',
    ready: async page => {
      await page.getByText('Bus factor').first().waitFor();
    },
  },
};

describe('the pictures of the documentation', () => {
  for (const [subject, { address, ready }] of Object.entries(SUBJECTS)) {
    for (const [name, width] of Object.entries(WIDTHS)) {
      for (const scheme of SCHEMES) {
        it(`${subject} at ${width} px, ${scheme}`, () =>
          withPage(`${subject}-${name}-${scheme}`, async page => {
            await page.setViewportSize({ width, height: 900 });
            await page.emulateMedia({
              colorScheme: scheme,
              reducedMotion: 'reduce',
            });
            await page.goto(address);
            const part = await ready(page);
            // Fonts and the last transitions.
            await page.waitForTimeout(1_000);
            return part;
          }));
      }
    }
  }
});
