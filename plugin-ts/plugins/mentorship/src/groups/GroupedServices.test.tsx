import { screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import {
  FixtureApi,
  responseError,
} from '../__testUtils__/fixtures/FixtureApi';
import { renderPage } from '../__testUtils__/rendering';
import type { Look } from '../layout/LookSwitch';
import { GroupedServices } from './GroupedServices';
import { GroupList } from './GroupList';

function render(
  change: (api: FixtureApi) => void = () => {},
  look: Look = 'picture',
) {
  const api = new FixtureApi();
  change(api);
  const asked = jest.spyOn(api, 'getGroups');
  renderPage(
    <GroupedServices by="owner" look={look} filter={{ tier: [1] }} />,
    { api },
  );
  return asked;
}

describe('GroupedServices', () => {
  it('counts in each field, says so in words, and leads to the services', async () => {
    const asked = render();
    const [head, first] = await screen.findAllByRole('row');
    expect(asked.mock.calls[0][0]).toEqual({
      tier: [1],
      by: 'owner',
      limit: 20,
    });
    expect(
      within(head).getByRole('columnheader', { name: 'No backup is named' }),
    ).toBeVisible();
    expect(within(first).getByRole('rowheader')).toHaveTextContent(
      /^payments3 services/,
    );
    expect(
      within(first).getByRole('link', {
        name: /^3 of 3 services of payments: There is no mentorship plan$/,
      }),
    ).toHaveAttribute(
      'href',
      '/mentorship/services?owner=group%3Adefault%2Fpayments&rule=no-mentorship-plan&tier=1',
    );
  });

  it('opens the page of a rule from its column', async () => {
    render();
    await userEvent.click(
      await screen.findByRole('button', { name: 'No backup is named' }),
    );
    const dialog = await screen.findByRole('dialog');
    expect(await within(dialog).findByText(/stands in\./)).toBeVisible();
  });

  it('says the same as a table, with the levels', async () => {
    render(() => {}, 'table');
    const table = await screen.findByRole('table');
    expect(within(table).getAllByRole('row')[1]).toHaveTextContent(
      /^payments3.*There is no mentorship plan 3/,
    );
    expect(
      within(table).getByRole('columnheader', { name: 'Too little known' }),
    ).toBeVisible();
  });

  it('offers the groups that one answer did not hold', async () => {
    const asked = render(api => {
      const all = api.getGroups.bind(api);
      api.getGroups = async query => {
        const groups = await all(query);
        return query.limit === 20
          ? { ...groups, items: groups.items.slice(0, 2) }
          : { ...groups, totalItems: 130 };
      };
    });
    await userEvent.click(
      await screen.findByRole('button', { name: /more groups$/ }),
    );
    expect(asked.mock.calls[1][0].limit).toBe(100);
    expect(
      await screen.findByText(/smaller groups are not shown/),
    ).toBeVisible();
  });

  it('says that nothing matches, and why nothing comes', async () => {
    render(api => {
      api.services = [];
    });
    expect(await screen.findByText('No service matches')).toBeVisible();
  });

  it('tells what went wrong', async () => {
    render(api => {
      api.getGroups = async () => {
        throw await responseError(500, 'Error', 'The database is away.');
      };
    });
    expect(await screen.findByText('The database is away.')).toBeVisible();
  });
});

describe('GroupList', () => {
  it('names what most services of a group fail, and folds the rest', async () => {
    const api = new FixtureApi();
    const { items } = await api.getGroups({ by: 'owner', limit: 20 });
    const { rules } = await api.getRules();
    renderPage(
      <GroupList by="owner" groups={items} filter={{}} rules={rules} />,
      { api },
    );
    const list = await screen.findByRole('list', {
      name: 'How many services of each owner fail each rule',
    });
    const [first] = within(list).getAllByRole('listitem');
    expect(first).toHaveTextContent(/^payments8 services/);
    const [, ...links] = within(first).getAllByRole('link');
    const counts = links.map(({ textContent }) => parseInt(textContent!, 10));
    expect(counts).toEqual([...counts].sort((a, b) => b - a));
    expect(links[2]).toBeVisible();
    expect(links[3]).not.toBeVisible();
  });
});
