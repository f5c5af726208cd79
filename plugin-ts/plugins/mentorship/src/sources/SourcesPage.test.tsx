import { screen, within } from '@testing-library/react';
import { FixtureApi, readyStatus } from '../__testUtils__/fixtures/FixtureApi';
import { renderPage } from '../__testUtils__/rendering';
import { SourcesPage } from './SourcesPage';

function render(change: (api: FixtureApi) => void = () => {}) {
  const api = new FixtureApi();
  change(api);
  renderPage(<SourcesPage />, { api });
}

describe('SourcesPage', () => {
  it('tells of each source what it delivered, and why it failed', async () => {
    render();
    const sources = await screen.findByRole('region', {
      name: 'Sources of evidence',
    });
    expect(within(sources).getAllByRole('row')[1]).toHaveTextContent(
      /^Gitfraud-scoring: permission denied.*30010/,
    );
    const repository = await screen.findByRole('row', {
      name: /risk\/fraud-scoring/,
    });
    expect(repository).toHaveTextContent(/permission denied.*failed/);
  });

  it('tells why the newest run failed beside the one that is shown', async () => {
    render(api => {
      api.status = {
        ...readyStatus,
        lastRun: {
          id: 8,
          asOf: '2026-11-21',
          startedAt: '2026-11-21T01:00:00Z',
          outcome: 'failed',
          failure: 'The catalog broke off the listing.',
        },
      };
    });
    expect(
      await screen.findByRole('region', { name: 'Newest' }),
    ).toHaveTextContent(/failed.*The catalog broke off the listing\./);
    expect(screen.getByRole('region', { name: 'Shown now' })).toHaveTextContent(
      'Services judged31',
    );
  });

  it('tells what is set up so that it cannot work', async () => {
    render(api => {
      const [git] = readyStatus.sources;
      const warnings = ['the policy does not name `incidents`; add it there'];
      api.status = { ...readyStatus, sources: [{ ...git, warnings }] };
    });
    expect(await screen.findByText(/add it there/)).toBeVisible();
    expect(screen.getByText('incidents', { selector: 'code' })).toBeVisible();
  });

  it('tells what will go wrong unless somebody does something', async () => {
    render(api => {
      const warnings = ['runs take half of their time-out; raise it'];
      api.status = { ...readyStatus, warnings };
    });
    expect(await screen.findByText(/raise it/)).toBeVisible();
  });

  it('says who is told of repositories', async () => {
    render(api => {
      const { repositories, ...others } = readyStatus;
      api.status = others;
    });
    expect(await screen.findByText(/may read every service/)).toBeVisible();
  });
});
