/** What the page of services asks first, so that it can be asked before it is there. */

import type {
  AssessmentsQuery,
  MentorshipApi,
  RiskQueueQuery,
} from 'backstage-plugin-mentorship-common';
import { memoryOf } from '../answers/memory';
import { PAGE_SIZES, View, viewOf } from '../view/view';

/** The services that are named at the top. */
export const MENTOR_FIRST: RiskQueueQuery = { limit: 3 };

/** A page of the services of a view. */
export function pageOf(
  { filter, order }: Pick<View, 'filter' | 'order'>,
  limit: number,
  cursor?: string,
): AssessmentsQuery {
  return { ...filter, order, cursor, limit };
}

/**
 * Asks what the page at an address will ask, while its code is still loaded. The
 * services come first, for they are waited for.
 */
export function askAhead(api: MentorshipApi, parameters: URLSearchParams) {
  const { servicePages, status, program, riskQueue } = memoryOf(api);
  const view = viewOf(parameters);
  // Whose services are meant is known later, and a heat map asks for groups.
  if (!view.mine && !view.by) {
    const { pageSize = PAGE_SIZES[0], cursor } = view;
    servicePages.askAhead(pageOf(view, pageSize, cursor));
  }
  status.ensure('');
  program.ensure('');
  riskQueue.ensure(JSON.stringify(MENTOR_FIRST));
}
