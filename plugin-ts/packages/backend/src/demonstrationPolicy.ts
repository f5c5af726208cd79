import {
  coreServices,
  createBackendModule,
} from '@backstage/backend-plugin-api';
import {
  AuthorizeResult,
  isReadPermission,
  type PolicyDecision,
} from '@backstage/plugin-permission-common';
import type {
  PermissionPolicy,
  PolicyQuery,
  PolicyQueryUser,
} from '@backstage/plugin-permission-node';
import { policyExtensionPoint } from '@backstage/plugin-permission-node/alpha';

/** What only the guest may read: the names of people, and what leaves the portal. */
const WITHHELD: readonly string[] = [
  'mentorship.people.read',
  'mentorship.export',
];

/**
 * Lets the demonstration's guest do everything, so that every page can be seen;
 * another signed-in user reads, and sees people counted instead of named. A request
 * without a user is denied.
 */
export class DemonstrationPolicy implements PermissionPolicy {
  constructor(private readonly guestRef: string) {}

  async handle(
    request: PolicyQuery,
    user?: PolicyQueryUser,
  ): Promise<PolicyDecision> {
    const { permission } = request;
    const allowed =
      user?.info.userEntityRef === this.guestRef ||
      (user !== undefined &&
        isReadPermission(permission) &&
        !WITHHELD.includes(permission.name));
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
        const guestRef = config.getString('auth.providers.guest.userEntityRef');
        policy.setPolicy(new DemonstrationPolicy(guestRef));
      },
    });
  },
});
