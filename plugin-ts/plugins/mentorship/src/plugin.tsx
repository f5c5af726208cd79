import {
  ApiBlueprint,
  createFrontendPlugin,
  fetchApiRef,
  PageBlueprint,
} from '@backstage/frontend-plugin-api';
import {
  EntityCardBlueprint,
  EntityContentBlueprint,
} from '@backstage/plugin-catalog-react/alpha';
import { RiSeedlingLine, RiUserUnfollowLine } from '@remixicon/react';
import { MentorshipClient } from 'backstage-plugin-mentorship-common';
import { mentorshipApiRef } from './api';
import { entityContentRouteRef, rootRouteRef, whatIfRouteRef } from './routes';

const mentorshipApi = ApiBlueprint.make({
  params: define =>
    define({
      api: mentorshipApiRef,
      deps: { fetchApi: fetchApiRef },
      factory: ({ fetchApi }) => new MentorshipClient({ fetchApi }),
    }),
});

const mentorshipPage = PageBlueprint.make({
  params: {
    path: '/mentorship',
    title: 'Mentorship',
    icon: <RiSeedlingLine />,
    routeRef: rootRouteRef,
    loader: () =>
      import('./overview/MentorshipPage').then(m => <m.MentorshipPage />),
  },
});

const whatIfPage = PageBlueprint.make({
  name: 'what-if',
  params: {
    path: '/mentorship/what-if',
    title: 'What if',
    icon: <RiUserUnfollowLine />,
    routeRef: whatIfRouteRef,
    loader: () => import('./whatIf/WhatIfPage').then(m => <m.WhatIfPage />),
  },
});

/** Which entities carry the tab and the cards; configuration can widen it. */
const services = { kind: 'component' };

const mentorshipTab = EntityContentBlueprint.make({
  params: {
    path: '/mentorship',
    title: 'Mentorship',
    group: 'operation',
    icon: <RiSeedlingLine />,
    routeRef: entityContentRouteRef,
    filter: services,
    loader: () =>
      import('./service/MentorshipTab').then(m => <m.MentorshipTab />),
  },
});

const statusCard = EntityCardBlueprint.make({
  name: 'status',
  params: {
    type: 'info',
    filter: services,
    loader: () => import('./cards/EntityCards').then(m => <m.StatusCard />),
  },
});

const rotationCard = EntityCardBlueprint.make({
  name: 'rotation',
  params: {
    type: 'content',
    filter: services,
    loader: () => import('./cards/EntityCards').then(m => <m.RotationCard />),
  },
});

const busFactorCard = EntityCardBlueprint.make({
  name: 'bus-factor',
  params: {
    type: 'content',
    filter: services,
    loader: () => import('./cards/EntityCards').then(m => <m.BusFactorCard />),
  },
});

/** The map of the tab, for the overview; switched on by configuration. */
const knowledgeCard = EntityCardBlueprint.make({
  name: 'knowledge',
  disabled: true,
  params: {
    type: 'content',
    filter: services,
    loader: () => import('./cards/EntityCards').then(m => <m.KnowledgeCard />),
  },
});

/** The compact alternative to the three cards; switched on by configuration. */
const glanceCard = EntityCardBlueprint.make({
  name: 'glance',
  disabled: true,
  params: {
    type: 'info',
    filter: services,
    loader: () => import('./cards/EntityCards').then(m => <m.GlanceCard />),
  },
});

/**
 * Mentorship as a reliability feature: a tab and cards on each service, and a
 * page over the whole catalog.
 *
 * @public
 */
export const mentorshipPlugin = createFrontendPlugin({
  pluginId: 'mentorship',
  title: 'Mentorship',
  icon: <RiSeedlingLine />,
  info: { packageJson: () => import('../package.json') },
  routes: {
    root: rootRouteRef,
    entityContent: entityContentRouteRef,
    whatIf: whatIfRouteRef,
  },
  extensions: [
    mentorshipApi,
    mentorshipPage,
    whatIfPage,
    mentorshipTab,
    statusCard,
    rotationCard,
    busFactorCard,
    knowledgeCard,
    glanceCard,
  ],
});
