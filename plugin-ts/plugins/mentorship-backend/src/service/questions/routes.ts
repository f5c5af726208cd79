import { json } from 'express';
import type { DescribedRouter } from '../DescribedRouter';
import {
  parseEntityPath,
  parseKnowledgeRequest,
  parseWhatIfRequest,
  type WhatIfRequest,
} from '../requests';
import {
  LARGEST_BODY,
  sendCsv,
  sendLookup,
  sendPersonalText,
} from '../responses';
import type { RouteOptions } from '../RouteOptions';
import type { AuthorizedQuestionService } from './AuthorizedQuestionService';

/** What is asked of the core itself. */
export function addQuestionRoutes(
  router: DescribedRouter,
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
      const asked = parseWhatIfRequest(request.body);
      const answer = await audit.of(
        request,
        { eventId: 'what-if', meta: noted(asked) },
        async () => service.whatIf(asked, await caller(request)),
      );
      sendPersonalText(response, answer);
    },
  );

  router.post(
    '/what-if.csv',
    json({ limit: LARGEST_BODY }),
    async (request, response) => {
      const asked = parseWhatIfRequest(request.body);
      await audit.of(
        request,
        { eventId: 'what-if-export', meta: noted(asked) },
        async () => {
          const csv = await service.whatIfCsv(asked, await caller(request));
          await sendCsv(
            response,
            inPieces(csv),
            false,
            'mentorship-what-if.csv',
          );
        },
      );
    },
  );
}

/** How many were asked about; not who. */
function noted({ leaves, dueThisQuarter }: WhatIfRequest) {
  return { leaves: leaves.length, ...(dueThisQuarter && { dueThisQuarter }) };
}

async function* inPieces(text: string): AsyncIterable<string> {
  yield text;
}
