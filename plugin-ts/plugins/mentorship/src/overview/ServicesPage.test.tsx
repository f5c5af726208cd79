import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { useLocation } from 'react-router-dom';
import {
  FixtureApi,
  readyStatus,
  responseError,
} from '../__testUtils__/fixtures/FixtureApi';
import {
  programReport,
  risks,
  unbegun,
} from '../__testUtils__/fixtures/program';
import { rows } from '../__testUtils__/fixtures/rows';
import { text } from '../__testUtils__/fixtures/words';
import { renderPage } from '../__testUtils__/rendering';
import { askAhead } from './firstQuestions';
import { ServicesPage } from './ServicesPage';

function Address() {
  const { search } = useLocation();
  return <output data-testid="address">{search}</output>;
}

function render(change: (api: FixtureApi) => void = () => {}, at = '/') {
  const api = new FixtureApi();
  api.services = rows.slice(0, 8);
  change(api);
  const asked = jest.spyOn(api, 'getAssessments');
  renderPage(
    <>
      <ServicesPage />
      <Address />
    </>,
    { api, at },
  );
  return { api, asked };
}

const address = () => screen.getByTestId('address').textContent;
const level = (name: RegExp) => screen.findByRole('button', { name });

describe('ServicesPage', () => {
  it('asks once for what was asked ahead of it', async () => {
    const at = '?owner=group:default/payments&order=score,desc';
    const { api, asked } = render(
      before => askAhead(before, new URLSearchParams(at)),
      `/${at}`,
    );
    const others = [
      jest.spyOn(api, 'getStatus'),
      jest.spyOn(api, 'getProgram'),
      jest.spyOn(api, 'getRiskQueue'),
    ];
    expect(await screen.findByRole('grid')).toBeVisible();
    expect(await screen.findByText('Mentor here first')).toBeVisible();
    [asked, ...others].forEach(question =>
      expect(question).not.toHaveBeenCalled(),
    );
  });

  it('leads with services by level and lists them, the most exposed first', async () => {
    const { asked } = render();
    expect(await level(/^2 Exposed$/)).toBeVisible();
    expect(await screen.findByText('8 services')).toBeVisible();
    const grid = screen.getByRole('grid');
    expect(
      within(grid)
        .getAllByRole('columnheader')
        .map(header => header.textContent),
    ).toEqual([
      'Service',
      'Level',
      'Score',
      'Steward rotation',
      'Bus factor',
      'Mentorship',
      'Next steps',
    ]);
    const first = within(grid).getAllByRole('row')[1];
    expect(first).toHaveTextContent('checkout-api');
    expect(first).toHaveTextContent('Exposed');
    expect(within(first).getByText('thin')).toBeVisible();
    expect(within(first).getByText('declared')).toBeVisible();
    expect(first).toHaveTextContent(
      'checkout-apipayments · service · production',
    );
    expect(first).toHaveTextContent('OverdueAlice Moreau · 16 months');
    expect(within(first).getByText('name a backup')).toBeVisible();
    expect(within(first).getByText('hand the stewardship over')).toBeVisible();
    expect(
      within(first).getByRole('link', { name: 'checkout-api' }),
    ).toHaveAttribute('href', '/catalog/default/component/checkout-api');
    expect(asked).toHaveBeenCalledTimes(1);
    expect(asked.mock.calls[0][0]).toMatchObject({ limit: 20 });
  });

  it('says what levels mean to whoever asks, by keyboard too', async () => {
    render();
    const about = await screen.findByRole('button', {
      name: 'What levels mean',
    });
    about.focus();
    await userEvent.keyboard('{Enter}');
    const meanings = await screen.findByRole('dialog', {
      name: 'What levels mean',
    });
    expect(meanings).toHaveTextContent('CoveredFor surviving one departure.');
    await userEvent.keyboard('{Escape}');
    expect(screen.queryByRole('dialog')).not.toBeInTheDocument();
    await waitFor(() => expect(about).toHaveFocus());
  });

  it('tells how the program does, each number with its basis', async () => {
    render();
    const index = await screen.findByRole('group', {
      name: 'Bus factor index',
    });
    expect(index).toHaveTextContent(/^6 of 10Bus factor index \(target 8\)/);
    expect(index).toHaveTextContent(
      '6 of the 10 services with the most incidents have 3 or more trained maintainers.',
    );
    expect(index).toHaveTextContent('2 services could not be measured');
    const rotations = screen.getByRole('group', {
      name: 'Rotations due in 30 days',
    });
    expect(rotations).toHaveTextContent(
      '9Rotations due in 30 days of 28 enrolled services · 4 more are overdue',
    );
    expect(rotations).toHaveTextContent('Of 3 services it is not known when.');
  });

  it('says how the first service joins the program, in place of rotations that none has', async () => {
    render(api => {
      api.program = unbegun;
    });
    const enrolled = await screen.findByRole('group', {
      name: 'Enrolled services',
    });
    expect(enrolled).toHaveTextContent(/^0 of 31.*MENTORSHIP\.md/);
    expect(
      within(enrolled).getByRole('button', {
        name: 'What to write for a steward',
      }),
    ).toBeVisible();
    expect(
      screen.queryByRole('group', { name: /Rotations due/ }),
    ).not.toBeInTheDocument();
  });

  it('makes up no number where nothing could be counted', async () => {
    render(api => {
      const measure = programReport.program.measures.find(
        ({ id }) => id === 'bus-factor-index',
      )!;
      api.program = {
        ...programReport,
        isUpToDate: false,
        program: {
          ...programReport.program,
          measures: [
            {
              ...measure,
              value: undefined,
              part: 0,
              whole: 0,
              targetPart: undefined,
              summary: [text('No service is known to have had an incident.')],
            },
          ],
        },
      };
    });
    const index = await screen.findByRole('group', {
      name: 'Bus factor index',
    });
    expect(index).toHaveTextContent(
      /No number yet.*No service is known to have had an incident\./,
    );
    expect(index).not.toHaveTextContent('target');
    expect(screen.getByText(/the next run brings it up to date/)).toBeVisible();
  });

  it('shows nothing of the program to whoever may not see it', async () => {
    render(api => {
      api.getProgram = async () => {
        throw await responseError(403, 'NotAllowedError', 'the reason');
      };
    });
    await screen.findByText('8 services');
    await waitFor(() =>
      expect(screen.queryByLabelText('Loading')).not.toBeInTheDocument(),
    );
    expect(screen.queryByText('Bus factor index')).not.toBeInTheDocument();
    expect(screen.queryByText('the reason')).not.toBeInTheDocument();
    expect(
      screen.getByRole('region', { name: 'Mentor here first' }),
    ).toBeVisible();
  });

  it('says that no run has summed up the program yet', async () => {
    render(api => {
      api.getProgram = async () => {
        throw await responseError(
          503,
          'ServiceUnavailableError',
          'No run has summed up the program yet',
        );
      };
    });
    expect(
      await screen.findByText('No run has summed up the program yet'),
    ).toBeVisible();
    expect(screen.queryByRole('alert')).not.toBeInTheDocument();
  });

  it('says where to mentor first, and shows all page by page', async () => {
    render(api => {
      api.risks = risks.concat(
        risks.map(risk => ({ ...risk, entityRef: `${risk.entityRef}-2` })),
      );
    });
    const panel = await screen.findByRole('region', {
      name: 'Mentor here first',
    });
    const all = await within(panel).findByRole('button', {
      name: 'Show all 54',
    });
    const items = within(panel).getAllByRole('listitem');
    expect(items).toHaveLength(3);
    expect(items[0]).toHaveTextContent(
      'payments-batchNot enrolled1 person is declared able to run it alone. 6 incidents in 90 days. Tier 1.',
    );
    expect(
      within(items[0]).getByRole('link', { name: 'payments-batch' }),
    ).toHaveAttribute('href', '/catalog/default/component/payments-batch');

    all.focus();
    await userEvent.keyboard('{Enter}');
    await waitFor(() =>
      expect(within(panel).getAllByRole('listitem')).toHaveLength(23),
    );
    expect(all).toHaveAttribute('aria-expanded', 'true');
    expect(all).toHaveFocus();
    await userEvent.click(
      within(panel).getByRole('button', { name: '31 more' }),
    );
    await waitFor(() =>
      expect(within(panel).getAllByRole('listitem')).toHaveLength(43),
    );

    await userEvent.click(within(panel).getByText('Mentor here first'));
    expect(items[0]).not.toBeVisible();
  });

  it('says where no service needs mentoring first', async () => {
    render(api => {
      api.risks = [];
    });
    expect(
      await screen.findByText('No service needs mentoring before others.'),
    ).toBeVisible();
  });

  it('keeps the services where program and queue fail, and asks again', async () => {
    const away = async () => {
      throw await responseError(500, 'Error', 'the database is away');
    };
    const { api } = render(fixture => {
      fixture.getProgram = away;
      fixture.getRiskQueue = away;
    });
    expect(await screen.findAllByText('the database is away')).toHaveLength(2);
    expect(await screen.findByText('8 services')).toBeVisible();
    Object.assign(api, {
      getProgram: FixtureApi.prototype.getProgram,
      getRiskQueue: FixtureApi.prototype.getRiskQueue,
    });
    for (const retry of screen.getAllByRole('button', { name: 'Try again' })) {
      await userEvent.click(retry);
    }
    expect(
      await screen.findByRole('button', { name: 'Show all 27' }),
    ).toBeVisible();
    expect(
      screen.getByRole('group', { name: 'Bus factor index' }),
    ).toBeVisible();
  });

  it('asks the server for the view that the address describes', async () => {
    const { asked } = render(
      undefined,
      '/?text=pay&level=exposed&owner=group%3Adefault%2Fpayments&order=score,desc',
    );
    await level(/Exposed/);
    expect(asked.mock.calls[0][0]).toMatchObject({
      text: 'pay',
      level: ['exposed'],
      owner: ['group:default/payments'],
      order: { field: 'score', direction: 'desc' },
    });
    expect(await level(/Exposed/)).toHaveAttribute('aria-pressed', 'true');
    expect(screen.getByRole('searchbox')).toHaveValue('pay');
  });

  it('puts filters, search and order into the address', async () => {
    const { asked } = render();
    await userEvent.click(await level(/Developing/));
    expect(address()).toBe('?level=developing');
    await waitFor(() =>
      expect(asked).toHaveBeenLastCalledWith(
        expect.objectContaining({ level: ['developing'] }),
        expect.anything(),
      ),
    );

    await userEvent.type(screen.getByRole('searchbox'), 'card');
    expect(address()).toBe('?text=card&level=developing');
    expect(await screen.findByText('1 service')).toBeVisible();

    await userEvent.click(screen.getByRole('columnheader', { name: /Score/ }));
    expect(address()).toBe('?text=card&level=developing&order=score%2Casc');

    await userEvent.click(
      screen.getByRole('button', { name: 'Clear filters' }),
    );
    expect(address()).toBe('?order=score%2Casc');
  });

  it('toggles a level from the keyboard', async () => {
    render();
    (await level(/Covered/)).focus();
    await userEvent.keyboard(' ');
    expect(address()).toBe('?level=covered');
    await userEvent.keyboard(' ');
    expect(address()).toBe('');
  });

  it('turns the page on the server, and keeps it in the address', async () => {
    const { asked } = render(api => {
      api.services = rows;
    });
    await screen.findByText('31 services');
    expect(screen.getByText('31 in all')).toBeVisible();
    await userEvent.click(screen.getByRole('button', { name: /next/i }));
    await waitFor(() =>
      expect(asked).toHaveBeenLastCalledWith(
        expect.objectContaining({ cursor: '20' }),
        expect.anything(),
      ),
    );
    await waitFor(() => expect(address()).toBe('?cursor=20'));
    await userEvent.click(screen.getByRole('button', { name: /previous/i }));
    await waitFor(() => expect(address()).toBe(''));
    expect(asked).toHaveBeenCalledTimes(2);
  });

  it('begins with the page of the address, and other rows with their first', async () => {
    const { asked } = render(api => {
      api.services = rows;
    }, '/?order=title,asc&cursor=20');
    expect(
      await screen.findByRole('link', { name: 'rates-feed' }),
    ).toBeVisible();
    expect(asked).toHaveBeenCalledTimes(1);
    expect(screen.getByRole('button', { name: /next/i })).toBeDisabled();

    await userEvent.click(await level(/Exposed/));
    expect(address()).toBe('?level=exposed&order=title%2Casc');
    await waitFor(() =>
      expect(asked).toHaveBeenLastCalledWith(
        expect.objectContaining({ level: ['exposed'], cursor: undefined }),
        expect.anything(),
      ),
    );
  });

  it('shows the first page where the address names none that there is', async () => {
    render(api => {
      const { getAssessments } = api;
      api.getAssessments = async query => {
        if (query?.cursor) {
          throw await responseError(400, 'InputError', 'no cursor');
        }
        return getAssessments.call(api, query);
      };
    }, '/?cursor=nonsense');
    expect(
      await screen.findByRole('link', { name: 'checkout-api' }),
    ).toBeVisible();
    await waitFor(() => expect(address()).toBe(''));
  });

  it('keeps in the address how many rows a page has', async () => {
    const { asked } = render(api => {
      api.services = rows;
    }, '/?limit=50');
    await screen.findByText('31 services');
    expect(asked.mock.calls[0][0]).toMatchObject({ limit: 50 });
    await waitFor(() => expect(screen.getAllByRole('row')).toHaveLength(32));
  });

  it('downloads exactly the view', async () => {
    const createObjectURL = jest.fn(() => 'blob:here');
    Object.assign(URL, { createObjectURL, revokeObjectURL: jest.fn() });
    const { api } = render(undefined, '/?level=exposed&text=pay');
    const exported = jest.spyOn(api, 'exportAssessments');
    await userEvent.click(
      await screen.findByRole('button', { name: 'Download this view as CSV' }),
    );
    await waitFor(() => expect(createObjectURL).toHaveBeenCalled());
    expect(exported).toHaveBeenCalledWith({ text: 'pay', level: ['exposed'] });
    // A toast comes in by an animation, which has no end without layout.
    expect(
      await screen.findByText('The CSV is in your downloads'),
    ).toBeInTheDocument();
  });

  it('shows the columns of the address, and keeps there what is chosen', async () => {
    const user = userEvent.setup();
    render(undefined, '/?columns=level,tier');
    const grid = await screen.findByRole('grid');
    const heads = () =>
      within(grid)
        .getAllByRole('columnheader')
        .map(({ textContent }) => textContent);
    expect(heads()).toEqual(['Service', 'Level', 'Tier']);
    await user.click(screen.getByRole('button', { name: 'Columns' }));
    await user.click(await screen.findByRole('option', { name: 'Score' }));
    expect(address()).toBe('?columns=level%2Cscore%2Ctier');
  });

  it('says below the service what no column says', async () => {
    render(undefined, '/?columns=owner,level');
    const first = (await screen.findAllByRole('row'))[1];
    expect(first).toHaveTextContent(
      'checkout-apiservice · productionExposedpayments',
    );
  });

  it('lists what the reader owns, whoever that is', async () => {
    const { asked } = render(undefined, '/?mine=true');
    await waitFor(() => expect(asked).toHaveBeenCalled());
    expect(asked.mock.calls[0][0]).toHaveProperty('owner');
    expect(address()).toBe('?mine=true');
    await userEvent.click(
      screen.getByRole('switch', {
        name: 'Services that you or your teams own',
      }),
    );
    await waitFor(() => expect(address()).toBe(''));
  });

  it('groups the services, and keeps that in the address', async () => {
    render();
    await userEvent.click(
      await screen.findByRole('radio', { name: 'By owner' }),
    );
    expect(
      await screen.findByRole('group', {
        name: 'How many services of each owner fail each rule',
      }),
    ).toBeVisible();
    expect(address()).toBe('?by=owner');
    expect(
      screen.queryByRole('button', { name: 'Columns' }),
    ).not.toBeInTheDocument();
  });

  it('says how many services each choice would list', async () => {
    render();
    await screen.findByText('8 services');
    await userEvent.click(await screen.findByRole('button', { name: /Owner/ }));
    // The field has a hidden list for forms beside the one that is seen.
    const options = await screen.findAllByRole('option', {
      name: 'payments · 2',
    });
    expect(options[options.length - 1]).toBeVisible();
  });

  it('says why it withholds the export and the run', async () => {
    const { api } = render(fixture => {
      fixture.status = {
        ...readyStatus,
        viewer: {
          assessments: true,
          people: false,
          export: false,
          refresh: false,
          program: false,
          decide: false,
        },
      };
    });
    const exported = jest.spyOn(api, 'exportAssessments');
    const csv = await screen.findByRole('button', {
      name: /Download this view as CSV\. .*mentorship\.export/,
    });
    expect(csv).toHaveAttribute('aria-disabled', 'true');
    await userEvent.click(csv);
    expect(exported).not.toHaveBeenCalled();
    expect(
      screen.getByRole('button', { name: /Run now\. .*mentorship\.refresh/ }),
    ).toHaveAttribute('aria-disabled', 'true');
  });

  it('leads from a source that fails to where it is said why', async () => {
    render();
    expect(
      await screen.findByRole('link', { name: /place could not be read/ }),
    ).toHaveAttribute('href', '/mentorship/sources');
  });

  it('starts a run where permitted', async () => {
    const { api } = render();
    const refreshed = jest.spyOn(api, 'refresh');
    await userEvent.click(
      await screen.findByRole('button', { name: 'Run now' }),
    );
    expect(refreshed).toHaveBeenCalledTimes(1);
    // Not `toBeVisible`: a toast fades in, and how far it has come is chance.
    expect(await screen.findByText('A run has started')).toBeInTheDocument();
  });

  it('says that the first pass is under way, and shows its results by itself', async () => {
    let complete = false;
    render(api => {
      api.getStatus = async () => ({
        ...readyStatus,
        firstPassComplete: complete,
      });
    });
    expect(
      await screen.findByText('The first pass over the catalog is under way'),
    ).toBeVisible();
    expect(screen.queryByRole('grid')).not.toBeInTheDocument();
    complete = true;
    expect(await screen.findByText('8 services')).toBeVisible();
  });

  it('tells an empty catalog from filters that find nothing', async () => {
    render(api => {
      api.services = [];
    });
    expect(
      await screen.findByText('No service in the catalog yet'),
    ).toBeVisible();
  });

  it('says where filters find nothing', async () => {
    render(undefined, '/?text=zzz');
    expect(await screen.findByText('No service matches')).toBeVisible();
  });

  it('keeps what was loaded where the next question fails', async () => {
    const { api } = render();
    await screen.findByText('8 services');
    api.getAssessments = async () => {
      throw await responseError(500, 'Error', 'the database is away');
    };
    await userEvent.click(await level(/Covered/));
    expect(await screen.findByText(/the database is away/)).toBeVisible();
    expect(
      within(screen.getByRole('grid')).getByText('checkout-api'),
    ).toBeVisible();
    expect(screen.getByRole('button', { name: 'Try again' })).toBeVisible();
  });

  it('keeps what was loaded before where it is opened again in vain', async () => {
    const api = new FixtureApi();
    const { unmount } = renderPage(<ServicesPage />, { api });
    await screen.findByRole('link', { name: 'checkout-api' });
    unmount();
    api.getAssessments = async () => {
      throw await responseError(500, 'Error', 'the database is away');
    };
    renderPage(<ServicesPage />, { api });
    expect(
      await screen.findByRole('link', { name: 'checkout-api' }),
    ).toBeVisible();
    expect(screen.getByText(/the database is away/)).toBeVisible();
  });

  it.each([
    [403, 'NotAllowedError', 'You may not see this'],
    [500, 'Error', 'This could not be loaded'],
  ])('says what %i means', async (status, name, title) => {
    render(api => {
      api.getAssessments = async () => {
        throw await responseError(status, name, 'the reason');
      };
    });
    expect(await screen.findByText(title)).toBeVisible();
  });

  it('keeps hostile rows as text', async () => {
    const payload = '<img src=x onerror=alert(1)>';
    render(api => {
      api.services = [
        {
          ...rows[0],
          title: payload,
          stewardName: payload,
          steward: payload,
          owner: payload,
          type: payload,
          nextSteps: [payload],
        },
      ];
    });
    expect((await screen.findAllByText(payload)).length).toBeGreaterThan(2);
    expect(document.querySelector('img[src="x"]')).toBeNull();
  });
});
