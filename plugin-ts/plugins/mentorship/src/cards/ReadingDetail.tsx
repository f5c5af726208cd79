import { useTranslationRef } from '@backstage/frontend-plugin-api';
import type { Reading } from 'backstage-plugin-mentorship-common';
import { Fold } from '../layout/Panel';
import { mentorshipTranslationRef } from '../translation';
import { useLanguage } from '../words/Dates';
import { Words } from '../words/Words';
import { HolderList } from './HolderList';
import styles from './cards.module.css';

/** One reading opened: what it means, who holds how much, what was counted. */
export function ReadingDetail({ reading }: { reading: Reading }) {
  const { t } = useTranslationRef(mentorshipTranslationRef);
  return (
    <div className={styles.reading}>
      <p className={styles.quiet}>
        {t('busFactor.meaning', { meaning: reading.meaning })}
      </p>
      {reading.whyNot && (
        <p>
          <Words parts={reading.whyNot} />
        </p>
      )}
      <Holders reading={reading} />
      <About reading={reading} />
    </div>
  );
}

function Holders({ reading }: { reading: Reading }) {
  const { t } = useTranslationRef(mentorshipTranslationRef);
  const { people, peopleCount } = reading;
  if (people.length === 0) {
    return peopleCount > 0 ? (
      <p>{t('busFactor.people', { count: peopleCount })}</p>
    ) : null;
  }
  return <HolderList people={people} />;
}

function About({ reading }: { reading: Reading }) {
  const { t } = useTranslationRef(mentorshipTranslationRef);
  const format = new Intl.NumberFormat(useLanguage());
  const counted = (count: number) => ({
    count,
    formattedCount: format.format(count),
  });
  const { filesCounted, filesExcluded, filesOrphaned, value } = reading;
  const excluded = filesExcluded.reduce((sum, { files }) => sum + files, 0);
  const published =
    reading.asPublished !== undefined && reading.asPublished !== value;
  if (
    !filesCounted &&
    !excluded &&
    !published &&
    reading.remarks.length === 0
  ) {
    return null;
  }
  return (
    <Fold
      label={
        filesCounted
          ? t('busFactor.files', counted(filesCounted))
          : t('busFactor.about')
      }
    >
      <ul className={styles.bullets}>
        {filesOrphaned > 0 && (
          <li>{t('busFactor.orphanedFiles', counted(filesOrphaned))}</li>
        )}
        {published && (
          <li>
            {t('busFactor.asPublished', { value: String(reading.asPublished) })}
          </li>
        )}
        {excluded > 0 && (
          <li>
            {t('busFactor.excluded', counted(excluded))}
            {': '}
            {filesExcluded
              .map(({ reason, files }) => `${reason} ${format.format(files)}`)
              .join(', ')}
          </li>
        )}
        {reading.remarks.map(remark => (
          <li key={remark}>{remark}</li>
        ))}
      </ul>
    </Fold>
  );
}
