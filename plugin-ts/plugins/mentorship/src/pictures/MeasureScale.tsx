import { useTranslationRef } from '@backstage/frontend-plugin-api';
import type { Measure } from 'backstage-plugin-mentorship-common';
import { mentorshipTranslationRef } from '../translation';
import styles from './pictures.module.css';

/**
 * Where a measure stands between its baseline and its target, on a scale from
 * nothing. Percentages share one scale, so that they can be compared; small ones a
 * quarter of it, for their marks would stand on one another. The end says which.
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
  const most = Math.max(...known);
  const isShare = measure.unit === 'percent';
  // A little room to the right, so that the last mark stands inside.
  const end = isShare ? shareEnd(most) : most * 1.15;
  const at = (number: number) => `${(number / (end || 1)) * 100}%`;
  const said = (number: number | undefined) =>
    number === undefined ? t('measures.scaleNone') : format(number);
  return (
    <div
      className={styles.scale}
      data-end={isShare ? format(end) : undefined}
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

/** A quarter, for what is less than that. */
const QUARTER = 25;

function shareEnd(most: number): number {
  return most <= QUARTER ? QUARTER : Math.max(100, most);
}
