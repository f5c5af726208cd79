import { screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import type { Knowledge } from 'backstage-plugin-mentorship-common';
import {
  FixtureApi,
  responseError,
} from '../__testUtils__/fixtures/FixtureApi';
import {
  countedKnowledge,
  knowledge,
} from '../__testUtils__/fixtures/knowledge';
import { renderPage } from '../__testUtils__/rendering';
import { KnowledgePanel } from './KnowledgePanel';

const SERVICE = 'component:default/payments-batch';

function render(change: (api: FixtureApi) => void = () => {}) {
  const api = new FixtureApi();
  change(api);
  const asked = jest.spyOn(api, 'getKnowledge');
  renderPage(<KnowledgePanel entityRef={SERVICE} />, { api });
  return { api, asked };
}

const cell = (name: RegExp) => screen.findByRole('button', { name });
const here = () =>
  within(screen.getByRole('navigation', { name: 'Directory' }))
    .getAllByRole('listitem')
    .map(step => step.textContent);

describe('KnowledgePanel', () => {
  it('draws the directories with their verdict in words, and what is beside them', async () => {
    const { asked } = render();
    const src = await cell(/^src Three or more · 236 files$/);
    expect(src.style.width).not.toBe('');
    expect(await cell(/^legacy Nobody left · 21 files$/)).toBeVisible();
    expect(await cell(/^assets Unknown · 9 files$/)).toBeVisible();
    expect(screen.getByText('beside these')).toBeVisible();
    expect(
      screen.getByText('2 smaller directories are not shown.'),
    ).toBeVisible();
    expect(
      within(
        screen.getByRole('list', { name: 'How many people know it' }),
      ).getAllByRole('listitem'),
    ).toHaveLength(5);
    expect(asked).toHaveBeenCalledTimes(1);
    expect(asked).toHaveBeenCalledWith(SERVICE, { path: '', depth: 2 });
  });

  it('goes down and up by keyboard, with the focus on the way', async () => {
    const { asked } = render();
    (await cell(/^src /)).focus();
    await userEvent.keyboard('{Enter}');
    await cell(/^settlement One person · 118 files/);
    expect(here()).toEqual(['The whole repository', 'src']);
    expect(
      screen.getByText('src', { selector: '[aria-current]' }),
    ).toHaveFocus();
    expect(asked).toHaveBeenLastCalledWith(SERVICE, { path: 'src', depth: 2 });

    await userEvent.tab();
    await userEvent.tab();
    (await cell(/^settlement /)).focus();
    await userEvent.keyboard(' ');
    await cell(/^schedule /);
    expect(here()).toEqual(['The whole repository', 'src', 'settlement']);

    screen.getByRole('button', { name: 'The whole repository' }).focus();
    await userEvent.keyboard('{Enter}');
    expect(await cell(/^airflow /)).toBeVisible();
    expect(here()).toEqual(['The whole repository']);
  });

  it('tells who knows the directory that the focus is at', async () => {
    render();
    expect(await screen.findByText('Ben Okafor')).toBeVisible();
    (await cell(/^legacy /)).focus();
    expect(await screen.findByText('Gustav Adler')).toBeVisible();
    expect(screen.getByText('has left')).toBeVisible();
    expect(screen.queryByText('Ben Okafor')).not.toBeInTheDocument();
  });

  it('says the same in a table, from which directories open too', async () => {
    render();
    await cell(/^src /);
    await userEvent.click(screen.getByRole('radio', { name: 'Table' }));
    const [, first] = screen.getAllByRole('row');
    expect(first).toHaveTextContent('src236Three or more');
    expect(
      within(first).getByRole('link', { name: 'Alice Moreau' }),
    ).toBeVisible();
    expect(within(first).getByText('82 %')).toBeVisible();
    expect(within(first).getByText('and 1 more')).toBeVisible();
    await userEvent.click(within(first).getByRole('button', { name: 'src' }));
    expect(await screen.findByRole('button', { name: 'fees' })).toBeVisible();
  });

  it('counts where names are not shown', async () => {
    render(api => {
      api.knowledge = countedKnowledge;
    });
    await cell(/^src /);
    expect(screen.getAllByText('2 people')).toHaveLength(2);
    expect(screen.queryByText('Alice Moreau')).not.toBeInTheDocument();
    await userEvent.click(screen.getByRole('radio', { name: 'Table' }));
    expect(
      screen.queryByRole('columnheader', { name: 'Who knows it' }),
    ).not.toBeInTheDocument();
  });

  it.each<[Partial<Knowledge>, string | RegExp]>([
    [{ state: 'missing' }, 'No history yet'],
    [{ state: 'not-collected' }, 'No history is read'],
    [
      { state: 'failed', reason: 'the clone was refused' },
      'the clone was refused',
    ],
  ])('says why there is no tree: %j', async (answer, words) => {
    render(api => {
      api.knowledge = { ...knowledge, root: undefined, ...answer };
    });
    expect(await screen.findByText(words)).toBeVisible();
  });

  it('shows the last good history beside the reason why it is not new', async () => {
    render(api => {
      api.knowledge = { ...knowledge, state: 'failed', reason: 'timed out' };
    });
    expect(await cell(/^src /)).toBeVisible();
    expect(screen.getByText(/last good history.*timed out/)).toBeVisible();
  });

  it('says that a directory is empty, or has files only', async () => {
    const { api } = render();
    await userEvent.click(await cell(/^legacy /));
    expect(
      await screen.findByText('There are no directories in it.'),
    ).toBeVisible();
    api.getKnowledge = async () => ({
      ...knowledge,
      root: { ...knowledge.root!, path: 'src', files: 0, directories: [] },
    });
    await userEvent.click(
      screen.getByRole('button', { name: 'The whole repository' }),
    );
    await userEvent.click(await cell(/^src /));
    expect(await screen.findByText('Nothing here')).toBeVisible();
  });

  it('keeps what was loaded where a directory cannot be opened', async () => {
    const { api } = render();
    await cell(/^src /);
    api.getKnowledge = async () => {
      throw await responseError(503, 'ServiceUnavailableError', 'broke down');
    };
    await userEvent.click(await cell(/^src /));
    expect(await screen.findByText(/broke down/)).toBeVisible();
    expect(await cell(/^airflow /)).toBeVisible();
    expect(screen.getByRole('button', { name: 'Try again' })).toBeVisible();
  });

  it.each([
    [503, 'ServiceUnavailableError', /broke down/],
    [403, 'NotAllowedError', 'You may not see this'],
    [404, 'NotFoundError', 'Not judged'],
    [500, 'Error', /broke down/],
  ])('says what %i means', async (status, name, words) => {
    render(api => {
      api.getKnowledge = async () => {
        throw await responseError(status, name, 'broke down');
      };
    });
    expect(await screen.findByText(words)).toBeVisible();
  });

  it('keeps hostile names as text', async () => {
    const payload = '<img src=x onerror=alert(1)>';
    render(api => {
      const [first, ...others] = knowledge.root!.directories;
      api.knowledge = {
        ...knowledge,
        root: {
          ...knowledge.root!,
          people: [
            {
              name: payload,
              entityRef: payload,
              files: 1,
              share: 1,
              left: false,
            },
          ],
          directories: [{ ...first, path: payload }, ...others],
        },
      };
    });
    expect(await screen.findAllByText(payload)).toHaveLength(2);
    expect(document.querySelector('img[src="x"]')).toBeNull();
  });
});
