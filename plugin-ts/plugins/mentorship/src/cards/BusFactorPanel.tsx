import { useState } from 'react';
import { useTranslationRef } from '@backstage/frontend-plugin-api';
import type {
  BusFactor,
  Reading,
  ReadingName,
} from 'backstage-plugin-mentorship-common';
import { Panel } from '../layout/Panel';
import { BusFactorMark } from '../marks/StateMarks';
import { mentorshipTranslationRef } from '../translation';
import { Words } from '../words/Words';
import { ReadingDetail } from './ReadingDetail';
import styles from './cards.module.css';

/**
 * The bus factor: the headline with its basis, then the readings side by side,
 * of which one is opened.
 */
export function BusFactorPanel({ busFactor }: { busFactor: BusFactor }) {
  const { t } = useTranslationRef(mentorshipTranslationRef);
  const [chosen, choose] = useState<ReadingName | undefined>();
  const open = busFactor.readings.find(
    reading => reading.name === (chosen ?? opened(busFactor)?.name),
  );
  return (
    <Panel
      title={t('busFactor.label')}
      aside={<BusFactorMark verdict={busFactor.verdict} />}
    >
      <div className={styles.headline}>
        <span className={styles.figure}>{busFactor.value ?? '?'}</span>
        <div>
          <p className={styles.lead}>
            <Words parts={busFactor.summary} />
          </p>
          {busFactor.basis && (
            <p className={styles.quiet}>
              {t('busFactor.basis', {
                reading: t(`reading.${busFactor.basis}`),
              })}
            </p>
          )}
        </div>
      </div>
      <div
        className={styles.readings}
        role="group"
        aria-label={t('busFactor.readingsHint')}
      >
        {busFactor.readings.map(reading => (
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
    </Panel>
  );
}

/**
 * The reading that is open at first: one that tells shares, the headline's
 * before all others; else the headline's.
 */
function opened({ basis, readings }: BusFactor): Reading | undefined {
  const inOrder = [
    ...readings.filter(reading => reading.name === basis),
    ...readings.filter(reading => reading.name === 'recent'),
    ...readings,
  ];
  return (
    inOrder.find(({ people }) => people.some(({ share }) => share > 0)) ??
    inOrder[0]
  );
}
