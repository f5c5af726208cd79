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
import { GitLabHost } from './GitLabHost';

/**
 * Adds GitLab as a source of reviews, for the hosts that \`integrations\` names.
 *
 * @public
 */
export const mentorshipModuleGitLab = createBackendModule({
  pluginId: 'mentorship',
  moduleId: 'gitlab',
  register(env) {
    env.registerInit({
      deps: {
        config: coreServices.rootConfig,
        evidence: mentorshipEvidenceExtensionPoint,
      },
      async init({ config, evidence }) {
        const host = new GitLabHost({
          integrations: ScmIntegrations.fromConfig(config),
        });
        const read = readReviewsConfig(config, 'gitlab');
        evidence.addReviewsSource(new CodeHostReviews({ ...read, host }));
      },
    });
  },
});
