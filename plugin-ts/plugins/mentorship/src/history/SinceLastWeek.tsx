import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { RiHistoryLine } from '@remixicon/react';
import { useHistory } from '../answers/useAnswer';
import { mentorshipTranslationRef } from '../translation';
import { Values } from './Changes';
import { byWeek, isNew, summedUp } from './weeks';
import styles from './history.module.css';

/** What changed since last week, in a line; nothing in a service's first week. */
export function SinceLastWeek({ entityRef }: { entityRef: string }) {
  const { t } = useTranslationRef(mentorshipTranslationRef);
  const asked = useHistory(entityRef);
  // The panel below says why there is no history.
  if (asked.state !== 'answered') {
    return null;
  }
  const { lately } = byWeek(asked.value);
  if (lately.length === 0 && isNew(asked.value)) {
    return null;
  }
  const { values, began, ceased } = summedUp(lately);
  const isUnchanged = values.length + began.length + ceased.length === 0;
  return (
    <div className={styles.since}>
      <RiHistoryLine aria-hidden="true" />
      <span className={styles.sinceLabel}>{t('history.since')}:</span>
      {isUnchanged && <span>{t('history.unchanged')}</span>}
      {values.length > 0 && <Values values={values} />}
      {ceased.length > 0 && (
        <span>{t('history.ceasedCount', { count: ceased.length })}</span>
      )}
      {began.length > 0 && (
        <span>{t('history.beganCount', { count: began.length })}</span>
      )}
    </div>
  );
}
