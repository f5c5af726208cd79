import { screen, within } from '@testing-library/react';
import { FixtureApi } from '../__testUtils__/fixtures/FixtureApi';
import { rows } from '../__testUtils__/fixtures/rows';
import { renderPage } from '../__testUtils__/rendering';
import { ServiceList } from './ServiceList';

describe('ServiceList', () => {
  it('says of each service what the table says', async () => {
    renderPage(
      <ServiceList
        services={rows.slice(0, 4).map(row => ({ ...row, id: row.entityRef }))}
      />,
      { api: new FixtureApi() },
    );
    const services = within(
      await screen.findByRole('list', { name: 'Services' }),
    ).getAllByRole('listitem');
    expect(services).toHaveLength(4);
    expect(services[0]).toHaveTextContent(
      /payments-batch.*Exposed.*payments · service · production · 41 of 100, 78 % known.*Overdue.*One person.*Stalled.*Steward: Alice Moreau · 14 months.*Next: name a backup · hand the stewardship over$/,
    );
    // Not enrolled: no score, no steward, nothing made up, and the way to begin.
    expect(services[3]).toHaveTextContent(
      /rates-feed.*Not enrolled.*How to begin/,
    );
    expect(
      within(services[3]).getByRole('link', { name: /^How to begin: / }),
    ).toHaveAttribute('href', '/catalog/default/component/rates-feed');
    expect(services[3]).not.toHaveTextContent('of 100');
  });
});
