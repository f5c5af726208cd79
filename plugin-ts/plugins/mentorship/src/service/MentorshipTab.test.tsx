import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import type { EvidenceKind, Finding } from 'backstage-plugin-mentorship-common';
import {
  counted,
  exposed,
  hostile,
  notEnrolled,
  resilient,
  unreadable,
} from '../__testUtils__/fixtures/assessments';
import {
  FixtureApi,
  responseError,
} from '../__testUtils__/fixtures/FixtureApi';
import { countedKnowledge } from '../__testUtils__/fixtures/knowledge';
import { text } from '../__testUtils__/fixtures/words';
import { renderOnService } from '../__testUtils__/rendering';
import { MentorshipTab } from './MentorshipTab';

function renderTab(
  assessment = exposed,
  change: (api: FixtureApi) => void = () => {},
) {
  const api = new FixtureApi();
  api.byRef = { [assessment.entity.entityRef]: assessment };
  change(api);
  const rendered = renderOnService(<MentorshipTab />, {
    api,
    entityRef: assessment.entity.entityRef,
  });
  return { ...rendered, api };
}

/** The first heading of the tab, which is the sentence that leads. */
const headline = async () =>
  (await screen.findAllByRole('heading', { level: 2 }))[0];

describe('MentorshipTab', () => {
  it('leads with level, sentence, score with coverage and what comes next', async () => {
    renderTab();
    expect(await headline()).toHaveTextContent(
      'Only one person can run payments-batch today.',
    );
    expect(screen.getAllByText('Exposed')[0]).toBeVisible();
    expect(screen.getByText('Score 41 of 100 · 78 % known')).toBeVisible();
    expect(
      screen.getByRole('img', {
        name: '41 % in order, 37 % to do, 22 % to find out',
      }),
    ).toBeVisible();
    expect(screen.getByText('For “Developing”')).toBeVisible();
    expect(screen.getByRole('button', { name: 'name a backup' })).toBeVisible();
    const next = screen.getByRole('region', { name: 'Do next' });
    expect(within(next).getAllByRole('listitem')).toHaveLength(3);
    expect(
      within(next).getByRole('button', { name: /^Why: .*backup/ }),
    ).not.toHaveAccessibleName(/no-backup/);
  });

  it('draws the rotation, with its place on the clock in words', async () => {
    renderTab();
    const card = await screen.findByRole('region', {
      name: 'Steward rotation',
    });
    expect(
      within(card).getByRole('img', {
        name: 'Overdue: 121 % of the time from start to rotation has passed',
      }),
    ).toBeVisible();
    expect(within(card).getByText('14')).toBeVisible();
    const zones = within(card).getByRole('list', {
      name: 'Zones of the rotation',
    });
    expect(
      within(zones)
        .getAllByRole('listitem')
        .map(zone => [zone.textContent, zone.getAttribute('aria-current')]),
    ).toEqual([
      ['Settling', null],
      ['Window', null],
      ['Overdue', 'step'],
    ]);
    expect(within(card).getByText('inferred')).toBeVisible();
  });

  it('shows the readings side by side and opens one by keyboard', async () => {
    renderTab();
    const card = await screen.findByRole('region', { name: 'Bus factor' });
    const side = within(card).getByRole('group', { name: /side by side/ });
    const readings = within(side).getAllByRole('button');
    expect(readings.map(reading => reading.textContent)).toEqual([
      '1declared',
      '2authorship',
      '2recent',
      '1absence',
    ]);
    expect(within(card).getByText('71 %')).toBeVisible();
    expect(within(card).getByText('by the reading “declared”')).toBeVisible();

    readings[1].focus();
    await userEvent.keyboard('{Enter}');
    expect(readings[1]).toHaveAttribute('aria-pressed', 'true');
    expect(within(card).getByText('62 %')).toBeVisible();
    expect(within(card).getByText('has left')).toBeVisible();
    expect(
      within(card).getByText('3 as its authors define it, leavers counted'),
    ).toBeInTheDocument();
  });

  it('leads to what is lost without the first holder, where named', async () => {
    const { unmount } = renderTab();
    expect(
      await screen.findByRole('link', { name: 'What if Alice Moreau leaves?' }),
    ).toHaveAttribute(
      'href',
      '/mentorship/what-if?leaves=user%3Adefault%2Falice',
    );
    unmount();
    renderTab(counted);
    await headline();
    expect(
      screen.queryByRole('link', { name: /^What if/ }),
    ).not.toBeInTheDocument();
  });

  it('shows who knows which directory', async () => {
    renderTab();
    expect(
      await screen.findByRole('region', { name: 'Who knows what' }),
    ).toBeVisible();
    expect(
      await screen.findByRole('button', { name: /^airflow One person/ }),
    ).toBeVisible();
  });

  it('shows who knows the critical paths, below the whole service', async () => {
    renderTab();
    const card = await screen.findByRole('region', { name: 'Bus factor' });
    expect(within(card).getByText('airflow/dags/')).toBeVisible();
    expect(card).toHaveTextContent('21 files that the service names critical');
    const readings = within(
      within(card).getByRole('group', { name: /critical paths alone/ }),
    ).getAllByRole('button');
    expect(readings.map(reading => reading.textContent)).toEqual([
      '1authorship',
      '1recent',
      '1absence',
    ]);
    expect(within(card).queryByText('90 %')).not.toBeInTheDocument();
    await userEvent.click(readings[0]);
    expect(within(card).getByText('90 %')).toBeVisible();
    expect(within(card).getByText('71 %')).toBeVisible();
  });

  it('shows each apprentice on the ladder, with milestones and how late they are', async () => {
    renderTab();
    const card = await screen.findByRole('region', { name: 'Mentorship' });
    expect(within(card).getByText('Jordan Reyes')).toBeVisible();
    expect(
      within(card).getByRole('img', { name: 'Autonomy: supervised, 2 of 4' }),
    ).toBeVisible();
    expect(within(card).getByText('7 days late')).toBeVisible();
    expect(within(card).getByText('2 of 6 done')).toBeVisible();
  });

  it('lists failures first with reasons, evidence and what to do', async () => {
    renderTab();
    const panel = await screen.findByRole('region', { name: 'What to do' });
    expect(
      within(panel).getByText(
        '4 to do · 1 to find out · 1 exempt · 2 in order',
      ),
    ).toBeVisible();
    const first = within(panel).getAllByRole('listitem')[0];
    expect(first).toHaveTextContent('One person holds a directory');
    expect(first).toHaveTextContent(
      'Let Jordan Reyes make the next change there',
    );
    expect(
      within(first).getByRole('link', { name: 'airflow/dags' }),
    ).toHaveAttribute('href', expect.stringMatching(/^https:/));
    expect(within(panel).getByText('There is no runbook')).not.toBeVisible();
    await userEvent.click(within(panel).getByText('In order'));
    expect(within(panel).getByText('There is no runbook')).toBeVisible();
  });

  it('shows six failures, and the rest to whoever asks', async () => {
    const failure = exposed.findings[0];
    renderTab({
      ...exposed,
      findings: Array.from({ length: 9 }, (_, index) => ({
        ...failure,
        rule: `rule-${index}`,
        title: `Rule ${index}`,
        outcome: { ...failure.outcome, reasons: [[text(`Why ${index}.`)]] },
      })) as Finding[],
    });
    const panel = await screen.findByRole('region', { name: 'What to do' });
    expect(within(panel).getByText('Why 5.')).toBeVisible();
    expect(within(panel).queryByText('Why 6.')).not.toBeInTheDocument();
    const more = within(panel).getByRole('button', {
      name: '3 more',
    });
    expect(more).toHaveAttribute('aria-expanded', 'false');
    more.focus();
    await userEvent.keyboard('{Enter}');
    expect(more).toHaveAttribute('aria-expanded', 'true');
    expect(more).toHaveFocus();
    expect(within(panel).getByText('Why 8.')).toBeVisible();
    await userEvent.keyboard(' ');
    expect(more).toHaveFocus();
    expect(within(panel).queryByText('Why 8.')).not.toBeInTheDocument();
  });

  it('tells once what fails several rules, and names the others', async () => {
    const [failure, other] = exposed.findings;
    renderTab({
      ...exposed,
      findings: [
        failure,
        other,
        {
          ...failure,
          rule: 'no-runbook',
          title: 'There is no runbook',
          weight: 4,
        },
      ],
    });
    const panel = await screen.findByRole('region', { name: 'What to do' });
    expect(within(panel).getByText('3 to do')).toBeVisible();
    const same = within(panel).getAllByRole('list', {
      name: 'The same goes for',
    });
    expect(same).toHaveLength(1);
    expect(same[0]).toHaveTextContent('There is no runbook (weight 4)');
    expect(
      within(panel).getAllByText(/make the next change there/),
    ).toHaveLength(1);
    await userEvent.click(within(same[0]).getByRole('button'));
    expect(
      await screen.findByRole('dialog', { name: 'There is no runbook' }),
    ).toBeVisible();
  });

  it('opens a rule from the keyboard and gives the focus back', async () => {
    renderTab();
    const ask = await screen.findByRole('button', { name: 'name a backup' });
    ask.focus();
    await userEvent.keyboard('{Enter}');
    const dialog = await screen.findByRole('dialog', {
      name: 'No backup is named',
    });
    expect(
      await within(dialog).findByRole('heading', { name: 'How to fix' }),
    ).toBeVisible();
    expect(within(dialog).getByRole('table')).toBeVisible();
    expect(
      within(dialog).getByText(/Needed for Developing, Covered, Resilient/),
    ).toBeVisible();
    await userEvent.keyboard('{Escape}');
    await waitFor(() =>
      expect(screen.queryByRole('dialog')).not.toBeInTheDocument(),
    );
    await waitFor(() => expect(ask).toHaveFocus());
  });

  it('renders a rule page without raw HTML, pictures or odd links', async () => {
    renderTab(exposed, api => {
      api.getRule = async id => ({
        id,
        title: 'Rule',
        category: 'assets',
        weight: 1,
        levels: [],
        page: '<script>alert(1)</script><b>bold</b>\n\n![x](https://e.example/x.png)\n\n[odd](javascript:alert(1)) and <img src=x onerror=alert(1)>',
      });
    });
    await userEvent.click(
      await screen.findByRole('button', { name: 'name a backup' }),
    );
    const dialog = await screen.findByRole('dialog');
    expect(await within(dialog).findByText('odd')).toBeVisible();
    expect(dialog.querySelector('script, img, b')).toBeNull();
    expect(within(dialog).queryByRole('link')).not.toBeInTheDocument();
  });

  it('gives counts in place of names to those who may not see them', async () => {
    renderTab(counted, api => {
      api.knowledge = countedKnowledge;
    });
    await headline();
    expect(screen.getByText(/You see counts in place of names/)).toBeVisible();
    expect(screen.queryByText('Jordan Reyes')).not.toBeInTheDocument();
    expect(screen.queryByText('Ben Okafor')).not.toBeInTheDocument();
    const mentorship = screen.getByRole('region', { name: 'Mentorship' });
    expect(within(mentorship).getByText('2 people')).toBeVisible();
    const busFactor = screen.getByRole('region', { name: 'Bus factor' });
    const [ofService, ofCriticalPaths] = within(busFactor).getAllByRole(
      'button',
      { name: /recent/ },
    );
    await userEvent.click(ofService);
    expect(within(busFactor).getByText('5 people')).toBeVisible();
    await userEvent.click(ofCriticalPaths);
    expect(within(busFactor).getByText('2 people')).toBeVisible();
    expect(within(busFactor).queryByText('Alice Moreau')).toBeNull();
    // Whom to call stays: people need to know.
    const call = screen.getByRole('region', { name: 'Whom to call' });
    expect(within(call).getByText('Alice Moreau')).toBeVisible();
  });

  it('says how to begin where a service is not enrolled', async () => {
    renderTab(notEnrolled);
    expect(await headline()).toBeVisible();
    expect(screen.getByText('How to begin')).toBeVisible();
    await userEvent.click(
      screen.getByRole('button', { name: 'What to write into a plan' }),
    );
    await userEvent.click(
      within(
        await screen.findByRole('dialog', {
          name: 'There is no mentorship plan',
        }),
      ).getByRole('button', { name: 'Close' }),
    );
    expect(screen.queryByText(/^Score \d+ of/)).not.toBeInTheDocument();
    expect(
      screen.queryByRole('region', { name: 'What to do' }),
    ).not.toBeInTheDocument();
    expect(screen.getByRole('region', { name: 'Bus factor' })).toBeVisible();
    expect(screen.getByText(/Nobody is named yet/)).toBeVisible();
  });

  it('tells why a repository could not be read, before anything else', async () => {
    renderTab(unreadable);
    await headline();
    expect(
      screen.getAllByText(/the clone was refused/)[0].closest('[role="note"]'),
    ).toHaveTextContent(/^Could not be read: Git history\. /);
  });

  it('says once in the list of evidence why several kinds could not be read', async () => {
    const failed = unreadable.evidence.find(({ state }) => state === 'failed')!;
    const alike = (kind: EvidenceKind, label: string) => ({
      ...failed,
      kind,
      label,
    });
    renderTab({
      ...unreadable,
      evidence: [alike('plan', 'Plan'), alike('history', 'History')],
    });
    await headline();
    const evidence = screen.getByRole('region', { name: 'Evidence' });
    expect(within(evidence).getAllByText('failed')).toHaveLength(2);
    expect(within(evidence).getAllByText(/the clone was refused/)).toHaveLength(
      1,
    );
  });

  it('says once what many open rules wait for', async () => {
    const [waiting] = exposed.findings.filter(
      ({ outcome }) => outcome.verdict === 'unknown',
    );
    renderTab({
      ...exposed,
      findings: [
        waiting,
        { ...waiting, rule: 'no-runbook', title: 'There is no runbook' },
      ],
    });
    await headline();
    expect(screen.getAllByText(/No reviews were collected/)).toHaveLength(1);
    await userEvent.click(
      screen.getByRole('button', {
        name: 'About the rule: There is no runbook',
      }),
    );
    expect(
      await screen.findByRole('dialog', { name: 'There is no runbook' }),
    ).toBeVisible();
  });

  it('has good news where nothing is left to do', async () => {
    renderTab(resilient);
    await headline();
    expect(screen.getByText(/Nothing to do/)).toBeVisible();
    expect(screen.getByText(/The highest level is reached/)).toBeVisible();
    expect(
      screen.queryByRole('region', { name: 'Do next' }),
    ).not.toBeInTheDocument();
  });

  it('keeps its headings in order', async () => {
    renderTab();
    await headline();
    const levels = screen
      .getAllByRole('heading')
      .map(heading => Number(heading.tagName[1]));
    expect(levels[0]).toBe(2);
    levels.slice(1).forEach((level, index) => {
      expect(level - levels[index]).toBeLessThanOrEqual(1);
    });
  });

  it('shows where everything will be while it loads', async () => {
    renderTab(exposed, api => {
      api.getAssessmentByEntityRef = () => new Promise(() => {});
    });
    expect(await screen.findByLabelText('Loading')).toHaveAttribute(
      'aria-busy',
      'true',
    );
  });

  it.each([
    [
      503,
      'FirstPassPendingError',
      'The first pass over the catalog is under way',
    ],
    [403, 'NotAllowedError', 'You may not see this'],
    [404, 'NotFoundError', 'Not judged'],
    [500, 'Error', 'This could not be loaded'],
  ])('says what %i means', async (status, name, title) => {
    renderTab(exposed, api => {
      api.getAssessmentByEntityRef = async () => {
        throw await responseError(status, name, 'the reason');
      };
    });
    expect(await screen.findByText(title)).toBeVisible();
  });

  it('tries again, and shows what then comes', async () => {
    let failing = true;
    renderTab(exposed, api => {
      const answer = api.getAssessmentByEntityRef.bind(api);
      api.getAssessmentByEntityRef = async ref => {
        if (failing) {
          throw await responseError(500, 'Error', 'the database is away');
        }
        return answer(ref);
      };
    });
    expect(await screen.findByText('the database is away')).toBeVisible();
    failing = false;
    await userEvent.click(screen.getByRole('button', { name: 'Try again' }));
    expect(await headline()).toHaveTextContent('Only one person');
  });

  it.each([
    '<script>alert(1)</script>',
    '"><img src=x onerror=alert(1)>',
    '<svg/onload=alert(1)>',
    // eslint-disable-next-line no-script-url
    'javascript:alert(1)',
    '{{constructor.constructor("alert(1)")()}}',
    '$t(service.names) {{date}}',
    '\u202Egnp.exe',
    '=HYPERLINK("http://evil.example")',
  ])('keeps %j as text wherever it stands', async payload => {
    const { container } = renderTab(hostile(payload));
    await headline();
    expect(screen.getAllByText(payload).length).toBeGreaterThan(3);
    expect(
      container.querySelector(
        'script, iframe, object, img, [onerror], [onload]',
      ),
    ).toBeNull();
    for (const link of container.querySelectorAll('a[href]')) {
      expect(link.getAttribute('href')).toMatch(/^(https?:|\/)/);
    }
  });
});
