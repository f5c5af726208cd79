import type {
  BackstageCredentials,
  BackstageUserPrincipal,
} from '@backstage/backend-plugin-api';
import type { Request } from 'express';
import type { DescribedRouter } from '../DescribedRouter';
import { sendPersonal } from '../responses';
import type { Authorization } from '../Authorization';
import type { PersonService } from './PersonService';

/** What concerns the caller alone. */
export function addPeopleRoutes(
  router: DescribedRouter,
  {
    service,
    authorization,
    user,
  }: {
    service: PersonService;
    authorization: Pick<Authorization, 'readableRefs'>;
    /** Who asks, which is a user. */
    user: (
      request: Request,
    ) => Promise<BackstageCredentials<BackstageUserPrincipal>>;
  },
): void {
  router.get('/me', async (request, response) => {
    const credentials = await user(request);
    const me = await service.me(
      credentials.principal.userEntityRef,
      await authorization.readableRefs(credentials),
    );
    sendPersonal(response, me);
  });
}
