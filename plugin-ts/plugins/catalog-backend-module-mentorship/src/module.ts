import { createBackendModule } from '@backstage/backend-plugin-api';
import { catalogProcessingExtensionPoint } from '@backstage/plugin-catalog-node';
import { MentorshipProcessor } from './MentorshipProcessor';

/**
 * Adds relations between people and the services that they look after or learn.
 *
 * @public
 */
export const catalogModuleMentorship = createBackendModule({
  pluginId: 'catalog',
  moduleId: 'mentorship',
  register(env) {
    env.registerInit({
      deps: { catalog: catalogProcessingExtensionPoint },
      async init({ catalog }) {
        catalog.addProcessor(new MentorshipProcessor());
      },
    });
  },
});
