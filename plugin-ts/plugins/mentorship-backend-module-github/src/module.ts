import {
  coreServices,
  createBackendModule,
} from '@backstage/backend-plugin-api';
import { ScmIntegrations } from '@backstage/integration';
import {
  CodeHostReviews,
  mentorshipEvidenceExtensionPoint,
  readReviewsConfig,
} from 'backstage-plugin-mentorship-node';
import { GitHubHost } from './GitHubHost';

/**
 * Adds GitHub as a source of reviews, for the hosts that \`integrations\` names.
 *
 * @public
 */
export const mentorshipModuleGitHub = createBackendModule({
  pluginId: 'mentorship',
  moduleId: 'github',
  register(env) {
    env.registerInit({
      deps: {
        config: coreServices.rootConfig,
        evidence: mentorshipEvidenceExtensionPoint,
      },
      async init({ config, evidence }) {
        const host = new GitHubHost({
          integrations: ScmIntegrations.fromConfig(config),
        });
        const read = readReviewsConfig(config, 'github');
        evidence.addReviewsSource(new CodeHostReviews({ ...read, host }));
      },
    });
  },
});
