import type { ReactElement } from 'react';
import type { Entity } from '@backstage/catalog-model';
import { renderInTestApp } from '@backstage/frontend-test-utils';
import {
  catalogApiRef,
  EntityProvider,
  entityRouteRef,
} from '@backstage/plugin-catalog-react';
import { catalogApiMock } from '@backstage/plugin-catalog-react/testUtils';
import type { MentorshipApi } from 'backstage-plugin-mentorship-common';
import { mentorshipApiRef } from '../api';
import { servicesRouteRef, sourcesRouteRef, whatIfRouteRef } from '../routes';
import { exposed } from './fixtures/assessments';

/** The entity of a fixture, as the catalog would hand it over. */
export function entityOf(entityRef: string = exposed.entity.entityRef): Entity {
  return {
    apiVersion: 'backstage.io/v1alpha1',
    kind: 'Component',
    metadata: { namespace: 'default', name: entityRef.split('/')[1] },
    spec: { type: 'service' },
  };
}

/** Renders a page in a portal whose mentorship backend is `api`. */
export function renderPage(
  element: ReactElement,
  options: { api: MentorshipApi; at?: string },
) {
  return renderInTestApp(element, {
    apis: [
      [mentorshipApiRef, options.api],
      [catalogApiRef, catalogApiMock({ entities: [entityOf()] })],
    ],
    mountedRoutes: {
      '/catalog/:namespace/:kind/:name': entityRouteRef,
      '/mentorship/services': servicesRouteRef,
      '/mentorship/sources': sourcesRouteRef,
      '/mentorship/what-if': whatIfRouteRef,
    },
    initialRouteEntries: options.at ? [options.at] : undefined,
  });
}

/** Renders something that belongs to a service. */
export function renderOnService(
  element: ReactElement,
  options: { api: MentorshipApi; entityRef?: string },
) {
  return renderPage(
    <EntityProvider entity={entityOf(options.entityRef)}>
      {element}
    </EntityProvider>,
    options,
  );
}
