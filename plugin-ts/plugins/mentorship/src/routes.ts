import { createRouteRef } from '@backstage/frontend-plugin-api';

/** The page over the whole catalog, whose tabs the other refs name. */
export const rootRouteRef = createRouteRef();

/** Every service, filtered by the address. */
export const servicesRouteRef = createRouteRef();

/** The program: its measures, rollout and past weeks. */
export const programRouteRef = createRouteRef();

/** Every rule with its page. */
export const rulesRouteRef = createRouteRef();

/** How the sources of evidence are doing. */
export const sourcesRouteRef = createRouteRef();

/** What services lose when people leave. */
export const whatIfRouteRef = createRouteRef();

/** The Mentorship tab of an entity. */
export const entityContentRouteRef = createRouteRef();
