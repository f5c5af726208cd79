import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { LADDER } from '../marks/scales';
import { mentorshipTranslationRef } from '../translation';

/** Writes the levels that need a rule: `Covered, Resilient`. */
export function useLevelNames(): (levels: readonly string[]) => string {
  const { t } = useTranslationRef(mentorshipTranslationRef);
  return levels =>
    levels
      .map(name => {
        const level = LADDER.find(known => known === name);
        return level ? t(`level.${level}`) : name;
      })
      .join(', ');
}
