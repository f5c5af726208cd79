import { createDevApp } from '@backstage/frontend-dev-utils';
import catalogPlugin from '@backstage/plugin-catalog/alpha';
import homePlugin from '@backstage/plugin-home/alpha';
import { catalogApiRef } from '@backstage/plugin-catalog-react';
import { catalogApiMock } from '@backstage/plugin-catalog-react/testUtils';
import { mentorshipApiRef } from '../src/api';
import plugin from '../src';
import { entities } from './entities';
import { scenarioApi } from './scenarios';

/**
 * The pages over fixtures, without a backend. `?scenario=` chooses what the
 * backend would answer; see `scenarios.ts`.
 */
createDevApp({
  features: [
    plugin.withOverrides({
      extensions: [
        plugin.getExtension('api:mentorship').override({
          params: define =>
            define({
              api: mentorshipApiRef,
              deps: {},
              factory: () => scenarioApi(),
            }),
        }),
      ],
    }),
    homePlugin,
    catalogPlugin.withOverrides({
      extensions: [
        catalogPlugin.getExtension('api:catalog').override({
          params: define =>
            define({
              api: catalogApiRef,
              deps: {},
              factory: () => catalogApiMock({ entities }),
            }),
        }),
      ],
    }),
  ],
});
