import { useTranslationRef } from '@backstage/frontend-plugin-api';
import type {
  AssessmentFacets,
  AssessmentsFilter,
} from 'backstage-plugin-mentorship-common';
import { useFacets, useKept, useRules } from '../answers/useAnswer';
import { useEntityNames } from '../answers/useEntityNames';
import { VERDICTS } from '../marks/scales';
import { mentorshipTranslationRef } from '../translation';
import { useLanguage } from '../words/Dates';
import { useOwnersAndSystems } from './useOwnersAndSystems';
import { ROTATIONS, STATUSES } from '../view/view';

/** A value that can be chosen, and how many services choosing it would list. */
export interface ChoiceOption {
  id: string;
  label: string;
}

type Field = keyof AssessmentFacets;
type Options = Record<
  | 'owner'
  | 'system'
  | 'tier'
  | 'rotationState'
  | 'busFactorVerdict'
  | 'mentorshipStatus'
  | 'rule',
  ChoiceOption[]
>;

/**
 * What the filters offer, with the counts of the backend. Where those do not
 * come, or not of all values, values stand without.
 */
export function useFilterOptions(filter: AssessmentsFilter): Options {
  const { t } = useTranslationRef(mentorshipTranslationRef);
  const format = new Intl.NumberFormat(useLanguage());
  const asked = useKept(useFacets(filter));
  const rules = useRules();
  const facets = asked.state === 'answered' ? asked.value : undefined;
  const isCut =
    asked.state === 'failed' ||
    (facets && !(facets.owner.isComplete && facets.system.isComplete));
  const others = useOwnersAndSystems(isCut ?? false);
  const refs = [facets?.owner, facets?.system].flatMap(
    facet => facet?.values ?? [],
  );
  const nameOf = useEntityNames([
    ...refs.flatMap(({ value }) => (value === null ? [] : [String(value)])),
    ...others.owners,
    ...others.systems,
  ]);

  const counted = (field: Field, value: string, label: string) => {
    const found = facets?.[field].values.find(
      known => String(known.value) === value,
    );
    const count = found?.services ?? (facets && !isCut ? 0 : undefined);
    return {
      id: value,
      label:
        count === undefined
          ? label
          : t('overview.counted', {
              value: label,
              formattedCount: format.format(count),
            }),
    };
  };
  const frequent = (field: Field, label: (value: string) => string) =>
    (facets?.[field].values ?? [])
      .filter(({ value }) => value !== null)
      .map(({ value }) => counted(field, String(value), label(String(value))));
  const withOthers = (field: 'owner' | 'system', rest: string[]) => {
    const options = frequent(field, nameOf);
    const known = new Set(options.map(({ id }) => id));
    return [
      ...options,
      ...rest
        .filter(ref => !known.has(ref))
        .map(ref => ({ id: ref, label: nameOf(ref) })),
    ];
  };
  return {
    owner: withOthers('owner', others.owners),
    system: withOthers('system', others.systems),
    tier: frequent('tier', value => value).sort(
      (a, b) => Number(a.id) - Number(b.id),
    ),
    rotationState: ROTATIONS.map(value =>
      counted('rotationState', value, t(`rotation.${value}`)),
    ),
    busFactorVerdict: VERDICTS.map(value =>
      counted('busFactorVerdict', value, t(`busFactor.${value}`)),
    ),
    mentorshipStatus: STATUSES.map(value =>
      counted('mentorshipStatus', value, t(`mentorship.${value}`)),
    ),
    rule: (rules.state === 'answered' ? rules.value.rules : []).map(
      ({ id, title }) => counted('rule', id, title),
    ),
  };
}
