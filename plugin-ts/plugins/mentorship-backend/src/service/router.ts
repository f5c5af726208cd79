import type {
  AuditorService,
  AuditorServiceCreateEventOptions,
  HttpAuthService,
} from '@backstage/backend-plugin-api';
import { InputError, NotFoundError } from '@backstage/errors';
import {
  json,
  raw,
  type Request,
  type Response,
  type Router as ExpressRouter,
} from 'express';
import Router from 'express-promise-router';
import { Readable } from 'stream';
import { pipeline } from 'stream/promises';
import type { AuthorizedAssessmentService } from './AuthorizedAssessmentService';
import type { AuthorizedEvidenceIntake } from './AuthorizedEvidenceIntake';
import type { ReportLookup } from './DefaultAssessmentService';
import {
  parseBaselineRequest,
  parseConfirmation,
  parseCsvRequest,
  parseEntityPath,
  parseFacetsRequest,
  parseGroupsRequest,
  parseKnowledgeRequest,
  parsePageRequest,
  parseRiskRequest,
  parseStatusRequest,
  parseWeekPath,
  parseWhatIfRequest,
} from './requests';

/** Bytes of the longest question. */
const LARGEST_BODY = 64 * 1024;
const BYTE_ORDER_MARK = '\uFEFF';

/** Understands requests, asks the service, responds. */
export function createRouter(options: {
  service: AuthorizedAssessmentService;
  intake: AuthorizedEvidenceIntake;
  /** Bytes of the largest document that may be pushed. */
  largestEvidence: number;
  httpAuth: HttpAuthService;
  auditor: AuditorService;
}): ExpressRouter {
  const { service, intake, httpAuth, auditor } = options;
  const router = Router();
  const caller = (request: Request) =>
    httpAuth.credentials(request, { allow: ['user', 'service'] });

  router.get('/assessments', async (request, response) => {
    const page = parsePageRequest(request.query);
    const list = await service.list(page, await caller(request));
    sendPersonal(response, JSON.stringify(list));
  });

  router.get('/assessments/facets', async (request, response) => {
    const filter = parseFacetsRequest(request.query);
    const facets = await service.facets(filter, await caller(request));
    sendPersonal(response, JSON.stringify(facets));
  });

  router.get('/assessments/groups', async (request, response) => {
    const wanted = parseGroupsRequest(request.query);
    const groups = await service.groups(wanted, await caller(request));
    sendPersonal(response, JSON.stringify(groups));
  });

  router.get('/assessments.csv', async (request, response) => {
    const { filter, byteOrderMark } = parseCsvRequest(request.query);
    const event = await auditor.createEvent({
      eventId: 'assessments-export',
      severityLevel: 'medium',
      request,
    });
    try {
      const pieces = await service.csv(filter, await caller(request));
      await sendCsv(response, pieces, byteOrderMark);
      await event.success();
    } catch (error) {
      await event.fail({ error: error as Error });
      // Once lines are on their way, only a broken connection tells the reader
      // that the rest is missing.
      if (!response.headersSent) {
        throw error;
      }
    }
  });

  router.get(
    '/assessments/by-entity/:kind/:namespace/:name',
    async (request, response) => {
      const entityRef = parseEntityPath(request.params);
      const lookup = await service.report(entityRef, await caller(request));
      await sendLookup(lookup, entityRef, request, response);
    },
  );

  router.get(
    '/assessments/by-entity/:kind/:namespace/:name/knowledge',
    async (request, response) => {
      const entityRef = parseEntityPath(request.params);
      const lookup = await service.knowledge(
        entityRef,
        parseKnowledgeRequest(request.query),
        await caller(request),
      );
      await sendLookup(lookup, entityRef, request, response);
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
      sendPersonal(response, JSON.stringify(history));
    },
  );

  router.get('/risk-queue', async (request, response) => {
    const wanted = parseRiskRequest(request.query);
    const queue = await service.riskQueue(wanted, await caller(request));
    sendPersonal(response, JSON.stringify(queue));
  });

  router.get('/program', async (request, response) => {
    const report = await service.program(await caller(request));
    sendPersonal(response, JSON.stringify(report));
  });

  router.get('/snapshots', async (request, response) => {
    const list = await service.snapshots(await caller(request));
    sendPersonal(response, JSON.stringify(list));
  });

  router.get('/snapshots/:isoWeek.csv', async (request, response) => {
    const { isoWeek } = request.params;
    const week = parseWeekPath(request.params);
    await audited(
      request,
      { eventId: 'snapshot-export', meta: { isoWeek } },
      async () => {
        const pieces = await service.snapshot(week, await caller(request));
        if (!pieces) {
          throw new NotFoundError(
            `There is no snapshot of ${isoWeek}; GET /snapshots lists those that there are`,
          );
        }
        await sendCsv(response, pieces, false, `mentorship-${isoWeek}.csv`);
      },
    );
  });

  router.put(
    '/program/baseline',
    json({ limit: LARGEST_BODY }),
    async (request, response) => {
      const { baselines } = parseBaselineRequest(request.body);
      const decided = await audited(
        request,
        { eventId: 'program-baseline', meta: { baselines } },
        async () => service.freezeBaselines(baselines, await caller(request)),
      );
      sendPersonal(response, JSON.stringify(decided));
    },
  );

  router.put(
    '/program/rollout/:step',
    json({ limit: LARGEST_BODY }),
    async (request, response) => {
      const { step } = request.params;
      const confirmation = parseConfirmation(request.body);
      const decided = await audited(
        request,
        { eventId: 'program-rollout', meta: { step, ...confirmation } },
        async () =>
          service.confirmStep(step, confirmation, await caller(request)),
      );
      sendPersonal(response, JSON.stringify(decided));
    },
  );

  router.post(
    '/what-if',
    json({ limit: LARGEST_BODY }),
    async (request, response) => {
      const { leaves } = parseWhatIfRequest(request.body);
      const answer = await audited(
        request,
        { eventId: 'what-if', meta: { leaves: leaves.length } },
        async () => service.whatIf(leaves, await caller(request)),
      );
      sendPersonal(response, answer);
    },
  );

  router.put(
    '/evidence/by-entity/:kind/:namespace/:name',
    async (request, response) => {
      const entityRef = parseEntityPath(request.params);
      const event = await auditor.createEvent({
        eventId: 'evidence-write',
        severityLevel: 'medium',
        request,
        meta: { entityRef },
      });
      try {
        const take = await intake.open(entityRef, await caller(request));
        const body = await readBody(request, response, options.largestEvidence);
        const notes = await take(body);
        await event.success();
        if (notes.length > 0) {
          response.json({ notes });
        } else {
          response.status(204).end();
        }
      } catch (error) {
        await event.fail({ error: error as Error });
        throw error;
      }
    },
  );

  router.get('/rules', async (request, response) => {
    await caller(request);
    sendPublic(response, service.rules());
  });

  router.get('/rules/:id', async (request, response) => {
    await caller(request);
    sendPublic(response, service.rule(request.params.id));
  });

  router.get('/status', async (request, response) => {
    const status = await service.status(
      parseStatusRequest(request.query),
      await caller(request),
    );
    sendPersonal(response, JSON.stringify(status));
  });

  router.post('/refresh', async (request, response) => {
    const report = await service.refresh(await caller(request));
    response.status(202);
    sendPersonal(response, JSON.stringify(report));
  });

  /** Does what is to be noted, and notes how it went. */
  async function audited<T>(
    request: Request,
    event: Pick<AuditorServiceCreateEventOptions, 'eventId' | 'meta'>,
    work: () => Promise<T>,
  ): Promise<T> {
    const noted = await auditor.createEvent({
      ...event,
      severityLevel: 'medium',
      request,
    });
    try {
      const result = await work();
      await noted.success();
      return result;
    } catch (error) {
      await noted.fail({ error: error as Error });
      throw error;
    }
  }

  /** Sends what was found of one service; who read of people is noted. */
  async function sendLookup(
    lookup: ReportLookup | { outcome: 'denied' },
    entityRef: string,
    request: Request,
    response: Response,
  ): Promise<void> {
    if (lookup.outcome === 'found') {
      if (lookup.audience === 'named') {
        await audit(auditor, request, entityRef);
      }
      sendPersonal(response, lookup.json);
      return;
    }
    const reason =
      lookup.outcome === 'missing' && lookup.reason !== undefined
        ? `it could not be judged: ${lookup.reason}`
        : 'it is no service of the catalog, was added after the last run, or may not be read by you';
    const error = new NotFoundError(
      `There is no assessment of ${entityRef}: ${reason}`,
    );
    if (lookup.outcome === 'denied') {
      await audit(auditor, request, entityRef, error);
    }
    throw error;
  }

  return router;
}

/**
 * Sends JSON that depends on who asks and may name people: nobody keeps it, and
 * it gets no ETag, from which one could tell that something changed.
 */
function sendPersonal(response: Response, text: string): void {
  response
    .setHeader('Cache-Control', 'private, no-store')
    .setHeader('Content-Type', 'application/json; charset=utf-8')
    .end(text);
}

/** Sends JSON that is the same for everybody; Express adds the ETag. */
function sendPublic(response: Response, body: object): void {
  response.setHeader('Cache-Control', 'private, no-cache').json(body);
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

async function sendCsv(
  response: Response,
  pieces: AsyncIterable<string>,
  byteOrderMark: boolean,
  name = 'mentorship.csv',
): Promise<void> {
  response.setHeader('Cache-Control', 'private, no-store');
  response.setHeader('Content-Type', 'text/csv; charset=utf-8');
  response.setHeader('Content-Disposition', `attachment; filename="${name}"`);
  if (byteOrderMark) {
    response.write(BYTE_ORDER_MARK);
  }
  await pipeline(Readable.from(pieces), response);
}

async function audit(
  auditor: AuditorService,
  request: Request,
  entityRef: string,
  error?: Error,
): Promise<void> {
  const event = await auditor.createEvent({
    eventId: 'assessment-read',
    severityLevel: 'medium',
    request,
    meta: { entityRef },
  });
  await (error ? event.fail({ error }) : event.success());
}
