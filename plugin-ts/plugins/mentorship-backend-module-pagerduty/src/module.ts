import {
  coreServices,
  createBackendModule,
} from '@backstage/backend-plugin-api';
import { mentorshipEvidenceExtensionPoint } from 'backstage-plugin-mentorship-node';
import { readPagerDutyConfig } from './config';
import { PagerDutyClient } from './PagerDutyClient';
import { PagerDutySource } from './PagerDutySource';

/**
 * Adds PagerDuty as a source of incidents and on-calls, where the configuration
 * has a token for it.
 *
 * @public
 */
export const mentorshipModulePagerDuty = createBackendModule({
  pluginId: 'mentorship',
  moduleId: 'pagerduty',
  register(env) {
    env.registerInit({
      deps: {
        config: coreServices.rootConfig,
        evidence: mentorshipEvidenceExtensionPoint,
        logger: coreServices.logger,
      },
      async init({ config, evidence, logger }) {
        const read = readPagerDutyConfig(config);
        if (!read) {
          logger.info(
            'PagerDuty is not asked for anything: `mentorship.modules.pagerduty` is not configured',
          );
          return;
        }
        const client = new PagerDutyClient(read);
        evidence.addOperationsSource(new PagerDutySource({ ...read, client }));
      },
    });
  },
});
