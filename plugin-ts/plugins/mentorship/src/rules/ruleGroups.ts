import { useTranslationRef } from '@backstage/frontend-plugin-api';
import type {
  RuleCategory,
  RuleEntry,
} from 'backstage-plugin-mentorship-common';
import { LADDER } from '../marks/scales';
import { mentorshipTranslationRef } from '../translation';

/** What rules of one group have in common. */
export type RuleGrouping = 'level' | 'category';

/** Rules that have something in common. */
export interface RuleGroup {
  key: string;
  title: string;
  /** What it means that they are in order. */
  meaning?: string;
  rules: readonly RuleEntry[];
}

/** The rules by what they have in common; no rule is in two groups, none is left out. */
export function useRuleGroups(
  rules: readonly RuleEntry[],
  by: RuleGrouping,
): RuleGroup[] {
  const { t } = useTranslationRef(mentorshipTranslationRef);
  if (by === 'category') {
    return byCategory(rules).map(([category, inIt]) => ({
      key: category,
      title: t(`category.${category}`),
      rules: inIt,
    }));
  }
  return [...LADDER, undefined]
    .map(level => ({
      key: level ?? 'none',
      title: level ? t(`level.${level}`) : t('rules.noLevel'),
      meaning: level ? t(`levelMeaning.${level}`) : t('rules.noLevelText'),
      rules: rules.filter(rule => lowestLevel(rule) === level),
    }))
    .filter(group => group.rules.length > 0);
}

/** The first level on the way up that asks for a rule. */
function lowestLevel({ levels: [lowest] }: RuleEntry) {
  return LADDER.find(level => level === lowest);
}

/** The categories in the order of their first rules. */
function byCategory(
  rules: readonly RuleEntry[],
): Array<[RuleCategory, RuleEntry[]]> {
  const groups = new Map<RuleCategory, RuleEntry[]>();
  for (const rule of rules) {
    groups.set(rule.category, [...(groups.get(rule.category) ?? []), rule]);
  }
  return [...groups];
}
