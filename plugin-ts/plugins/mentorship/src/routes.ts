import { createRouteRef } from '@backstage/frontend-plugin-api';

/** The catalog-wide page. */
export const rootRouteRef = createRouteRef();

/** The Mentorship tab of an entity. */
export const entityContentRouteRef = createRouteRef();

/** The page that tells what services lose when people leave. */
export const whatIfRouteRef = createRouteRef();
