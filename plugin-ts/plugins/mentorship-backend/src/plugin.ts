import {
  coreServices,
  createBackendPlugin,
} from '@backstage/backend-plugin-api';

/** @public */
export const mentorshipPlugin = createBackendPlugin({
  pluginId: 'mentorship',
  register(env) {
    env.registerInit({
      deps: { logger: coreServices.logger },
      async init({ logger }) {
        logger.info('Mentorship is installed');
      },
    });
  },
});
