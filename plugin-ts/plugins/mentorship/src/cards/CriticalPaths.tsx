import { useTranslationRef } from '@backstage/frontend-plugin-api';
import type { CriticalPathReadings } from 'backstage-plugin-mentorship-common';
import { mentorshipTranslationRef } from '../translation';
import { Words } from '../words/Words';
import { Readings } from './Readings';
import styles from './cards.module.css';

/** Who knows the files where a mistake hurts most: the readings of them alone. */
export function CriticalPaths({ paths }: { paths: CriticalPathReadings }) {
  const { t } = useTranslationRef(mentorshipTranslationRef);
  return (
    <div className={styles.critical}>
      <h4>{t('busFactor.criticalPaths')}</h4>
      <p className={styles.quiet}>
        <Words parts={paths.summary} />
        {': '}
        {paths.patterns.map((pattern, index) => (
          <span key={pattern}>
            {index > 0 && ', '}
            <code>{pattern}</code>
          </span>
        ))}
      </p>
      <Readings
        label={t('busFactor.criticalPathsHint')}
        readings={paths.readings}
      />
    </div>
  );
}
