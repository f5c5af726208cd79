import type { DescribedRouter } from '../DescribedRouter';
import { parseStatusRequest } from '../requests';
import { sendPersonal, sendPublic } from '../responses';
import type { RouteOptions } from '../RouteOptions';
import type { AuthorizedStatusService } from './AuthorizedStatusService';

/** How the plugin is doing, and by which rules it judges. */
export function addStatusRoutes(
  router: DescribedRouter,
  { service, caller }: RouteOptions & { service: AuthorizedStatusService },
): void {
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
    sendPersonal(response, status);
  });

  router.post('/refresh', async (request, response) => {
    const report = await service.refresh(await caller(request));
    response.status(202);
    sendPersonal(response, report);
  });
}
