import { InputError } from '@backstage/errors';
import { raw, type Request, type Response, type Router } from 'express';
import { parseEntityPath } from '../requests';
import type { RouteOptions } from '../RouteOptions';
import type { AuthorizedEvidenceIntake } from './AuthorizedEvidenceIntake';

/** What pipelines push. */
export function addEvidenceRoutes(
  router: Router,
  {
    intake,
    largestEvidence,
    caller,
    audit,
  }: RouteOptions & {
    intake: AuthorizedEvidenceIntake;
    /** Bytes of the largest document that may be pushed. */
    largestEvidence: number;
  },
): void {
  router.put(
    '/evidence/by-entity/:kind/:namespace/:name',
    async (request, response) => {
      const entityRef = parseEntityPath(request.params);
      const notes = await audit.of(
        request,
        { eventId: 'evidence-write', meta: { entityRef } },
        async () =>
          intake.take(
            entityRef,
            () => readBody(request, response, largestEvidence),
            await caller(request),
          ),
      );
      if (notes.length > 0) {
        response.json({ notes });
      } else {
        response.status(204).end();
      }
    },
  );
}

/** The bytes of a JSON body, which are left to be understood. */
async function readBody(
  request: Request,
  response: Response,
  limit: number,
): Promise<Uint8Array> {
  await new Promise<void>((resolve, reject) =>
    raw({ type: 'application/json', limit })(request, response, error =>
      error ? reject(error) : resolve(),
    ),
  );
  // Bodies of other types are left alone.
  if (!Buffer.isBuffer(request.body)) {
    throw new InputError('Send the document as `application/json`');
  }
  return request.body;
}
