import { useTranslationRef } from '@backstage/frontend-plugin-api';
import type {
  BusFactorVerdict,
  HistoryValue,
  Level,
  MentorshipStatus,
  RotationState,
} from 'backstage-plugin-mentorship-common';
import { mentorshipTranslationRef } from '../translation';

/** Writes a value of a history in the words of the cards. */
export function useValueWords(): (
  name: HistoryValue,
  value: string | number | null,
) => string {
  const { t } = useTranslationRef(mentorshipTranslationRef);
  return (name, value) => {
    if (value === null) {
      return t('history.none');
    }
    switch (name) {
      case 'level':
        return t(`level.${value as Level}`);
      case 'mentorshipStatus':
        return t(`mentorship.${value as MentorshipStatus}`);
      case 'rotationState':
        return t(`rotation.${value as RotationState}`);
      case 'busFactorVerdict':
        return t(`busFactor.${value as BusFactorVerdict}`);
      case 'coverage':
        return t('measures.percent', { value: String(value) });
      default:
        return String(value);
    }
  };
}
