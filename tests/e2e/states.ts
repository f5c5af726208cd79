/** The states of a page, brought about by what the backend answers. */

import type { Page, Route } from 'playwright-core';

/** Answers of the mentorship backend, in the place of its own. */
const BACKEND = /\/api\/mentorship\//;

export const STATES: Record<string, (page: Page) => Promise<void>> = {
  /** Nothing is answered. */
  loading: async page => {
    await page.route(BACKEND, () => {});
  },

  /** There is no service. */
  empty: async page => {
    await answer(page, /\/assessments(\?|$)/, list => ({
      ...list,
      items: [],
      totalItems: 0,
      pageInfo: {},
    }));
    await answer(page, /\/risk-queue/, queue => ({
      ...queue,
      items: [],
      totalItems: 0,
    }));
  },

  /** No run was ever complete. */
  pending: async page => {
    await refuse(page, 503, 'FirstPassPendingError');
    await answer(page, /\/status/, status => ({
      ...status,
      firstPassComplete: false,
      currentRun: undefined,
      lastRun: undefined,
    }));
  },

  /** The reader may see nothing. */
  denied: async page => {
    await refuse(page, 403, 'NotAllowedError');
    await answer(page, /\/status/, withoutAbilities);
  },

  /** The backend broke down. */
  failing: page => refuse(page, 500, 'Error'),

  /** The reader may read, and see no names. */
  unnamed: page => answer(page, /\/status/, withoutAbilities),
};

function withoutAbilities(status: Answer): Answer {
  return {
    ...status,
    viewer: {
      people: false,
      export: false,
      refresh: false,
      program: false,
      decide: false,
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

async function refuse(page: Page, status: number, name: string) {
  await page.route(BACKEND, route =>
    route.fulfill({
      status,
      json: {
        error: { name, message: `The backend answers ${status} here.` },
        response: { statusCode: status },
      },
    }),
  );
}
