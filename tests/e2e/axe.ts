/** Looks at a page with axe, of which no rule is switched off. */

import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Page } from 'playwright-core';

/** What of a page is looked at, by selectors. */
export interface Part {
  include?: string[];
  exclude?: string[];
}

/** A rule that is broken, and the elements that break it, with the reasons. */
export type Violation = [rule: string, elements: string[]];

interface Axe {
  run(
    part: Part,
    options: { resultTypes: ['violations'] },
  ): Promise<{
    violations: Array<{
      id: string;
      nodes: Array<{ html: string; failureSummary?: string }>;
    }>;
  }>;
}

const SOURCE = readFileSync(
  createRequire(import.meta.url).resolve('axe-core/axe.min.js'),
  'utf8',
);

/**
 * The rules that a page breaks. axe is run in the page and hands out violations
 * alone: what the adapter of the browser's driver does besides, every passed element
 * through a second page, takes ten times as long.
 */
export async function violations(page: Page, part: Part): Promise<Violation[]> {
  if (!(await page.evaluate(() => 'axe' in window))) {
    await page.evaluate(SOURCE);
  }
  return page.evaluate(async looked => {
    const { axe } = window as unknown as { axe: Axe };
    const found = await axe.run(looked, { resultTypes: ['violations'] });
    return found.violations.map(
      ({ id, nodes }): Violation => [
        id,
        nodes.map(({ html, failureSummary }) => `${html}\n${failureSummary}`),
      ],
    );
  }, part);
}
