import { useRouteRef, useTranslationRef } from '@backstage/frontend-plugin-api';
import type {
  AssessmentGroup,
  AssessmentsFilter,
  RuleEntry,
} from 'backstage-plugin-mentorship-common';
import { useEntityNames } from '../answers/useEntityNames';
import { Grouping, parametersOf } from '../view/view';
import { servicesRouteRef } from '../routes';
import { mentorshipTranslationRef } from '../translation';

/** What both looks draw. */
export interface DrawnGroups {
  by: Grouping;
  groups: readonly AssessmentGroup[];
  /** What narrows the services; drilling down keeps it. */
  filter: AssessmentsFilter;
  /** All rules, in their order; empty where they are not known. */
  rules: readonly RuleEntry[];
}

/** A rule as a column: those that nobody fails have none. */
export interface FailedRule {
  id: string;
  title: string;
}

/** The rules that some service of the groups fails, in their order. */
export function failedRules({ groups, rules }: DrawnGroups): FailedRule[] {
  const failed = new Set(
    groups.flatMap(group => Object.keys(group.failedRules)),
  );
  const known = rules.filter(({ id }) => failed.delete(id));
  return [...known, ...[...failed].sort().map(id => ({ id, title: id }))];
}

/** Names a group, and leads to its services, or those of a rule or a level. */
export function useGroupWords({ by, groups, filter }: DrawnGroups) {
  const { t } = useTranslationRef(mentorshipTranslationRef);
  const nameOf = useEntityNames(groups.flatMap(({ group }) => group ?? []));
  const services = useRouteRef(servicesRouteRef);
  return {
    nameOf: ({ group }: AssessmentGroup) =>
      group === null ? t(`groups.none_${by}`) : nameOf(group),
    /** Nothing for services without a group, which no filter names. */
    addressOf: (
      { group }: AssessmentGroup,
      narrowed: Pick<AssessmentsFilter, 'rule' | 'level'> = {},
    ) =>
      group === null || !services
        ? undefined
        : `${services()}?${parametersOf({
            filter: { ...filter, [by]: [group], ...narrowed },
          })}`,
  };
}
