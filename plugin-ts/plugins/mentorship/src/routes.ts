import { createRouteRef } from '@backstage/frontend-plugin-api';

/** The catalog-wide page. */
export const rootRouteRef = createRouteRef();

/** The Mentorship tab of an entity. */
export const entityContentRouteRef = createRouteRef();
