/**
 * How much of the plugin a browser loads beyond what Backstage loads anyway, and how
 * soon pages show something. Bytes are asserted; times are told alone.
 */

import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { gzipSync } from 'node:zlib';
import type { Page, Response, Route } from 'playwright-core';
import { Browser } from './browser.ts';

const MOST_KB = 250;

/** Pages with a part of ours, and of every other kind. */
const BACKSTAGE = [
  '/',
  '/catalog/default/component/payout-files',
  '/catalog/default/user/alice',
  '/catalog/default/group/ledger',
  '/catalog/default/system/foundations',
  '/settings',
  '/home',
];

/** What stands on pages of Backstage's own, and is taken away to weigh those alone. */
const OUR_PARTS = [
  'entity-card:mentorship/status',
  'entity-card:mentorship/rotation',
  'entity-card:mentorship/bus-factor',
  'home-page-widget:mentorship/stewardships',
  'home-page-widget:mentorship/apprenticeships',
  'home-page-widget:mentorship/team-risk',
];

/** A widget of Backstage's own, in the place of ours. */
const THEIR_WIDGET = 'HomePageStarredEntities';

/** What is ours and where it is, and what is there when it is. */
const OURS: ReadonlyArray<
  readonly [what: string, address: string, ready: string]
> = [
  ['services', '/mentorship/services', 'Legacy billing'],
  ['heat map', '/mentorship/services?by=owner', 'up to a quarter'],
  ['program', '/mentorship/program', 'The first two weeks'],
  [
    'what if',
    '/mentorship/what-if?leaves=user%3Adefault%2Falice',
    'Could take over',
  ],
  ['rules', '/mentorship/rules', 'Stewardship'],
  ['sources', '/mentorship/sources', 'Sources of evidence'],
  [
    'the tab',
    '/catalog/default/component/payout-files/mentorship',
    'Whom to call',
  ],
  ['cards', '/catalog/default/component/payout-files', 'Steward rotation'],
  ['widgets at home', '/home', 'What is held about you'],
];

describe('the weight of the plugin', () => {
  let browser: Browser;
  before(async () => {
    browser = await Browser.open();
  });
  after(() => browser.close());

  it(`is at most ${MOST_KB} KB beyond Backstage, in all and part by part`, t =>
    browser.withPage('weight', async page => {
      const { loaded, weighed } = sizes(page);
      await page.route(isDocument, withoutOurParts);
      for (const address of BACKSTAGE) {
        await rest(page, address);
      }
      await page.getByText('Your Starred Entities').waitFor();
      await weighed();
      await page.unroute(isDocument);

      const backstage = new Map(loaded);
      const ours = new Map<string, number>();
      for (const [what, address, ready] of OURS) {
        loaded.clear();
        await rest(page, address, ready);
        await weighed();
        const part = [...loaded].filter(([url]) => !backstage.has(url));
        t.diagnostic(`${what}: ${kilobytes(part)} KB alone`);
        assert.ok(part.length > 0, `nothing of ${what} was weighed`);
        part.forEach(([url, bytes]) => ours.set(url, bytes));
      }
      const total = kilobytes([...ours]);
      t.diagnostic(`${total} KB gzip in all, in ${ours.size} files`);
      assert.ok(total > 10, 'nothing was weighed');
      assert.ok(total <= MOST_KB, `${total} KB gzip`);
    }));
});

/** How often each is measured; the median counts, the first is of a cold browser. */
const TIMES = 5;

describe('how soon there is something to see, once the app is there', () => {
  let browser: Browser;
  before(async () => {
    browser = await Browser.open();
  });
  after(() => browser.close());

  const openPage = (page: Page) =>
    page.getByRole('link', { name: 'Mentorship' }).first().click();
  const rows = (page: Page) =>
    page.getByRole('row', { name: /^Dispute desk/ }).waitFor();
  for (const [name, begin, act, end] of [
    ['page', catalogAtRest, openPage, rows],
    // What is left of drawing the catalog's own page is counted too.
    ['page, while the catalog is still being drawn', catalog, openPage, rows],
    [
      'tab',
      async (page: Page) => {
        await page.goto('/catalog/default/component/ledger');
        await page.getByText('Steward rotation').first().waitFor();
      },
      (page: Page) =>
        page.locator('a[href$="/component/ledger/mentorship"]').first().click(),
      (page: Page) =>
        page.getByRole('heading', { name: 'Whom to call' }).waitFor(),
    ],
  ] as const) {
    it(`on the ${name}`, async t => {
      const took: number[] = [];
      for (let time = 0; time < TIMES; time += 1) {
        await browser.withPage(`soon-${name.split(',')[0]}`, async page => {
          await begin(page);
          const begun = performance.now();
          await act(page);
          await end(page);
          took.push(Math.round(performance.now() - begun));
        });
      }
      const median = [...took].sort((a, b) => a - b)[TIMES >> 1];
      t.diagnostic(`${median} ms, the median of ${took.join(', ')}`);
    });
  }
});

/** The page that a portal begins with, as soon as there is something to press. */
async function catalog(page: Page) {
  await page.goto('/');
  await page.getByRole('link', { name: 'ledger' }).first().waitFor();
}

/** The same, once it is all there: the app is ready. */
async function catalogAtRest(page: Page) {
  await catalog(page);
  await page.waitForLoadState('networkidle');
}

interface Configuration {
  data: { app?: { extensions?: object[] } };
}

function isDocument({ pathname }: URL): boolean {
  return !/^\/(api|static)\//.test(pathname) && !pathname.includes('.');
}

/** Hands out the app with a configuration by which it has none of {@link OUR_PARTS}. */
async function withoutOurParts(route: Route): Promise<void> {
  const response = await route.fetch();
  const html = await response.text();
  const body = html.replace(
    /(<script type="backstage.io\/config">)([^]*?)(<\/script>)/,
    (_, begin, json, end) => {
      const configured = JSON.parse(json) as Configuration[];
      const extensions = [
        ...configured.flatMap(({ data }) => data.app?.extensions ?? []),
        ...OUR_PARTS.map(id => ({ [id]: false })),
        {
          'page:home': {
            config: {
              defaultConfig: [
                {
                  component: THEIR_WIDGET,
                  column: 0,
                  row: 0,
                  width: 5,
                  height: 5,
                },
              ],
            },
          },
        },
      ];
      // The last one wins where lists are configured.
      const last = { context: 'test', data: { app: { extensions } } };
      return begin + JSON.stringify([...configured, last]) + end;
    },
  );
  assert.notEqual(body, html, 'the app carries no configuration');
  await route.fulfill({ response, body });
}

/** Opens a page and waits until it loads nothing more. */
async function rest(page: Page, address: string, ready?: string) {
  await page.goto(address);
  if (ready) {
    await page.getByText(ready).first().waitFor();
  }
  await page.waitForLoadState('networkidle');
}

/**
 * Scripts and styles by their addresses, with their bytes as gzip, and when all that
 * were loaded so far are among them.
 */
function sizes(page: Page) {
  const loaded = new Map<string, number>();
  let weighing: Array<Promise<void>> = [];
  const weigh = async (response: Response) => {
    const url = response.url();
    loaded.set(url, gzipSync(await bodyOf(response)).length);
  };
  page.on('response', response => {
    const kind = response.request().resourceType();
    if (kind === 'script' || kind === 'stylesheet') {
      weighing.push(weigh(response));
    }
  });
  const weighed = async () => {
    await Promise.all(weighing);
    weighing = [];
  };
  return { loaded, weighed };
}

/** What was loaded; loaded again where the page has forgotten it on its way to the next. */
async function bodyOf(response: Response): Promise<Buffer> {
  try {
    return await response.body();
  } catch {
    const again = await fetch(response.url());
    assert.equal(again.status, 200, response.url());
    return Buffer.from(await again.arrayBuffer());
  }
}

function kilobytes(files: ReadonlyArray<readonly [string, number]>): number {
  return Math.round(files.reduce((sum, [, bytes]) => sum + bytes, 0) / 1024);
}
