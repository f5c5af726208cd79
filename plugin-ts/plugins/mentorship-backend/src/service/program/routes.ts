import { NotFoundError } from '@backstage/errors';
import { json } from 'express';
import type { DescribedRouter } from '../DescribedRouter';
import {
  parseBaselineRequest,
  parseConfirmation,
  parseWeekPath,
} from '../requests';
import { LARGEST_BODY, sendCsv, sendPersonal } from '../responses';
import type { RouteOptions } from '../RouteOptions';
import type { AuthorizedProgramService } from './AuthorizedProgramService';

/** The program as a whole, what its owner decides, and past weeks. */
export function addProgramRoutes(
  router: DescribedRouter,
  {
    service,
    caller,
    audit,
  }: RouteOptions & { service: AuthorizedProgramService },
): void {
  router.get('/program', async (request, response) => {
    const report = await service.program(await caller(request));
    sendPersonal(response, report);
  });

  router.get('/snapshots', async (request, response) => {
    const list = await service.snapshots(await caller(request));
    sendPersonal(response, list);
  });

  router.get('/snapshots/:isoWeek.csv', async (request, response) => {
    const { isoWeek } = request.params;
    const week = parseWeekPath(request.params);
    await audit.of(
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
      const decided = await audit.of(
        request,
        { eventId: 'program-baseline', meta: { baselines } },
        async () => service.freezeBaselines(baselines, await caller(request)),
      );
      sendPersonal(response, decided);
    },
  );

  router.put(
    '/program/rollout/:step',
    json({ limit: LARGEST_BODY }),
    async (request, response) => {
      const { step } = request.params;
      const confirmation = parseConfirmation(request.body);
      const decided = await audit.of(
        request,
        { eventId: 'program-rollout', meta: { step, ...confirmation } },
        async () =>
          service.confirmStep(step, confirmation, await caller(request)),
      );
      sendPersonal(response, decided);
    },
  );
}
