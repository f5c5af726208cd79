import { screen } from '@testing-library/react';
import { exposed, unreadable } from '../__testUtils__/fixtures/assessments';
import {
  FixtureApi,
  responseError,
} from '../__testUtils__/fixtures/FixtureApi';
import { renderOnService } from '../__testUtils__/rendering';
import {
  BusFactorCard,
  GlanceCard,
  RotationCard,
  StatusCard,
} from './EntityCards';

const allCards = (
  <>
    <StatusCard />
    <RotationCard />
    <BusFactorCard />
    <GlanceCard />
  </>
);

describe('entity cards', () => {
  it('share one request', async () => {
    const api = new FixtureApi();
    const asked = jest.spyOn(api, 'getAssessmentByEntityRef');
    renderOnService(allCards, { api });

    expect(
      await screen.findByText('Only one person can run payments-batch today.'),
    ).toBeVisible();
    expect(
      screen.getByRole('region', { name: 'Steward rotation' }),
    ).toBeVisible();
    expect(screen.getByRole('region', { name: 'Bus factor' })).toBeVisible();
    expect(screen.getByText('Mentorship at a glance')).toBeVisible();
    expect(asked).toHaveBeenCalledTimes(1);
    expect(asked).toHaveBeenCalledWith(exposed.entity.entityRef);
  });

  it('say the level and three words at a glance', async () => {
    renderOnService(<GlanceCard />, { api: new FixtureApi() });
    expect(await screen.findByText('Exposed')).toBeVisible();
    expect(screen.getByText('Overdue')).toBeVisible();
    expect(screen.getByText('One person')).toBeVisible();
    expect(screen.getByText('Stalled')).toBeVisible();
  });

  it('tell why a repository could not be read', async () => {
    renderOnService(<StatusCard />, {
      api: new FixtureApi(),
      entityRef: unreadable.entity.entityRef,
    });
    expect(await screen.findByText(/the clone was refused/)).toBeVisible();
  });

  it.each([
    [503, 'FirstPassPendingError', /first pass over the catalog/],
    [403, 'NotAllowedError', /mentorship\.assessment\.read/],
    [404, 'NotFoundError', /this entity is not one of them/],
    [500, 'Error', 'This could not be loaded'],
  ])('say in short what %i means', async (status, name, words) => {
    const api = new FixtureApi();
    api.getAssessmentByEntityRef = async () => {
      throw await responseError(status, name, 'the reason');
    };
    renderOnService(<StatusCard />, { api });
    expect(await screen.findByText(words)).toBeVisible();
  });
});
