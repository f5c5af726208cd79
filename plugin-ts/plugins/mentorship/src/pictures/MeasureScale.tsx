import { useTranslationRef } from '@backstage/frontend-plugin-api';
import type { Measure } from 'backstage-plugin-mentorship-common';
import { mentorshipTranslationRef } from '../translation';
import styles from './pictures.module.css';

/**
 * Where a measure stands between its baseline and its target, on a scale from
 * nothing. Percentages share one scale, so that they can be compared.
 */
export function MeasureScale(props: {
  measure: Measure;
  format: (value: number) => string;
}) {
  const { t } = useTranslationRef(mentorshipTranslationRef);
  const { measure, format } = props;
  const { value, target } = measure;
  const baseline = measure.baseline?.value;
  const known = [value, target, baseline].filter(
    number => number !== undefined,
  );
  if (known.length === 0) {
    return null;
  }
  // A little room to the right, so that the last mark stands inside.
  const end =
    measure.unit === 'percent'
      ? Math.max(100, ...known)
      : Math.max(...known) * 1.15;
  const at = (number: number) => `${(number / (end || 1)) * 100}%`;
  const said = (number: number | undefined) =>
    number === undefined ? t('measures.scaleNone') : format(number);
  return (
    <div
      className={styles.scale}
      role="img"
      aria-label={t('measures.scale', {
        value: said(value),
        baseline: said(baseline),
        target: said(target),
      })}
    >
      {value !== undefined && (
        <span
          className={styles.scaleValue}
          data-reached={measure.reached}
          style={{ width: at(value) }}
        />
      )}
      {baseline !== undefined && (
        <span
          className={styles.scaleBaseline}
          style={{ insetInlineStart: at(baseline) }}
        />
      )}
      {target !== undefined && (
        <span
          className={styles.scaleTarget}
          style={{ insetInlineStart: at(target) }}
        />
      )}
    </div>
  );
}
