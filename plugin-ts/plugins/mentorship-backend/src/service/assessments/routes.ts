import { NotFoundError } from '@backstage/errors';
import { json } from 'express';
import type { DescribedRouter } from '../DescribedRouter';
import {
  parseCsvRequest,
  parseEntityPath,
  parseFacetsRequest,
  parseGroupsRequest,
  parsePageRequest,
  parseRefsRequest,
  parseRiskRequest,
} from '../requests';
import { LARGEST_BODY, sendCsv, sendLookup, sendPersonal } from '../responses';
import type { RouteOptions } from '../RouteOptions';
import type { AuthorizedAssessmentService } from './AuthorizedAssessmentService';

/** The stored results: lists, exports, single services. */
export function addAssessmentRoutes(
  router: DescribedRouter,
  {
    service,
    caller,
    audit,
  }: RouteOptions & { service: AuthorizedAssessmentService },
): void {
  router.get('/assessments', async (request, response) => {
    const page = parsePageRequest(request.query);
    const list = await service.list(page, await caller(request));
    sendPersonal(response, list);
  });

  router.get('/assessments/facets', async (request, response) => {
    const filter = parseFacetsRequest(request.query);
    const facets = await service.facets(filter, await caller(request));
    sendPersonal(response, facets);
  });

  router.get('/assessments/groups', async (request, response) => {
    const wanted = parseGroupsRequest(request.query);
    const groups = await service.groups(wanted, await caller(request));
    sendPersonal(response, groups);
  });

  router.get('/assessments.csv', async (request, response) => {
    const { filter, byteOrderMark } = parseCsvRequest(request.query);
    await audit
      .of(request, { eventId: 'assessments-export' }, async () => {
        const pieces = await service.csv(filter, await caller(request));
        await sendCsv(response, pieces, byteOrderMark);
      })
      .catch(error => {
        // Once lines are on their way, only a broken connection tells the reader
        // that the rest is missing.
        if (!response.headersSent) {
          throw error;
        }
      });
  });

  router.post(
    '/assessments/by-refs',
    json({ limit: LARGEST_BODY }),
    async (request, response) => {
      const entityRefs = parseRefsRequest(request.body);
      const items = await service.byRefs(entityRefs, await caller(request));
      sendPersonal(response, { items });
    },
  );

  router.get(
    '/assessments/by-entity/:kind/:namespace/:name',
    async (request, response) => {
      const entityRef = parseEntityPath(request.params);
      const lookup = await service.report(entityRef, await caller(request));
      await sendLookup(lookup, entityRef, { request, response, audit });
    },
  );

  router.get(
    '/assessments/by-entity/:kind/:namespace/:name/history',
    async (request, response) => {
      const entityRef = parseEntityPath(request.params);
      const history = await service.history(entityRef, await caller(request));
      if (!history) {
        throw new NotFoundError(
          `There is no history of ${entityRef}: it is no service of the catalog, was added after the last run, or may not be read by you`,
        );
      }
      sendPersonal(response, history);
    },
  );

  router.get('/risk-queue', async (request, response) => {
    const wanted = parseRiskRequest(request.query);
    const queue = await service.riskQueue(wanted, await caller(request));
    sendPersonal(response, queue);
  });
}
