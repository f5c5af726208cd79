import { useTranslationRef } from '@backstage/frontend-plugin-api';
import type { Holder } from 'backstage-plugin-mentorship-common';
import { firstOf } from '../layout/shown';
import { formatShare, ShareBar } from '../pictures/ShareBar';
import { mentorshipTranslationRef } from '../translation';
import { CatalogName } from '../words/Words';
import styles from './cards.module.css';

/** How many holders are shown by name. */
const SHOWN = 5;

/** People with their shares, where shares are told. */
export function HolderList({ people }: { people: readonly Holder[] }) {
  const { t } = useTranslationRef(mentorshipTranslationRef);
  const shared = people.some(holder => holder.share > 0);
  const { shown, rest } = firstOf(people, SHOWN);
  return (
    <ul className={styles.holders} data-shared={shared}>
      {shown.map(holder => (
        <li key={`${holder.entityRef ?? ''} ${holder.name}`}>
          <span className={styles.holder}>
            <CatalogName name={holder.name} entityRef={holder.entityRef} />
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
      {rest.length > 0 && (
        <li className={styles.quiet}>
          {t('busFactor.others', { count: rest.length })}
        </li>
      )}
    </ul>
  );
}
