import { screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import {
  FixtureApi,
  responseError,
} from '../__testUtils__/fixtures/FixtureApi';
import { firstWeek } from '../__testUtils__/fixtures/history';
import { renderPage } from '../__testUtils__/rendering';
import { HistoryPanel } from './HistoryPanel';
import { SinceLastWeek } from './SinceLastWeek';

const REF = 'component:default/payments-batch';

function render(change: (api: FixtureApi) => void = () => {}) {
  const api = new FixtureApi();
  change(api);
  const onRule = jest.fn();
  renderPage(
    <>
      <div data-testid="since">
        <SinceLastWeek entityRef={REF} />
      </div>
      <HistoryPanel
        entityRef={REF}
        titleOf={rule => `Title of ${rule}`}
        onRule={onRule}
      />
    </>,
    { api },
  );
  return onRule;
}

describe('HistoryPanel', () => {
  it('draws values over the same days, and says what each chart says', async () => {
    render();
    expect(
      await screen.findByRole('img', {
        name: 'Score: 24 on Aug 29, 2026, 41 on Nov 21, 2026',
      }),
    ).toBeVisible();
    expect(
      screen.getByRole('img', { name: /^Level: Exposed on .*, Exposed on/ }),
    ).toBeVisible();
  });

  it('tells what changed since last week, with the rules as reasons', async () => {
    const onRule = render();
    expect(await screen.findByText('Changed since last week')).toBeVisible();
    expect(screen.getByTestId('since')).toHaveTextContent(
      /Since last week:Level Developing ExposedScore 52 41.*Bus factor 2 1.*1 more to do/,
    );
    const [mended] = screen.getAllByText('Mended:');
    expect(mended.parentElement).toHaveTextContent(
      'Mended: Title of no-backup',
    );
    await userEvent.click(
      screen.getByRole('button', { name: 'Title of steward-rotation-overdue' }),
    );
    expect(onRule).toHaveBeenCalledWith('steward-rotation-overdue');
  });

  it('says the same as a table', async () => {
    render();
    await userEvent.click(await screen.findByRole('radio', { name: 'Table' }));
    const [, newest] = within(screen.getByRole('table')).getAllByRole('row');
    expect(newest).toHaveTextContent(
      /^Nov 19, 2026Exposed4178 %1OverdueStalled2$/,
    );
  });

  it('says in the first week that there is nothing to compare with', async () => {
    render(api => {
      api.history = firstWeek;
    });
    expect(await screen.findByText(/^Watched since/)).toHaveTextContent(
      'Watched since Nov 19, 2026',
    );
    expect(screen.getByTestId('since')).toBeEmptyDOMElement();
  });

  it('keeps to itself that there is no history, or why', async () => {
    render(api => {
      api.getHistory = async () => {
        throw await responseError(500, 'Error', 'The database is away.');
      };
    });
    expect(await screen.findByText('The database is away.')).toBeVisible();
  });
});
