import { useTranslationRef } from '@backstage/frontend-plugin-api';
import type { Reading } from 'backstage-plugin-mentorship-common';
import { Fold } from '../layout/Panel';
import {
  formatShare,
  HolderBar,
  holderShade,
  SHADED_HOLDERS,
} from '../pictures/HolderBar';
import { mentorshipTranslationRef } from '../translation';
import { useLanguage } from '../words/Dates';
import { Person, Words } from '../words/Words';
import styles from './cards.module.css';

/** One reading opened: what it means, who holds how much, what was counted. */
export function ReadingDetail({ reading }: { reading: Reading }) {
  return (
    <div className={styles.reading}>
      <p className={styles.quiet}>{reading.meaning}</p>
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
  const shared = people.some(holder => holder.share > 0);
  const shown = people.slice(0, SHADED_HOLDERS);
  const others = people.length - shown.length;
  return (
    <>
      {shared && <HolderBar people={people} />}
      <ul className={styles.holders}>
        {shown.map((holder, index) => (
          <li key={`${holder.entityRef ?? ''} ${holder.name}`}>
            {shared && (
              <span
                className={`${styles.swatch} ${holderShade(holder, index)}`}
                aria-hidden="true"
              />
            )}
            <span className={styles.grow}>
              <Person name={holder.name} entityRef={holder.entityRef} />
              {holder.left && (
                <span className={styles.tag}>{t('busFactor.left')}</span>
              )}
            </span>
            {shared && (
              <span className={styles.number}>
                {t('busFactor.share', { percent: formatShare(holder.share) })}
              </span>
            )}
          </li>
        ))}
        {others > 0 && (
          <li className={styles.quiet}>
            {t('busFactor.others', { count: others })}
          </li>
        )}
      </ul>
    </>
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
