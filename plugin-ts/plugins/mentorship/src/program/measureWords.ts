import { useTranslationRef } from '@backstage/frontend-plugin-api';
import type { Measure } from 'backstage-plugin-mentorship-common';
import { mentorshipTranslationRef } from '../translation';
import { useLanguage } from '../words/Dates';

/** Writes values of a measure in its unit: `74 days`, `33.3 %`. */
export function useMeasureFormat(): (
  measure: Measure,
  value: number,
) => string {
  const { t } = useTranslationRef(mentorshipTranslationRef);
  const language = useLanguage();
  return ({ unit }, value) =>
    unit === 'days'
      ? new Intl.NumberFormat(language, {
          style: 'unit',
          unit: 'day',
          unitDisplay: 'long',
          maximumFractionDigits: 1,
        }).format(value)
      : t('measures.percent', {
          value: new Intl.NumberFormat(language, {
            maximumFractionDigits: 1,
          }).format(value),
        });
}

/** Of how many services a measure could not be counted; undefined where it was of each. */
export function useUnmeasured(measure: Measure): string | undefined {
  const { t } = useTranslationRef(mentorshipTranslationRef);
  const format = new Intl.NumberFormat(useLanguage());
  const services = unmeasuredOf(measure);
  return services === 0
    ? undefined
    : t('measures.notMeasured', {
        count: services,
        formattedCount: format.format(services),
      });
}

/** Of how many services a measure could not be counted. */
export function unmeasuredOf({ unmeasured }: Measure): number {
  return unmeasured.reduce((sum, next) => sum + next.services, 0);
}
