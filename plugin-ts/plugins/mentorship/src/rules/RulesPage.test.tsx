import { screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import {
  FixtureApi,
  responseError,
} from '../__testUtils__/fixtures/FixtureApi';
import { rules } from '../__testUtils__/fixtures/rows';
import { renderPage } from '../__testUtils__/rendering';
import { RulesPage } from './RulesPage';

function render(change: (api: FixtureApi) => void = () => {}) {
  const api = new FixtureApi();
  change(api);
  renderPage(<RulesPage />, { api });
}

describe('RulesPage', () => {
  it('lists the rules by the first level that asks for them, with what it means', async () => {
    render();
    const developing = await screen.findByRole('region', {
      name: 'Developing',
    });
    expect(developing).toHaveTextContent(/something is written down/);
    expect(within(developing).getByRole('listitem')).toHaveTextContent(
      /^No backup is named.*weight 6 · Stewardship/,
    );
    const covered = screen.getByRole('region', { name: 'Covered' });
    expect(covered).not.toHaveTextContent('No backup is named');
    expect(within(covered).getByText('The rotation is overdue')).toBeVisible();
  });

  it('lists every rule once, also one that no known level asks for', async () => {
    render(api => {
      api.getRules = async () => ({
        schema: 'mentorship/rules/v1',
        rules: [
          { ...rules[0], id: 'none', title: 'Of none', levels: [] },
          { ...rules[0], id: 'later', title: 'Of a later', levels: ['later'] },
        ],
      });
    });
    const others = await screen.findByRole('region', {
      name: 'Asked for by no level',
    });
    expect(within(others).getAllByRole('listitem')).toHaveLength(2);
    expect(screen.getAllByText(/^Of /)).toHaveLength(2);
  });

  it('lists the rules by category, with the services that fail them', async () => {
    render();
    await userEvent.click(
      await screen.findByRole('radio', { name: 'By category' }),
    );
    const stewardship = await screen.findByRole('region', {
      name: 'Stewardship',
    });
    const [first] = within(stewardship).getAllByRole('listitem');
    expect(first).toHaveTextContent(
      /^No backup is named.*weight 6 · Needed for Developing, Covered, Resilient/,
    );
    expect(
      await within(first).findByRole('link', { name: /services fail it/ }),
    ).toHaveAttribute('href', '/mentorship/services?rule=no-backup');
  });

  it('finds a rule by a word of its page, and opens that', async () => {
    const user = userEvent.setup();
    render();
    await user.type(
      await screen.findByRole('searchbox', { name: 'Search rules' }),
      'holiday',
    );
    expect(
      screen.getByText('1 rule', { selector: '[role=status]' }),
    ).toBeVisible();
    await user.click(
      screen.getByRole('button', { name: 'No backup is named' }),
    );
    expect(
      await within(await screen.findByRole('dialog')).findByRole('heading', {
        name: 'Why it matters',
      }),
    ).toBeVisible();
  });

  it('keeps the rules where nothing could be counted', async () => {
    render(api => {
      api.getFacets = async () => {
        throw await responseError(500, 'Error', 'no database');
      };
    });
    expect(await screen.findByText(/could not be counted/)).toBeVisible();
    expect(screen.getByText('No backup is named')).toBeVisible();
  });
});
