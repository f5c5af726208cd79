import { json, type Router } from 'express';
import {
  parseEntityPath,
  parseKnowledgeRequest,
  parseWhatIfRequest,
} from '../requests';
import { LARGEST_BODY, sendLookup, sendPersonal } from '../responses';
import type { RouteOptions } from '../router';
import type { AuthorizedQuestionService } from './AuthorizedQuestionService';

/** What is asked of the core itself. */
export function addQuestionRoutes(
  router: Router,
  {
    service,
    caller,
    audit,
  }: RouteOptions & { service: AuthorizedQuestionService },
): void {
  router.get(
    '/assessments/by-entity/:kind/:namespace/:name/knowledge',
    async (request, response) => {
      const entityRef = parseEntityPath(request.params);
      const lookup = await service.knowledge(
        entityRef,
        parseKnowledgeRequest(request.query),
        await caller(request),
      );
      await sendLookup(lookup, entityRef, { request, response, audit });
    },
  );

  router.post(
    '/what-if',
    json({ limit: LARGEST_BODY }),
    async (request, response) => {
      const { leaves } = parseWhatIfRequest(request.body);
      const answer = await audit.of(
        request,
        { eventId: 'what-if', meta: { leaves: leaves.length } },
        async () => service.whatIf(leaves, await caller(request)),
      );
      sendPersonal(response, answer);
    },
  );
}
