import type { Entity } from '@backstage/catalog-model';
import { renderInTestApp } from '@backstage/frontend-test-utils';
import { catalogApiRef, entityRouteRef } from '@backstage/plugin-catalog-react';
import { catalogApiMock } from '@backstage/plugin-catalog-react/testUtils';
import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { useLocation } from 'react-router-dom';
import {
  FixtureApi,
  readyStatus,
  responseError,
} from '../__testUtils__/fixtures/FixtureApi';
import {
  countedLosses,
  losses,
  nothingLost,
} from '../__testUtils__/fixtures/losses';
import { person, text } from '../__testUtils__/fixtures/words';
import { mentorshipApiRef } from '../api';
import { WhatIfPage } from './WhatIfPage';

const entity = (kind: string, name: string, displayName: string): Entity => ({
  apiVersion: 'backstage.io/v1alpha1',
  kind,
  metadata: { namespace: 'default', name },
  spec: { profile: { displayName } },
});

const PAYLOAD = '<img src=x onerror=alert(1)>';

const entities = [
  entity('User', 'alice', 'Alice Moreau'),
  entity('User', 'ben', 'Ben Okafor'),
  entity('User', 'mallory', PAYLOAD),
  entity('Group', 'payments', 'Payments'),
  entity('Component', 'payments-batch', 'payments-batch'),
];

function Address() {
  const { search } = useLocation();
  return <output data-testid="address">{search}</output>;
}

function render(at = '', change: (api: FixtureApi) => void = () => {}) {
  const api = new FixtureApi();
  change(api);
  const asked = jest.spyOn(api, 'whatIf');
  renderInTestApp(
    <>
      <WhatIfPage />
      <Address />
    </>,
    {
      apis: [
        [mentorshipApiRef, api],
        [catalogApiRef, catalogApiMock({ entities })],
      ],
      mountedRoutes: { '/catalog/:namespace/:kind/:name': entityRouteRef },
      initialRouteEntries: [`/${at}`],
    },
  );
  return { api, asked };
}

const ALICE = '?leaves=user%3Adefault%2Falice';
const counted = (api: FixtureApi) => {
  api.losses = countedLosses;
  api.status = {
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
};
const address = () => screen.getByTestId('address').textContent;
const services = async () =>
  within(
    await screen.findByRole('list', { name: /Services that lose something/ }),
  ).getAllByRole('listitem', { name: /./ });

describe('WhatIfPage', () => {
  it('asks nothing before anybody is chosen, and says how to begin', async () => {
    const { asked } = render();
    expect(await screen.findByText('Rehearse a departure')).toBeVisible();
    expect(asked).not.toHaveBeenCalled();
  });

  it('tells readers who see no names to begin with teams', async () => {
    render('', counted);
    expect(await screen.findByText(/^Choose teams\. /)).toBeVisible();
    expect(screen.queryByText(/Choose people/)).not.toBeInTheDocument();
  });

  it('asks for whom the address names, and leads with the answer', async () => {
    const { asked } = render(`${ALICE}&leaves=%40ben`);
    expect(
      await screen.findByRole('heading', {
        name: 'Without Alice Moreau, 3 services of 31 would lose something.',
      }),
    ).toBeVisible();
    expect(asked).toHaveBeenCalledTimes(1);
    expect(asked).toHaveBeenCalledWith({
      leaves: ['user:default/alice', '@ben'],
      dueThisQuarter: false,
    });
    const chosen = screen.getByRole('grid', { name: 'Who leaves' });
    expect(await within(chosen).findByText('Alice Moreau')).toBeVisible();
    expect(within(chosen).getByText('@ben')).toBeVisible();
  });

  it('lists the services in the order of the answer, with what each loses', async () => {
    render(ALICE);
    const [first, second, third] = await services();
    expect(
      within(first).getByRole('link', { name: 'payments-batch' }),
    ).toHaveAttribute('href', '/catalog/default/component/payments-batch');
    expect(first).toHaveTextContent('Developing');
    expect(within(first).getByText('Exposed')).toBeVisible();
    expect(first).toHaveTextContent(
      'Jordan ReyesApprentice is learning it, supervised; has changed 21 files of those',
    );
    // The way to a third would take as much room.
    expect(within(first).getByText('Priya Nair')).toBeVisible();
    expect(second).toHaveTextContent('rates-feed');
    expect(second).toHaveTextContent('Could take overnobody yet');
    expect(third).toHaveTextContent('staysResilient');
  });

  it('opens the details of a service by keyboard', async () => {
    render(ALICE);
    const [first] = await services();
    const details = within(first).getByText('Details');
    expect(details.closest('details')).not.toHaveAttribute('open');
    await userEvent.click(details);
    expect(details.closest('details')).toHaveAttribute('open');
    expect(
      within(first).getByText('src/main/java/com/meridianpay/settlement'),
    ).toBeVisible();
    expect(within(first).getByText('**/settlement/**')).toBeVisible();
    expect(
      within(first).getByText('airflow/dags/chargebacks.py'),
    ).toBeVisible();
    expect(within(first).getByText('and 131 more')).toBeVisible();
    expect(within(first).getByText('Nobody left')).toBeVisible();
    expect(within(first).getByText('Steward, Backup')).toBeVisible();
    expect(within(first).getAllByText('134')[0]).toBeVisible();
  });

  it('finds people and teams, and puts them into the address', async () => {
    const { asked } = render();
    const search = await screen.findByRole('searchbox');
    await userEvent.type(search, 'pay');
    expect(
      await screen.findByRole('option', { name: /Payments/ }),
    ).toBeVisible();
    expect(
      screen.queryByRole('option', { name: /payments-batch/ }),
    ).not.toBeInTheDocument();
    await userEvent.click(screen.getByRole('option', { name: /Payments/ }));
    expect(address()).toBe('?leaves=group%3Adefault%2Fpayments');
    await screen.findByText(/would lose something/);

    await userEvent.type(search, 'old hand');
    await userEvent.click(
      await screen.findByRole('option', { name: /as a history writes/ }),
    );
    expect(address()).toBe(
      '?leaves=group%3Adefault%2Fpayments&leaves=old+hand',
    );
    await waitFor(() =>
      expect(asked).toHaveBeenLastCalledWith({
        leaves: ['group:default/payments', 'old hand'],
        dueThisQuarter: false,
      }),
    );
  });

  it('takes somebody out again, and everybody', async () => {
    render(`${ALICE}&leaves=user%3Adefault%2Fben`);
    const chosen = await screen.findByRole('grid', { name: 'Who leaves' });
    await within(chosen).findByText('Ben Okafor');
    await userEvent.click(within(chosen).getAllByRole('button')[0]);
    expect(address()).toBe('?leaves=user%3Adefault%2Fben');
    await userEvent.click(screen.getByRole('button', { name: 'Clear' }));
    expect(address()).toBe('');
    expect(await screen.findByText('Rehearse a departure')).toBeVisible();
  });

  it.each([
    [['Alice Moreau', 'Ben Okafor'], 'Ben Okafor'],
    [['Alice Moreau'], 'Alice Moreau'],
  ])('asks about rotations due, and says whose: %p', async (names, last) => {
    const { asked } = render('', api => {
      api.losses = {
        ...losses,
        dueBy: '2026-12-31',
        leaving: names.map(name => ({ name })),
      };
    });
    await userEvent.click(
      await screen.findByRole('button', { name: 'Rotations due this quarter' }),
    );
    expect(address()).toBe('?due=quarter');
    await waitFor(() =>
      expect(asked).toHaveBeenCalledWith({ leaves: [], dueThisQuarter: true }),
    );
    expect(
      await screen.findByText(last, { selector: 'li' }),
    ).toBeInTheDocument();
    const chosen = screen.getByRole('grid', { name: 'Who leaves' });
    await userEvent.click(within(chosen).getByRole('button'));
    expect(address()).toBe('');
  });

  it('hands the answer out as CSV, to those who may take it away', async () => {
    const { api } = render(ALICE);
    const exported = jest.spyOn(api, 'exportWhatIf');
    URL.createObjectURL = jest.fn(() => 'blob:');
    const label = 'Download what services lose as CSV';
    const button = await screen.findByRole('button', { name: label });
    await waitFor(() => expect(button).toBeEnabled());
    await userEvent.click(button);
    expect(exported).toHaveBeenCalledWith({
      leaves: ['user:default/alice'],
      dueThisQuarter: false,
    });
  });

  it('offers teams only to readers who see no names, and counts', async () => {
    render('?leaves=group%3Adefault%2Fpayments', counted);
    expect(
      await screen.findByRole('heading', { name: /^Without 7 people, 3 / }),
    ).toBeVisible();
    expect(screen.getByText(/mentorship\.people\.read/)).toBeVisible();
    const [first] = await services();
    expect(first).toHaveTextContent('Could take over3 people');
    expect(
      screen.getByRole('searchbox', { name: 'Search teams' }),
    ).toBeVisible();
  });

  it('shows kindly what the core does not answer', async () => {
    render('?leaves=group%3Adefault%2Fpayments', api => {
      counted(api);
      api.whatIf = async () => {
        throw await responseError(
          400,
          'InputError',
          '`group:default/payments` is no group of at least 5 people',
        );
      };
    });
    expect(await screen.findByText('Ask a little wider')).toBeVisible();
    expect(
      screen.getByText('group:default/payments', { selector: 'code' }),
    ).toBeVisible();
  });

  it('says that nothing falls, and that it is good news', async () => {
    render(ALICE, api => {
      api.losses = nothingLost;
    });
    expect(await screen.findByText('Good news')).toBeVisible();
  });

  it('tells who is not known, which is no good news', async () => {
    render('?leaves=nobody', api => {
      api.losses = {
        ...nothingLost,
        leavingCount: 0,
        leaving: [],
        notKnown: ['nobody'],
        headline: [text('Nobody who was asked about is known here.')],
      };
    });
    expect(await screen.findByText(/Not known to the catalog/)).toBeVisible();
    expect(screen.getByText('nobody', { selector: 'code' })).toBeVisible();
    expect(screen.queryByText('Good news')).not.toBeInTheDocument();
  });

  it('says that the first pass is under way', async () => {
    render(ALICE, api => {
      api.status = { ...readyStatus, firstPassComplete: false };
    });
    expect(
      await screen.findByText('The first pass over the catalog is under way'),
    ).toBeVisible();
  });

  it.each([
    [403, 'NotAllowedError', 'You may not see this'],
    [500, 'Error', 'This could not be loaded'],
    [503, 'ServiceUnavailableError', 'This could not be loaded'],
  ])('says what %i means', async (status, name, words) => {
    render(ALICE, api => {
      api.whatIf = async () => {
        throw await responseError(status, name, 'the reason');
      };
    });
    expect(await screen.findByText(words)).toBeVisible();
  });

  it.each(['', ALICE])(
    'tells who may ask nothing at once, and which permission that needs (%s)',
    async at => {
      render(at, api => {
        api.status = {
          ...readyStatus,
          viewer: { ...readyStatus.viewer, assessments: false },
        };
      });
      expect(await screen.findByText('You may not see this')).toBeVisible();
      expect(screen.getByText(/mentorship\.assessment\.read/)).toBeVisible();
      expect(screen.queryByRole('searchbox')).not.toBeInTheDocument();
      expect(screen.queryByText('Who leaves?')).not.toBeInTheDocument();
    },
  );

  it('asks nobody who leaves before it is known whether they may ask', async () => {
    render('', api => {
      api.getStatus = () => new Promise(() => {});
    });
    expect(await screen.findByLabelText('Loading')).toBeVisible();
    expect(screen.queryByRole('searchbox')).not.toBeInTheDocument();
  });

  it('keeps the last answer where the next question fails', async () => {
    const { api } = render(`${ALICE}&leaves=user%3Adefault%2Fben`);
    await screen.findByText(/would lose something/);
    api.whatIf = async () => {
      throw await responseError(500, 'Error', 'the database is away');
    };
    const chosen = screen.getByRole('grid', { name: 'Who leaves' });
    await userEvent.click(within(chosen).getAllByRole('button')[0]);
    expect(await screen.findByText(/the database is away/)).toBeVisible();
    expect(screen.getByText(/would lose something/)).toBeVisible();
  });

  it('keeps hostile names as text', async () => {
    render(
      `?leaves=user%3Adefault%2Fmallory&leaves=${encodeURIComponent(PAYLOAD)}`,
      api => {
        const [first] = losses.services;
        api.losses = {
          ...losses,
          notKnown: [PAYLOAD],
          headline: [person(PAYLOAD, PAYLOAD)],
          services: [
            {
              ...first,
              title: PAYLOAD,
              summary: [text(PAYLOAD)],
              filePaths: [PAYLOAD],
              directories: [{ path: PAYLOAD, files: 1 }],
              successors: [
                {
                  ...first.successors[0],
                  name: PAYLOAD,
                  reason: [text(PAYLOAD)],
                },
              ],
            },
          ],
        };
      },
    );
    await services();
    expect(screen.getAllByText(PAYLOAD).length).toBeGreaterThan(4);
    expect(document.querySelector('img[src="x"]')).toBeNull();
  });
});
