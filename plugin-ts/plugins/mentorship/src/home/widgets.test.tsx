import { screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import {
  FixtureApi,
  responseError,
} from '../__testUtils__/fixtures/FixtureApi';
import { uninvolved } from '../__testUtils__/fixtures/me';
import { renderPage } from '../__testUtils__/rendering';
import { Apprenticeships } from './Apprenticeships';
import { Stewardships } from './Stewardships';
import { TeamRisk } from './TeamRisk';

function render(
  widget: JSX.Element,
  change: (api: FixtureApi) => void = () => {},
) {
  const api = new FixtureApi();
  change(api);
  const asked = jest.spyOn(api, 'getRiskQueue');
  renderPage(widget, { api });
  return asked;
}

const alone = (api: FixtureApi) => {
  api.me = uninvolved;
};

describe('Stewardships', () => {
  it('leads with the rotation due first, and names other roles', async () => {
    render(<Stewardships />);
    const [first, , third, other] = await screen.findAllByRole('listitem');
    expect(first).toHaveTextContent(
      /^payments-batch StewardExposedOverdueRotation due/,
    );
    expect(within(first).getByRole('link')).toHaveAttribute(
      'href',
      '/catalog/default/component/payments-batch',
    );
    expect(third).toHaveTextContent('When the rotation is due is not known.');
    expect(other).toHaveTextContent(/^fraud-scoring BackupDeveloping$/);
  });

  it('tells readers what is held about them', async () => {
    render(<Stewardships />);
    const fold = await screen.findByText('What is held about you');
    expect(screen.getByText('5 assessments name you.')).not.toBeVisible();
    await userEvent.click(fold);
    expect(screen.getByText('5 assessments name you.')).toBeVisible();
    expect(screen.getByText(/may name you: Git\.$/)).toBeVisible();
  });

  it('says what would stand there, and what is held', async () => {
    render(<Stewardships />, alone);
    expect(await screen.findByText(/no role in any service/)).toBeVisible();
    expect(screen.getByText('Nothing names you.')).toBeVisible();
  });

  it('says who may see it, in few words', async () => {
    render(<Stewardships />, api => {
      api.getMe = async () => {
        throw await responseError(403, 'NotAllowedError', 'no');
      };
    });
    expect(await screen.findByRole('status')).toHaveTextContent(
      'the permission mentorship.assessment.read.',
    );
  });
});

describe('Apprenticeships', () => {
  it('shows the whole way where there are few', async () => {
    render(<Apprenticeships />);
    const [mine, ...milestones] = await screen.findAllByRole('listitem');
    expect(mine).toHaveTextContent(
      /^checkout-api Goal: .*day 97supervisedMentored by Alice Moreau/,
    );
    expect(milestones).toHaveLength(3);
    expect(milestones[2]).toHaveTextContent(
      /^Day 90Lead one deploy of the reconciliation job\d+ days late/,
    );
  });

  it('says what comes next where there are many', async () => {
    render(<Apprenticeships />, api => {
      const [mine] = api.me.apprenticeships;
      api.me = {
        ...api.me,
        apprenticeships: ['a', 'b', 'c'].map(name => ({
          ...mine,
          entityRef: `component:default/${name}`,
        })),
      };
    });
    const [first] = await screen.findAllByRole('listitem');
    expect(first).toHaveTextContent(
      /Next, Day 90: Lead one deploy of the reconciliation job overdue/,
    );
  });

  it('says how an apprenticeship begins', async () => {
    render(<Apprenticeships />, alone);
    expect(await screen.findByText(/Ask a steward/)).toBeVisible();
  });
});

describe('TeamRisk', () => {
  it('asks for what the reader and their teams own', async () => {
    const asked = render(<TeamRisk />);
    expect(await screen.findAllByRole('listitem')).toHaveLength(6);
    expect(asked.mock.calls[0][0]).toMatchObject({ limit: 6 });
    expect(asked.mock.calls[0][0]).toHaveProperty('owner');
    expect(screen.getByRole('link', { name: 'Show all 27' })).toHaveAttribute(
      'href',
      '/mentorship/services?mine=true',
    );
  });
});
