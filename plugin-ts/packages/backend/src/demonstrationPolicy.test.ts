import {
  AuthorizeResult,
  createPermission,
} from '@backstage/plugin-permission-common';
import { mockCredentials } from '@backstage/backend-test-utils';
import type { PolicyQueryUser } from '@backstage/plugin-permission-node';
import { DemonstrationPolicy } from './demonstrationPolicy';

const read = createPermission({
  name: 'thing.read',
  attributes: { action: 'read' },
});
const update = createPermission({
  name: 'thing.update',
  attributes: { action: 'update' },
});
const names = createPermission({
  name: 'mentorship.people.read',
  attributes: { action: 'read' },
});
const signedInAs = (userEntityRef: string): PolicyQueryUser => ({
  credentials: mockCredentials.user(userEntityRef),
  info: { userEntityRef, ownershipEntityRefs: [] },
});

describe('DemonstrationPolicy', () => {
  const policy = new DemonstrationPolicy('user:default/guest');

  it.each([
    ['the guest', signedInAs('user:default/guest'), read, 'ALLOW'],
    ['the guest', signedInAs('user:default/guest'), update, 'ALLOW'],
    ['a colleague', signedInAs('user:default/alice'), read, 'ALLOW'],
    ['a colleague', signedInAs('user:default/alice'), update, 'DENY'],
    ['the guest', signedInAs('user:default/guest'), names, 'ALLOW'],
    ['a colleague', signedInAs('user:default/alice'), names, 'DENY'],
    ['nobody', undefined, read, 'DENY'],
  ] as const)(
    'answers %s (case %#)',
    async (_who, user, permission, expected) => {
      await expect(policy.handle({ permission }, user)).resolves.toEqual({
        result: AuthorizeResult[expected],
      });
    },
  );
});
