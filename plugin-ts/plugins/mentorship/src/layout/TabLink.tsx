import { routeResolutionApiRef, useApi } from '@backstage/frontend-plugin-api';
import { useEntityRefLink } from '@backstage/plugin-catalog-react';
import { Link } from '@backstage/ui';
import { entityContentRouteRef } from '../routes';

/** A service by its title, linked to its Mentorship tab. */
export function TabLink(props: { entityRef: string; title: string }) {
  const entityLink = useEntityRefLink();
  const routes = useApi(routeResolutionApiRef);
  const entityPath = entityLink(props.entityRef);
  const tab = routes.resolve(entityContentRouteRef, { sourcePath: entityPath });
  return (
    <Link
      href={tab?.() ?? entityPath}
      weight="bold"
      variant="body-medium"
      color="primary"
      standalone
    >
      {props.title}
    </Link>
  );
}
