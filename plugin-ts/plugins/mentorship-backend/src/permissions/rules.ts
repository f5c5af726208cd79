import {
  createConditionExports,
  createPermissionResourceRef,
  createPermissionRule,
} from '@backstage/plugin-permission-node';
import { RESOURCE_TYPE_MENTORSHIP_ASSESSMENT } from 'backstage-plugin-mentorship-common';
import { z } from 'zod';
import type { AssessmentResource } from '../database/AssessmentReader';
import type { AssessmentCriterion } from '../database/selection';

/** What permission policies decide on: the assessment of one service. */
export const assessmentResourceRef = createPermissionResourceRef<
  AssessmentResource,
  AssessmentCriterion
>().with({
  pluginId: 'mentorship',
  resourceType: RESOURCE_TYPE_MENTORSHIP_ASSESSMENT,
});

const refs = z.array(z.string());
const lower = (values: string[]) => values.map(value => value.toLowerCase());

const isOwnedBy = createPermissionRule({
  name: 'IS_OWNED_BY',
  description: 'Allow assessments of services that one of these owns',
  resourceRef: assessmentResourceRef,
  paramsSchema: z.object({
    owners: refs.describe('Entity refs of users and groups'),
  }),
  apply: ({ owner }, { owners }) =>
    owner !== null && lower(owners).includes(owner),
  toQuery: ({ owners }) => ({ property: 'owner', values: lower(owners) }),
});

const isOfKind = createPermissionRule({
  name: 'IS_OF_KIND',
  description: 'Allow assessments of services of one of these kinds',
  resourceRef: assessmentResourceRef,
  paramsSchema: z.object({ kinds: refs.describe('Kinds of entities') }),
  apply: ({ kind }, { kinds }) => lower(kinds).includes(kind),
  toQuery: ({ kinds }) => ({ property: 'kind', values: lower(kinds) }),
});

const isAbout = createPermissionRule({
  name: 'IS_ABOUT',
  description:
    'Allow assessments of services where one of these people is steward, backup, program owner or apprentice',
  resourceRef: assessmentResourceRef,
  paramsSchema: z.object({ people: refs.describe('Entity refs of users') }),
  apply: (assessment, { people }) =>
    lower(people).some(person => assessment.people.includes(person)),
  toQuery: ({ people }) => ({ property: 'people', values: lower(people) }),
});

/** All rules on assessments. */
export const assessmentPermissionRules = { isOwnedBy, isOfKind, isAbout };

const { conditions, createConditionalDecision } = createConditionExports({
  resourceRef: assessmentResourceRef,
  rules: assessmentPermissionRules,
});

/**
 * Conditions on assessments, for permission policies.
 *
 * @public
 */
export const mentorshipConditions = conditions;

/**
 * Makes a conditional decision on assessments, for permission policies.
 *
 * @public
 */
export const createMentorshipConditionalDecision = createConditionalDecision;
