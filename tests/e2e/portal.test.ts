import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { guestToken, portalUrl, withPage } from './browser.ts';

describe('the portal', () => {
  it('signs the visitor in as guest and lists the catalog', () =>
    withPage('catalog', async page => {
      const thrown: string[] = [];
      page.on('pageerror', error => thrown.push(error.message));
      await page.goto('/');
      await page.getByRole('link', { name: 'ledger' }).first().waitFor();
      assert.deepEqual(thrown, []);
    }));

  it('signs the visitor in as an engineer, who sees no names, where asked to', () =>
    withPage('engineer', async page => {
      const tab = '/catalog/default/component/payments-gateway/mentorship';
      await page.goto(`${tab}?as=engineer`);
      await page.getByText('You see counts in place of names.').waitFor();
      const holders = page.getByRole('region', { name: 'Bus factor' });
      assert.equal(await holders.getByRole('link').count(), 0);

      await page.goto('/mentorship/services');
      const csv = page.getByRole('button', {
        name: /permission mentorship.export/,
      });
      await csv.waitFor();
      await page.goto(`${tab}?as=guest`);
      await holders.getByRole('link', { name: 'What if' }).waitFor();
    }));

  it('shows the member of a team what is theirs, and says of the rest that it is kept', () =>
    withPage('member', async page => {
      const tab = (service: string) =>
        `/catalog/default/component/${service}/mentorship`;
      await page.goto(`${tab('ledger')}?as=member`);
      await page.getByRole('heading', { name: 'Ledger' }).waitFor();
      await page.getByText('You may not see this').waitFor();
      await page.getByText('mentorship.assessment.read').waitFor();

      await page.goto(tab('payments-gateway'));
      await page.getByRole('heading', { name: 'Whom to call' }).waitFor();

      await page.goto('/mentorship/services');
      await page.getByRole('row', { name: /^Payments gateway/ }).waitFor();
      const ledger = page.getByRole('row', { name: /^Ledger/ });
      assert.equal(await ledger.count(), 0);
    }));

  it('answers a service without a user with 401', async () => {
    const response = await fetch(`${portalUrl}/api/catalog/entities`);
    assert.equal(response.status, 401);
  });

  it('answers the guest', async () => {
    const token = await guestToken();
    const response = await fetch(
      `${portalUrl}/api/catalog/entities/by-name/component/default/ledger`,
      { headers: { Authorization: `Bearer ${token}` } },
    );
    assert.equal(response.status, 200);
  });
});
