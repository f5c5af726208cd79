import { useState } from 'react';
import { useTranslationRef } from '@backstage/frontend-plugin-api';
import type { Reading, ReadingName } from 'backstage-plugin-mentorship-common';
import { mentorshipTranslationRef } from '../translation';
import { ReadingDetail } from './ReadingDetail';
import styles from './cards.module.css';

/** Readings side by side, of which one at most is opened. */
export function Readings(props: {
  /** What the readings are of, for those who do not see where they stand. */
  label: string;
  readings: readonly Reading[];
  /** The reading that is open at first. */
  opened?: ReadingName;
}) {
  const { t } = useTranslationRef(mentorshipTranslationRef);
  const [chosen, choose] = useState(props.opened);
  const open = props.readings.find(({ name }) => name === chosen);
  return (
    <>
      <div className={styles.readings} role="group" aria-label={props.label}>
        {props.readings.map(reading => (
          <button
            key={reading.name}
            type="button"
            aria-pressed={reading === open}
            title={t('busFactor.meaning', { meaning: reading.meaning })}
            onClick={() => choose(reading.name)}
          >
            <span className={styles.readingValue}>{reading.value ?? '–'}</span>
            <span>{t(`reading.${reading.name}`)}</span>
          </button>
        ))}
      </div>
      {open && <ReadingDetail key={open.name} reading={open} />}
    </>
  );
}
