import { useTranslationRef } from '@backstage/frontend-plugin-api';
import type { Reading } from 'backstage-plugin-mentorship-common';
import { Fold } from '../layout/Panel';
import { formatShare, ShareBar } from '../pictures/ShareBar';
import { mentorshipTranslationRef } from '../translation';
import { useLanguage } from '../words/Dates';
import { Person, Words } from '../words/Words';
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

/** How many holders are shown by name. */
const SHOWN = 5;

function Holders({ reading }: { reading: Reading }) {
  const { t } = useTranslationRef(mentorshipTranslationRef);
  const { people, peopleCount } = reading;
  if (people.length === 0) {
    return peopleCount > 0 ? (
      <p>{t('busFactor.people', { count: peopleCount })}</p>
    ) : null;
  }
  const shared = people.some(holder => holder.share > 0);
  const shown = people.slice(0, SHOWN);
  const others = people.length - shown.length;
  return (
    <ul className={styles.holders} data-shared={shared}>
      {shown.map(holder => (
        <li key={`${holder.entityRef ?? ''} ${holder.name}`}>
          <span className={styles.holder}>
            <Person name={holder.name} entityRef={holder.entityRef} />
            {holder.left && (
              <span className={styles.tag}>{t('busFactor.left')}</span>
            )}
          </span>
          {shared && (
            <>
              <ShareBar share={holder.share} left={holder.left} />
              <span className={styles.number}>
                {t('busFactor.share', { percent: formatShare(holder.share) })}
              </span>
            </>
          )}
        </li>
      ))}
      {others > 0 && (
        <li className={styles.quiet}>
          {t('busFactor.others', { count: others })}
        </li>
      )}
    </ul>
  );
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
