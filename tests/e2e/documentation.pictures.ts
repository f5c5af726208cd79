/** Takes the pictures of the documentation: `cargo xtask e2e --pictures`. */

import { describe, it } from 'node:test';
import type { Page } from 'playwright-core';
import { withPage } from './browser.ts';

const WIDTHS = { '1440': 1440, '400': 400 };
const SCHEMES = ['light', 'dark'] as const;

const SUBJECTS: Record<
  string,
  { address: string; ready: (page: Page) => Promise<void> }
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
            await ready(page);
            // Fonts and the last transitions.
            await page.waitForTimeout(1_000);
          }));
      }
    }
  }
});
