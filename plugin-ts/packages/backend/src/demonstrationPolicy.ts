import {
  coreServices,
  createBackendModule,
} from '@backstage/backend-plugin-api';
import {
  AuthorizeResult,
  isPermission,
  isReadPermission,
  type PolicyDecision,
} from '@backstage/plugin-permission-common';
import type {
  PermissionPolicy,
  PolicyQuery,
  PolicyQueryUser,
} from '@backstage/plugin-permission-node';
import { policyExtensionPoint } from '@backstage/plugin-permission-node/alpha';
import {
  createMentorshipConditionalDecision,
  mentorshipConditions,
} from 'backstage-plugin-mentorship-backend';
import { mentorshipAssessmentReadPermission } from 'backstage-plugin-mentorship-common';

/** What only the guest may read: the names of people, and what leaves the portal. */
const WITHHELD: readonly string[] = [
  'mentorship.people.read',
  'mentorship.export',
];

/** Visitors who are decided on by who they are. */
interface Visitors {
  guestRef: string;
  memberRef: string;
}

/**
 * Lets the demonstration's guest do everything, so that every page can be seen;
 * another signed-in user reads, and sees people counted instead of named. The member
 * of a team sees the whole catalog, and assessments of what is theirs alone. A request
 * without a user is denied.
 */
export class DemonstrationPolicy implements PermissionPolicy {
  constructor(private readonly visitors: Visitors) {}

  async handle(
    { permission }: PolicyQuery,
    user?: PolicyQueryUser,
  ): Promise<PolicyDecision> {
    const { guestRef, memberRef } = this.visitors;
    if (user === undefined) {
      return { result: AuthorizeResult.DENY };
    }
    const { userEntityRef, ownershipEntityRefs } = user.info;
    if (
      userEntityRef === memberRef &&
      isPermission(permission, mentorshipAssessmentReadPermission)
    ) {
      return createMentorshipConditionalDecision(permission, {
        anyOf: [
          mentorshipConditions.isOwnedBy({ owners: ownershipEntityRefs }),
          mentorshipConditions.isAbout({ people: [userEntityRef] }),
        ],
      });
    }
    const allowed =
      userEntityRef === guestRef ||
      (isReadPermission(permission) && !WITHHELD.includes(permission.name));
    return { result: allowed ? AuthorizeResult.ALLOW : AuthorizeResult.DENY };
  }
}

export const demonstrationPolicy = createBackendModule({
  pluginId: 'permission',
  moduleId: 'demonstration-policy',
  register(env) {
    env.registerInit({
      deps: { config: coreServices.rootConfig, policy: policyExtensionPoint },
      async init({ config, policy }) {
        const providers = config.getConfig('auth.providers');
        policy.setPolicy(
          new DemonstrationPolicy({
            guestRef: providers.getString('guest.userEntityRef'),
            memberRef: providers.getString('member.userEntityRef'),
          }),
        );
      },
    });
  },
});
