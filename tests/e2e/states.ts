/** The states of a page, brought about by what the backend answers. */

import type { Page, Route } from 'playwright-core';
import { atRest } from './looks.ts';

/** Answers of the mentorship backend, in the place of its own. */
const BACKEND = /\/api\/mentorship\//;

/** Longer than an answer is taken for fresh, in milliseconds. */
const STALE_AFTER_MS = 90_000;

/** What the backend answers in each state, beside what it says by itself. */
const STATES: Record<string, (page: Page) => Promise<void>> = {
  /** Nothing is answered. */
  loading: async page => {
    await page.route(BACKEND, () => {});
  },

  /** There is no service, and the reader has no part in any. */
  empty: async page => {
    await answer(page, /\/assessments(\?|$)/, list => ({
      ...list,
      items: [],
      totalItems: 0,
      totals: { byLevel: NO_LEVELS },
      pageInfo: {},
    }));
    await answer(page, /\/risk-queue/, queue => ({
      ...queue,
      items: [],
      totalItems: 0,
      pageInfo: {},
    }));
    await answer(page, /\/me$/, me => ({
      ...me,
      stewardships: [],
      otherRoles: [],
      apprenticeships: [],
      held: { assessments: 0, inSnapshots: false, sources: [] },
    }));
    await answer(page, /\/what-if/, losses => ({
      ...losses,
      headline: [
        // Without whom.
        ...(losses.headline as object[]).slice(0, 2),
        { type: 'text', text: ', no service loses anything.' },
      ],
      services: [],
    }));
    await answer(page, /\/status/, status => ({
      ...status,
      sources: [],
      repositories: [],
    }));
    await answer(page, /\/program$/, report => withNobodyEnrolled(report, 0));
    await refuse(page, 404, 'NotFoundError', /\/assessments\/by-entity\//);
  },

  /** The first day: the first run is under way. */
  pending: async page => {
    await refuse(page, 503, 'FirstPassPendingError');
    await answer(page, /\/status/, status => ({
      ...status,
      firstPassComplete: false,
      currentRun: undefined,
      lastRun: {
        id: 1,
        asOf: new Date().toISOString().slice(0, 10),
        startedAt: new Date().toISOString(),
        outcome: 'running',
      },
    }));
  },

  /** The first day, after the run: services are judged, and none takes part. */
  unenrolled: async page => {
    await answer(page, /\/assessments(\?|$)/, list => ({
      ...list,
      items: (list.items as Answer[]).map(unenrolled),
      totals: { byLevel: { ...NO_LEVELS, 'not-enrolled': list.totalItems } },
    }));
    await answer(page, /\/risk-queue/, queue => ({
      ...queue,
      items: (queue.items as Answer[]).map(unsaid),
    }));
    await answer(page, /\/program$/, report => {
      const program = report.program as Answer & { rollout: Answer[] };
      const { services } = program as unknown as { services: number };
      const beginning = withNobodyEnrolled(report, services);
      return {
        ...beginning,
        program: {
          ...(beginning.program as Answer),
          proposal: PROPOSED.map(unsaid),
          rollout: program.rollout.map(step => ({
            ...step,
            done: false,
            detail: [],
          })),
        },
      };
    });
  },

  /** The reader may see nothing. */
  denied: async page => {
    await refuse(page, 403, 'NotAllowedError');
    await answer(page, /\/status/, withoutAbilities);
  },

  /** The backend broke down. */
  failing: page => refuse(page, 500, 'Error'),

  /** The reader is the engineer of the demonstration, who may see no names. */
  unnamed: async page => {
    await page.addInitScript(() =>
      sessionStorage.setItem('demonstration.as', 'engineer'),
    );
  },
};

/** Opens a page in a state. */
export async function open(
  page: Page,
  address: string,
  state: string,
): Promise<void> {
  if (state === 'kept') {
    await openKept(page, address);
  } else {
    await STATES[state](page);
    await page.goto(address);
    await arrived(page, state);
  }
}

/**
 * Waits until the page is in its state: pages of the catalog load their tabs and cards
 * after everything else, and a page without them is in no state of ours.
 */
async function arrived(page: Page, state: string): Promise<void> {
  if (state === 'loading') {
    await page.locator('[aria-busy="true"]').first().waitFor();
  } else {
    await page.waitForLoadState('networkidle');
  }
}

/** Everything was there, and cannot be loaded again when the reader comes back. */
async function openKept(page: Page, address: string): Promise<void> {
  await page.goto(address);
  await atRest(page);
  await page.getByRole('link', { name: 'Settings' }).first().click();
  await page.getByRole('tab', { name: 'General' }).waitFor();
  await refuse(page, 500, 'Error');
  await page.evaluate(turnForward, STALE_AFTER_MS);
  await page.goBack();
  await page.getByRole('alert').first().waitFor();
}

/** In this page alone: a browser's own clock is one for all that are open at once. */
function turnForward(milliseconds: number): void {
  const now = performance.now.bind(performance);
  performance.now = () => now() + milliseconds;
}

function withoutAbilities(status: Answer): Answer {
  return {
    ...status,
    viewer: {
      assessments: false,
      people: false,
      export: false,
      refresh: false,
      program: false,
      decide: false,
    },
  };
}

const NO_LEVELS = {
  exposed: 0,
  developing: 0,
  covered: 0,
  resilient: 0,
  unknown: 0,
  'not-enrolled': 0,
};

const PROPOSED: Answer[] = [
  { entityRef: 'component:default/design-system', title: 'Design system' },
  { entityRef: 'component:default/checkout-sdk', title: 'Checkout SDK' },
  { entityRef: 'component:default/notifications', title: 'Notifications' },
];

/** A service at risk of which nobody has said anything. */
function unsaid(risk: Answer): Answer {
  return {
    ...risk,
    enrolled: false,
    reason: [
      { type: 'count', text: '1 person' },
      {
        type: 'text',
        text: ' holds most of the recent knowledge. Nobody is named as steward. Nobody is learning it.',
      },
    ],
  };
}

/** A row of a service that nobody has said anything of. */
function unenrolled(row: Answer): Answer {
  return {
    ...row,
    level: 'not-enrolled',
    score: null,
    coverage: null,
    mentorshipStatus: 'none',
    rotationState: 'vacant',
    steward: null,
    stewardName: null,
    stewardAgeMonths: null,
    busFactor: 1,
    busFactorBasis: 'recent',
    busFactorVerdict: 'single',
    nextSteps: [],
  };
}

function withNobodyEnrolled(report: Answer, services: number): Answer {
  const program = report.program as Answer & {
    levels: Answer[];
    measures: Answer[];
  };
  return {
    ...report,
    program: {
      ...program,
      enrolled: 0,
      levels: program.levels.map(level => ({
        ...level,
        services: 0,
        percent: 0,
      })),
      services,
      measures: program.measures.map(({ id, title, unit, better }) => ({
        id,
        title,
        unit,
        better,
        part: 0,
        whole: 0,
        measured: 0,
        unmeasured: [],
        from: program.asOf,
        until: program.asOf,
        summary: [{ type: 'text', text: 'There is nothing to count yet.' }],
      })),
      rotations: {
        ...(program.rotations as Answer),
        within30: 0,
        within60: 0,
        within90: 0,
        overdue: 0,
        vacant: 0,
        unknown: 0,
        services: [],
      },
    },
  };
}

type Answer = Record<string, unknown>;

/** Changes an answer of the backend on its way. */
async function answer(
  page: Page,
  path: RegExp,
  change: (body: Answer) => Answer,
): Promise<void> {
  await page.route(
    url => BACKEND.test(url.pathname) && path.test(url.pathname + url.search),
    async (route: Route) => {
      const response = await route.fetch();
      const body = (await response.json()) as Answer;
      await route.fulfill({ response, json: change(body) });
    },
  );
}

async function refuse(
  page: Page,
  status: number,
  name: string,
  path: RegExp = /./,
): Promise<void> {
  await page.route(
    url => BACKEND.test(url.pathname) && path.test(url.pathname),
    route =>
      route.fulfill({
        status,
        json: {
          error: { name, message: `The backend answers ${status} here.` },
          response: { statusCode: status },
        },
      }),
  );
}
