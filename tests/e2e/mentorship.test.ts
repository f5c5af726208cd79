import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { after, before, describe, it } from 'node:test';
import { ask, Browser, portalUrl } from './browser.ts';

const COLUMNS =
  'as_of,entity_ref,title,kind,type,lifecycle,tier,owner,system,level,score,coverage,mentorship_status,apprentices,milestones_done,milestones_total,next_milestone_due,steward,steward_since,steward_age_days,rotation_state,rotation_due,bus_factor,bus_factor_basis,bus_factor_verdict,bus_factor_declared,bus_factor_authorship,bus_factor_recent,contributor_absence_factor,failed_rules,unknown_rules';

interface Row {
  entityRef: string;
  level: string;
  mentorshipStatus: string;
  rotationState: string;
  busFactorVerdict: string;
}

const tab = (service: string) =>
  `/catalog/default/component/${service}/mentorship`;

// One for all: the app is loaded once, which takes longest.
let browser: Browser;
before(async () => {
  browser = await Browser.open();
});
after(() => browser.close());

describe('the backend on the example company', () => {
  it('judges every state of every reading', async () => {
    const { items } = (await (await ask('/assessments?limit=100')).json()) as {
      items: Row[];
    };
    assert.ok(items.length >= 14, `${items.length} services`);
    const seen = (field: keyof Row) =>
      [...new Set(items.map(row => row[field]))].sort();
    assert.deepEqual(seen('level'), [
      'covered',
      'developing',
      'exposed',
      'not-enrolled',
      'resilient',
      'unknown',
    ]);
    assert.deepEqual(seen('mentorshipStatus'), [
      'active',
      'graduated',
      'none',
      'planned',
      'stalled',
      'unknown',
    ]);
    assert.deepEqual(seen('rotationState'), [
      'overdue',
      'settling',
      'unknown',
      'vacant',
      'window',
    ]);
    assert.deepEqual(seen('busFactorVerdict'), [
      'orphaned',
      'resilient',
      'single',
      'thin',
      'unknown',
    ]);
  });

  it('exports the columns of the contract, one line a service', async () => {
    const csv = await (await ask('/assessments.csv')).text();
    const lines = csv.split('\r\n');
    assert.equal(lines[0], COLUMNS);
    const { totalItems } = (await (
      await ask('/assessments?limit=1')
    ).json()) as { totalItems: number };
    assert.equal(lines.length, totalItems + 2);
    assert.equal(lines.at(-1), '');
  });

  it('tells nothing to a caller without a user', async () => {
    for (const path of ['/assessments', '/assessments.csv', '/status']) {
      const response = await fetch(`${portalUrl}/api/mentorship${path}`);
      assert.equal(response.status, 401, path);
    }
  });
});

describe('a repository that visits', () => {
  it("has its service judged beside the company's", () =>
    browser.withPage('visiting', async page => {
      await page.goto(tab('visiting'));
      await page.getByText('Not enrolled').first().waitFor();
      const busFactor = page.getByRole('region', { name: 'Bus factor' });
      await busFactor.getByText('Vera Visitor').first().waitFor();
    }));

  it('says at once which entry the catalog refuses, and why', () => {
    const reasons = (process.env.REFUSED ?? '').split('\n');
    assert.equal(reasons.length, 1);
    assert.match(
      reasons[0],
      /catalog-info\.yaml: the Component `refused`: .*"visiting" had missing or empty kind/,
    );
  });
});

describe('the page over all services', () => {
  it('lists the services and takes them out as CSV', () =>
    browser.withPage('page', async page => {
      await page.goto('/mentorship');
      await page
        .getByRole('row', { name: /^Ledger Ledger and settlement/ })
        .waitFor();
      const download = page.waitForEvent('download');
      await page
        .getByRole('button', { name: 'Download this view as CSV' })
        .click();
      const file = await (await download).path();
      const [header] = (await readFile(file, 'utf8')).split('\r\n');
      assert.equal(header, COLUMNS);
    }));

  it('keeps the filters in the address', () =>
    browser.withPage('page-filtered', async page => {
      await page.goto('/mentorship/services?level=exposed');
      // While the rows load, empty ones keep their place.
      await page
        .getByRole('row')
        .filter({ hasText: 'Exposed' })
        .first()
        .waitFor();
      const rows = await page.getByRole('row').allInnerTexts();
      for (const row of rows.slice(1)) assert.match(row, /Exposed/);
    }));
});

describe('the mentorship tab', () => {
  for (const [service, level] of [
    ['payments-gateway', 'Resilient'],
    ['payout-files', 'Developing'],
    ['merchant-portal', 'Exposed'],
    ['notifications', 'Not enrolled'],
    ['mentorship-plugin', /Exposed|Developing|Covered|Resilient/],
  ] as const) {
    it(`leads with the level of ${service}`, () =>
      browser.withPage(`tab-${service}`, async page => {
        await page.goto(tab(service));
        await page.getByText(level).first().waitFor();
        for (const title of [
          'Steward rotation',
          'Bus factor',
          'Whom to call',
        ]) {
          await page.getByRole('heading', { name: title }).first().waitFor();
        }
      }));
  }

  it('says why a repository could not be read', () =>
    browser.withPage('tab-failed', async page => {
      await page.goto(tab('card-vault'));
      await page
        .getByText(/does not exist|could not be read/)
        .first()
        .waitFor();
    }));

  it('shows the page of a rule beside the finding', () =>
    browser.withPage('tab-rule', async page => {
      await page.goto(tab('merchant-portal'));
      await page
        .getByRole('button', { name: /About the rule/ })
        .first()
        .click();
      const dialog = page.getByRole('dialog');
      await dialog.getByRole('heading', { name: 'Why it matters' }).waitFor();
    }));
});

describe('on a telephone', () => {
  const TELEPHONE = { width: 400, height: 800 };
  /** What the portal keeps at the foot of the screen for its menu. */
  const FOOT = 60;

  it('the first services are on the first screen', () =>
    browser.withPage('telephone-page', async page => {
      await page.setViewportSize(TELEPHONE);
      await page.goto('/mentorship/services');
      const first = page
        .getByRole('list', { name: 'Services', exact: true })
        .getByRole('listitem')
        .first();
      await first.waitFor();
      const box = await first.boundingBox();
      assert.ok(box && box.y + box.height < TELEPHONE.height - FOOT);
    }));

  it('says behind one button how many filters narrow the list', () =>
    browser.withPage('telephone-filters', async page => {
      await page.setViewportSize(TELEPHONE);
      await page.goto('/mentorship/services?rotationState=overdue&mine=true');
      await page.getByRole('button', { name: 'Filters (2)' }).click();
      await page.getByRole('switch').press('Space');
      await page.getByRole('button', { name: 'Filters (1)' }).waitFor();
    }));

  it('the level, what is missing and what to do next are on the first screen', () =>
    browser.withPage('telephone-tab', async page => {
      await page.setViewportSize({ ...TELEPHONE, height: 900 });
      await page.goto(tab('payout-files'));
      const next = page
        .getByRole('region', { name: 'Do next' })
        .getByRole('listitem')
        .first();
      await next.waitFor();
      const box = await next.boundingBox();
      assert.ok(box && box.y + box.height < 900 - FOOT);
    }));

  it('a list leads by keyboard to each panel, and opens it', () =>
    browser.withPage('telephone-jump', async page => {
      await page.setViewportSize(TELEPHONE);
      await page.goto(tab('payout-files'));
      const panels = page.getByRole('navigation', { name: 'On this page' });
      await panels.getByRole('link', { name: 'Evidence' }).focus();
      await page.keyboard.press('Enter');
      await page.getByText('Catalog entity', { exact: true }).waitFor();
      assert.equal(
        await page.evaluate(() => document.activeElement?.textContent),
        'Evidence',
      );

      await panels.getByRole('link', { name: 'What to do' }).click();
      const box = await page
        .getByRole('heading', { name: 'What to do' })
        .boundingBox();
      assert.ok(box && box.y > 0 && box.y < 100, 'below the list of panels');
    }));
});

describe('what if somebody leaves', () => {
  it('tells the director what falls without Alice, by an address to share', () =>
    browser.withPage('what-if', async page => {
      await page.goto('/mentorship');
      await page.getByRole('tab', { name: 'What if' }).click();
      await page.getByRole('searchbox').fill('alice');
      await page.getByRole('option', { name: /Alice Moreau/ }).click();
      const answer = page.getByRole('heading', {
        name: /^Without Alice Moreau, \d+ services? of \d+ would lose something/,
      });
      await answer.waitFor();
      assert.equal(
        new URL(page.url()).searchParams.get('leaves'),
        'user:default/alice',
      );

      await page.reload();
      await answer.waitFor();
      const worst = page
        .getByRole('list', { name: /the worst first/ })
        .getByRole('listitem')
        .first();
      await worst.getByText('Could take over').first().waitFor();
      await worst.getByText('Details').click();
      await worst.getByText('Score and readings').waitFor();
      await worst.getByRole('heading').getByRole('link').click();
      await page.getByRole('heading', { name: 'Whom to call' }).waitFor();
      assert.match(page.url(), /\/component\/[^/]+\/mentorship$/);
    }));

  it('says who is not known, and that nobody is missed', () =>
    browser.withPage('what-if-nobody', async page => {
      await page.goto('/mentorship/what-if?leaves=Nobody+At+All');
      await page.getByText('Not known to the catalog').waitFor();
      await page.getByText('Nobody to leave yet').waitFor();
    }));

  it('is a click away from the bus factor', () =>
    browser.withPage('what-if-from-tab', async page => {
      await page.goto(tab('settlement-batch'));
      await page.getByRole('link', { name: /^What if .+ leaves\?$/ }).click();
      await page.getByRole('heading', { name: /^Without / }).waitFor();
    }));
});

describe('who knows what', () => {
  it('goes down and up the directories by keyboard', () =>
    browser.withPage('who-knows-what', async page => {
      await page.goto(tab('settlement-batch'));
      const map = page.getByRole('region', { name: 'Who knows what' });
      await map.scrollIntoViewIfNeeded();
      const way = map.getByRole('navigation', { name: 'Directory' });
      await map.getByRole('button', { name: /^src / }).focus();
      await page.keyboard.press('Enter');
      await map.getByRole('button', { name: /^settlement / }).waitFor();
      assert.equal(
        await page.evaluate(() => document.activeElement?.textContent),
        'src',
      );
      await map.getByRole('radio', { name: 'Table' }).click();
      await map.getByRole('row', { name: /^settlement / }).waitFor();

      await way.getByRole('button').first().focus();
      await page.keyboard.press('Enter');
      await map.getByRole('row', { name: /^src / }).waitFor();
      return map;
    }));

  it('says why there is no map of a service that could not be read', () =>
    browser.withPage('who-knows-nothing', async page => {
      await page.goto(tab('card-vault'));
      const map = page.getByRole('region', { name: 'Who knows what' });
      await map.scrollIntoViewIfNeeded();
      await map
        .getByText(/No history is read|The history could not be read/)
        .waitFor();
    }));
});

describe('the cards', () => {
  it('stand on the overview of a service', () =>
    browser.withPage('overview', async page => {
      await page.goto('/catalog/default/component/payout-files');
      await page.getByText('Steward rotation').first().waitFor();
      await page.getByText('Bus factor').first().waitFor();
    }));
});
