import { screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { FixtureApi } from '../__testUtils__/fixtures/FixtureApi';
import { renderPage } from '../__testUtils__/rendering';
import { KeptAfterProblem, KeptNotice } from './Kept';

describe('KeptAfterProblem', () => {
  it('is said once for a page, and of which of its parts', async () => {
    const again = [jest.fn(), jest.fn()];
    renderPage(
      <KeptNotice>
        {again.map((ask, part) => (
          <KeptAfterProblem
            key={part}
            part={`part ${part}`}
            problem={new Error('the database is away')}
            again={ask}
          />
        ))}
      </KeptNotice>,
      { api: new FixtureApi() },
    );
    const notice = await screen.findByRole('alert');
    expect(notice).toHaveTextContent('the database is away');
    expect(notice).toHaveTextContent('Loaded before: part 0 · part 1.');

    await userEvent.click(
      within(notice).getByRole('button', { name: 'Try again' }),
    );
    again.forEach(ask => expect(ask).toHaveBeenCalledTimes(1));
  });

  it('is said where it happened outside of a page', async () => {
    renderPage(
      <KeptAfterProblem problem={new Error('away')} again={() => {}} />,
      { api: new FixtureApi() },
    );
    expect(await screen.findByRole('alert')).toHaveTextContent('away');
  });
});
