/** How a page is looked at: widths, schemes, and when it has come to rest. */

import type { Page } from 'playwright-core';

/** A window and a colour scheme. */
export interface Look {
  width: number;
  scheme: 'light' | 'dark';
}

/** From a telephone to a large screen, each scheme on the usual widths. */
export const EVERY_LOOK: readonly Look[] = [
  { width: 1440, scheme: 'light' },
  { width: 1440, scheme: 'dark' },
  { width: 400, scheme: 'dark' },
  { width: 400, scheme: 'light' },
  { width: 1920, scheme: 'light' },
];

/** Both schemes on a telephone and on a usual screen: what pictures are taken in. */
export const PICTURED: readonly Look[] = EVERY_LOOK.filter(
  ({ width }) => width <= 1440,
);

/** Both widths and both schemes, for what there is no time to see in every look. */
export const TWO_LOOKS: readonly Look[] = [EVERY_LOOK[0], EVERY_LOOK[2]];

/** Shows the page that is loaded in another look, as a reader who turns a screen. */
export async function show(page: Page, { width, scheme }: Look): Promise<void> {
  await page.emulateMedia({ colorScheme: scheme, reducedMotion: 'reduce' });
  await page.setViewportSize({ width, height: 900 });
}

/** A page of the app; the home page is no landmark, but has our widgets. */
const PAGE = 'main, [role="main"], [data-mentorship-widget]';

/** How long nothing may change in a page that has come to rest, in milliseconds. */
const QUIET_MS = 120;
/** How long a page may take to come to rest. */
const PATIENCE_MS = 15_000;

/**
 * Waits until nothing changes any more: no element, no colour. A page that
 * `waits` for an answer that does not come shows so, and rests all the same.
 */
export async function atRest(page: Page, waits = false): Promise<void> {
  // However slow the machine, the page is there before it is looked at.
  await page.locator(PAGE).first().waitFor();
  if (!waits) {
    await page.waitForFunction(() => {
      const busy = '[aria-busy="true"], [role="progressbar"]';
      const unfinished = document.querySelector(busy);
      // Some of the page asks only when it comes into sight.
      unfinished?.scrollIntoView();
      return !unfinished;
    });
  }
  await page.evaluate(
    ({ quiet, patience }) =>
      new Promise<void>((done, failed) => {
        // What moves as somebody scrolls rests where nobody does.
        const moves = () =>
          document.getAnimations().some(animation => {
            const { endTime } = animation.effect?.getComputedTiming() ?? {};
            return (
              animation.playState === 'running' &&
              animation.timeline === document.timeline &&
              endTime !== Infinity
            );
          });
        const end = () => {
          observer.disconnect();
          clearTimeout(timer);
          clearTimeout(deadline);
        };
        const look = () => (moves() ? again() : (end(), done()));
        const again = () => {
          clearTimeout(timer);
          timer = setTimeout(look, quiet);
        };
        const observer = new MutationObserver(again);
        let timer = setTimeout(look, quiet);
        const deadline = setTimeout(() => {
          end();
          failed(new Error('the page does not come to rest'));
        }, patience);
        observer.observe(document, {
          attributes: true,
          childList: true,
          subtree: true,
        });
      }),
    { quiet: QUIET_MS, patience: PATIENCE_MS },
  );
}
