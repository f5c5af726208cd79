import {
  type RouteFunc,
  type RouteRef,
  type RouteResolutionApi,
  routeResolutionApiRef,
  useApi,
} from '@backstage/frontend-plugin-api';
import {
  entityRouteParams,
  entityRouteRef,
} from '@backstage/plugin-catalog-react';
import { entityContentRouteRef } from '../routes';

/** Where the portal shows an entity; absent where it shows none. */
export interface EntityPaths {
  entity: (entityRef: string) => string | undefined;
  /** Its Mentorship tab; the entity, where it has none. */
  tab: (entityRef: string) => string | undefined;
}

/** The catalog gives the type of the older of the systems in which it can be used. */
const anEntity = entityRouteRef as unknown as RouteRef<Parameters>;
type Parameters = ReturnType<typeof entityRouteParams>;

const known = new WeakMap<RouteResolutionApi, EntityPaths>();

/** Paths of entities. To look up a route takes long, so each is looked up once. */
export function useEntityPaths(): EntityPaths {
  const routes = useApi(routeResolutionApiRef);
  let paths = known.get(routes);
  if (!paths) {
    paths = pathsBy(routes);
    known.set(routes, paths);
  }
  return paths;
}

function pathsBy(routes: RouteResolutionApi): EntityPaths {
  let route: RouteFunc<Parameters> | undefined;
  // The tab is at the same place below every entity.
  let below: string | undefined;
  const entity: EntityPaths['entity'] = entityRef => {
    route ??= routes.resolve(anEntity);
    return route?.(entityRouteParams(entityRef, { encodeParams: true }));
  };
  const tab: EntityPaths['tab'] = entityRef => {
    const path = entity(entityRef);
    if (path === undefined || below !== undefined) {
      return path && path + below;
    }
    const found = routes.resolve(entityContentRouteRef, { sourcePath: path });
    const whole = found?.() ?? path;
    if (whole.startsWith(path)) {
      below = whole.slice(path.length);
    }
    return whole;
  };
  return { entity, tab };
}
