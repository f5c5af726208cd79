import {
  AuthorizeResult,
  createPermission,
} from '@backstage/plugin-permission-common';
import { mockCredentials } from '@backstage/backend-test-utils';
import type { PolicyQueryUser } from '@backstage/plugin-permission-node';
import { mentorshipAssessmentReadPermission } from 'backstage-plugin-mentorship-common';
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
const assessments = mentorshipAssessmentReadPermission;
const signedInAs = (
  userEntityRef: string,
  ownershipEntityRefs: string[] = [],
): PolicyQueryUser => ({
  credentials: mockCredentials.user(userEntityRef),
  info: { userEntityRef, ownershipEntityRefs },
});

describe('DemonstrationPolicy', () => {
  const policy = new DemonstrationPolicy({
    guestRef: 'user:default/guest',
    memberRef: 'user:default/nadia',
  });

  it.each([
    ['the guest', signedInAs('user:default/guest'), read, 'ALLOW'],
    ['the guest', signedInAs('user:default/guest'), update, 'ALLOW'],
    ['a colleague', signedInAs('user:default/alice'), read, 'ALLOW'],
    ['a colleague', signedInAs('user:default/alice'), update, 'DENY'],
    ['the guest', signedInAs('user:default/guest'), names, 'ALLOW'],
    ['a colleague', signedInAs('user:default/alice'), names, 'DENY'],
    ['a colleague', signedInAs('user:default/alice'), assessments, 'ALLOW'],
    ['the member', signedInAs('user:default/nadia'), read, 'ALLOW'],
    ['the member', signedInAs('user:default/nadia'), names, 'DENY'],
    ['nobody', undefined, read, 'DENY'],
    ['nobody', undefined, assessments, 'DENY'],
  ] as const)(
    'answers %s (case %#)',
    async (_who, user, permission, expected) => {
      await expect(policy.handle({ permission }, user)).resolves.toEqual({
        result: AuthorizeResult[expected],
      });
    },
  );

  it('shows the member of a team the assessments of what is theirs', async () => {
    const owners = ['user:default/nadia', 'group:default/payments'];
    const decision = await policy.handle(
      { permission: assessments },
      signedInAs('user:default/nadia', owners),
    );
    expect(decision).toMatchObject({
      result: AuthorizeResult.CONDITIONAL,
      pluginId: 'mentorship',
      conditions: {
        anyOf: [
          { rule: 'IS_OWNED_BY', params: { owners } },
          { rule: 'IS_ABOUT', params: { people: ['user:default/nadia'] } },
        ],
      },
    });
  });
});
