import {
  ApiBlueprint,
  createFrontendPlugin,
  fetchApiRef,
  PageBlueprint,
  SubPageBlueprint,
} from '@backstage/frontend-plugin-api';
import {
  EntityCardBlueprint,
  EntityContentBlueprint,
} from '@backstage/plugin-catalog-react/alpha';
import { HomePageWidgetBlueprint } from '@backstage/plugin-home-react/alpha';
import { RiSeedlingLine } from '@remixicon/react';
import { MentorshipClient } from 'backstage-plugin-mentorship-common';
import { mentorshipApiRef } from './api';
import { askAhead } from './overview/firstQuestions';
import {
  entityContentRouteRef,
  programRouteRef,
  rootRouteRef,
  rulesRouteRef,
  servicesRouteRef,
  sourcesRouteRef,
  whatIfRouteRef,
} from './routes';

/** Returned whole, for what is picked from an import is all that is kept of it. */
const parts = () => import('./parts');

const mentorshipApi = ApiBlueprint.make({
  params: define =>
    define({
      api: mentorshipApiRef,
      deps: { fetchApi: fetchApiRef },
      factory: ({ fetchApi }) => new MentorshipClient({ fetchApi }),
    }),
});

/** One entry of the navigation; what it shows are its tabs. */
const mentorshipPage = PageBlueprint.make({
  params: {
    path: '/mentorship',
    title: 'Mentorship',
    icon: <RiSeedlingLine />,
    routeRef: rootRouteRef,
  },
});

const servicesPage = SubPageBlueprint.makeWithOverrides({
  name: 'services',
  factory: (create, { apis }) =>
    create({
      path: 'services',
      title: 'Services',
      routeRef: servicesRouteRef,
      loader: () => {
        const api = apis.get(mentorshipApiRef);
        if (api) askAhead(api, new URLSearchParams(window.location.search));
        return parts()
          .then(part => part.servicesPage())
          .then(m => <m.ServicesPage />);
      },
    }),
});

const programPage = SubPageBlueprint.make({
  name: 'program',
  params: {
    path: 'program',
    title: 'Program',
    routeRef: programRouteRef,
    loader: () =>
      parts()
        .then(part => part.programPage())
        .then(m => <m.ProgramPage />),
  },
});

const whatIfPage = SubPageBlueprint.make({
  name: 'what-if',
  params: {
    path: 'what-if',
    title: 'What if',
    routeRef: whatIfRouteRef,
    loader: () =>
      parts()
        .then(part => part.whatIfPage())
        .then(m => <m.WhatIfPage />),
  },
});

const rulesPage = SubPageBlueprint.make({
  name: 'rules',
  params: {
    path: 'rules',
    title: 'Rules',
    routeRef: rulesRouteRef,
    loader: () =>
      parts()
        .then(part => part.rulesPage())
        .then(m => <m.RulesPage />),
  },
});

const sourcesPage = SubPageBlueprint.make({
  name: 'sources',
  params: {
    path: 'sources',
    title: 'Sources',
    routeRef: sourcesRouteRef,
    loader: () =>
      parts()
        .then(part => part.sourcesPage())
        .then(m => <m.SourcesPage />),
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
      parts()
        .then(part => part.mentorshipTab())
        .then(m => <m.MentorshipTab />),
  },
});

const statusCard = EntityCardBlueprint.make({
  name: 'status',
  params: {
    type: 'info',
    filter: services,
    loader: () =>
      parts()
        .then(part => part.entityCards())
        .then(m => <m.StatusCard />),
  },
});

const rotationCard = EntityCardBlueprint.make({
  name: 'rotation',
  params: {
    type: 'content',
    filter: services,
    loader: () =>
      parts()
        .then(part => part.entityCards())
        .then(m => <m.RotationCard />),
  },
});

const busFactorCard = EntityCardBlueprint.make({
  name: 'bus-factor',
  params: {
    type: 'content',
    filter: services,
    loader: () =>
      parts()
        .then(part => part.entityCards())
        .then(m => <m.BusFactorCard />),
  },
});

/** The map of the tab, for the overview; switched on by configuration. */
const knowledgeCard = EntityCardBlueprint.make({
  name: 'knowledge',
  disabled: true,
  params: {
    type: 'content',
    filter: services,
    loader: () =>
      parts()
        .then(part => part.entityCards())
        .then(m => <m.KnowledgeCard />),
  },
});

/** The compact alternative to the three cards; switched on by configuration. */
const glanceCard = EntityCardBlueprint.make({
  name: 'glance',
  disabled: true,
  params: {
    type: 'info',
    filter: services,
    loader: () =>
      parts()
        .then(part => part.entityCards())
        .then(m => <m.GlanceCard />),
  },
});

/** As large as a widget of a list is at first. */
const WIDGET = {
  width: { minColumns: 3, defaultColumns: 4 },
  height: { minRows: 3, defaultRows: 6 },
};

const stewardshipsWidget = HomePageWidgetBlueprint.make({
  name: 'stewardships',
  params: {
    title: 'My stewardships',
    description:
      'The services you look after, and when their rotations are due',
    layout: WIDGET,
    components: () =>
      parts()
        .then(part => part.stewardships())
        .then(m => ({ Content: m.Stewardships })),
  },
});

const apprenticeshipsWidget = HomePageWidgetBlueprint.make({
  name: 'apprenticeships',
  params: {
    title: 'My apprenticeships',
    description: 'What you are learning, how far you are, and what comes next',
    layout: WIDGET,
    components: () =>
      parts()
        .then(part => part.apprenticeships())
        .then(m => ({
          Content: m.Apprenticeships,
        })),
  },
});

const teamRiskWidget = HomePageWidgetBlueprint.make({
  name: 'team-risk',
  params: {
    title: 'Where my team is at risk',
    description: 'Services that you or your teams own, those to mentor first',
    layout: WIDGET,
    components: () =>
      parts()
        .then(part => part.teamRisk())
        .then(m => ({ Content: m.TeamRisk })),
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
    services: servicesRouteRef,
    program: programRouteRef,
    whatIf: whatIfRouteRef,
    rules: rulesRouteRef,
    sources: sourcesRouteRef,
    entityContent: entityContentRouteRef,
  },
  extensions: [
    mentorshipApi,
    mentorshipPage,
    servicesPage,
    programPage,
    whatIfPage,
    rulesPage,
    sourcesPage,
    mentorshipTab,
    statusCard,
    rotationCard,
    busFactorCard,
    knowledgeCard,
    glanceCard,
    stewardshipsWidget,
    apprenticeshipsWidget,
    teamRiskWidget,
  ],
});
