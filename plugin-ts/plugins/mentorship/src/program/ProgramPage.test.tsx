import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import {
  FixtureApi,
  readyStatus,
  responseError,
} from '../__testUtils__/fixtures/FixtureApi';
import { programReport, unbegun } from '../__testUtils__/fixtures/program';
import { renderPage } from '../__testUtils__/rendering';
import { ProgramPage } from './ProgramPage';

function render(change: (api: FixtureApi) => void = () => {}) {
  const api = new FixtureApi();
  change(api);
  renderPage(<ProgramPage />, { api });
  return api;
}

const readOnly = (api: FixtureApi) => {
  api.status = {
    ...readyStatus,
    viewer: { ...readyStatus.viewer, decide: false, export: false },
  };
};
const measure = (name: string) => screen.findByRole('article', { name });

describe('ProgramPage', () => {
  it('sets each measure between its baseline and its target', async () => {
    render();
    expect(await measure('Ramp time to independent on-call')).toHaveTextContent(
      /74 daysimproving from 96 days.*Half of 6 people.*Target75 daysreached.*Baseline121 days frozen by maria, .*21 services measured · 7 not/,
    );
    expect(
      await measure('Incidents resolved without the steward'),
    ).toHaveTextContent(
      /40 %steady from 36\.7 %12 of 30 incidents.*Target44\.9 % · 14 of 30not reached yet.*counted from Jun 1, 2026 to Jun 30, 2026/,
    );
    expect(
      screen.getByText('Counted from', { selector: '.window', exact: false }),
    ).toHaveTextContent('Counted from Aug 24, 2026 to Nov 21, 2026');
  });

  it('makes up no number, no trend and no target', async () => {
    render();
    const uncounted = await measure('Reviewer coverage of critical paths');
    expect(uncounted).toHaveTextContent(/No number yet.*nothing to count/);
    expect(within(uncounted).getByRole('img')).toHaveAccessibleName(
      'none now; baseline none; target 100 %',
    );
    expect(await measure('Change failure rate')).toHaveTextContent(
      /too few to compare with.*Targetfollows from a baseline above 0.*Baselinenone yet/,
    );
  });

  it('freezes the baselines that the program owner writes', async () => {
    const user = userEvent.setup();
    const api = render();
    const freeze = jest.spyOn(api, 'freezeBaselines');
    await user.click(
      await screen.findByRole('button', { name: 'Set baselines' }),
    );
    const dialog = await screen.findByRole('dialog');
    const rate = within(dialog).getByRole('textbox', {
      name: /^Change failure rate/,
    });
    await user.type(rate, '25');
    const ramp = within(dialog).getByRole('textbox', { name: /^Ramp time/ });
    await user.clear(ramp);
    await user.click(
      within(dialog).getByRole('button', { name: 'Freeze these' }),
    );
    await waitFor(() => expect(freeze).toHaveBeenCalled());
    expect(freeze.mock.calls[0][0]).toEqual([
      { measure: 'change-failure-rate', value: 25 },
      { measure: 'escalation-rate', value: 15 },
    ]);
    expect(await screen.findByText(/the next run brings it up/)).toBeVisible();
  });

  it('confirms a step, and says that the next run takes it into account', async () => {
    const user = userEvent.setup();
    render();
    await user.click(
      await screen.findByRole('button', {
        name: 'Confirm: Make one risky change in pairs',
      }),
    );
    expect(
      await screen.findByText('The next run takes this into account.', {
        exact: false,
      }),
    ).toHaveTextContent('Confirmed on Nov 21, 2026');
    expect(
      screen.getByRole('button', {
        name: 'Take back: Make one risky change in pairs',
      }),
    ).toBeVisible();
  });

  it('shows the program without its levers to whoever may not decide', async () => {
    render(readOnly);
    expect(await screen.findByText('3 of 8 done')).toBeVisible();
    expect(
      screen.queryByRole('button', { name: /^Confirm/ }),
    ).not.toBeInTheDocument();
    expect(
      screen.getByRole('button', { name: /Ask the program owner/ }),
    ).toHaveAttribute('aria-disabled', 'true');
    expect(screen.getByText(/permission mentorship\.export/)).toBeVisible();
  });

  it('hands out past weeks', async () => {
    const api = render();
    const fetched = jest.spyOn(api, 'downloadSnapshot');
    URL.createObjectURL = () => 'blob:week';
    URL.revokeObjectURL = () => {};
    await userEvent.click(
      await screen.findByRole('button', { name: 'Download 2026-W47 as CSV' }),
    );
    await waitFor(() => expect(fetched).toHaveBeenCalledWith('2026-W47'));
    expect(screen.getByText('3 earlier weeks')).toBeVisible();
  });

  it('proposes whom to begin with where nobody is enrolled', async () => {
    render(api => {
      api.program = unbegun;
    });
    const beginning = await screen.findByRole('region', {
      name: 'No service is enrolled yet',
    });
    expect(within(beginning).getAllByRole('listitem')).toHaveLength(10);
    expect(screen.getByText(/No rotation is due/)).toBeVisible();
  });

  it('says who may see the program, and keeps what was loaded', async () => {
    render(api => {
      api.getProgram = async () => {
        throw await responseError(403, 'NotAllowedError', 'the reason');
      };
    });
    expect(await screen.findByText('You may not see this')).toBeVisible();
    expect(programReport.isUpToDate).toBe(true);
  });
});
