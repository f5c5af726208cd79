import { useTranslationRef } from '@backstage/frontend-plugin-api';
import type { Holder } from 'backstage-plugin-mentorship-common';
import { mentorshipTranslationRef } from '../translation';
import styles from './pictures.module.css';

const SHADES = [styles.holder0, styles.holder1, styles.holder2, styles.holder3];

/** How many holders have a shade of their own; the rest share one. */
export const SHADED_HOLDERS = SHADES.length;

/** The fill of a holder's part, the same in the bar and in the list beside it. */
export function holderShade(holder: Holder, index: number): string {
  return holder.left ? styles.holderLeft : SHADES[index] ?? styles.holderRest;
}

/** Who holds how much, as one bar. The list beside it says the same in words. */
export function HolderBar({ people }: { people: readonly Holder[] }) {
  const { t } = useTranslationRef(mentorshipTranslationRef);
  const shaded = people.slice(0, SHADED_HOLDERS);
  const rest = 1 - shaded.reduce((sum, holder) => sum + holder.share, 0);
  return (
    <span className={styles.holders} role="img" aria-label={t('busFactor.bar')}>
      {shaded.map((holder, index) => (
        <span
          key={`${holder.entityRef ?? ''} ${holder.name}`}
          className={holderShade(holder, index)}
          style={{ flex: `${holder.share} 0 0` }}
          title={`${holder.name}: ${formatShare(holder.share)} %`}
        />
      ))}
      {rest > 0.005 && (
        <span className={styles.holderRest} style={{ flex: `${rest} 0 0` }} />
      )}
    </span>
  );
}

/** A share of 0 to 1 as whole percent; a small share is not nothing. */
export function formatShare(share: number): string {
  return share > 0 && share < 0.01 ? '< 1' : String(Math.round(share * 100));
}
