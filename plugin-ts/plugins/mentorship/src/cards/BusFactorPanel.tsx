import { useRouteRef, useTranslationRef } from '@backstage/frontend-plugin-api';
import { Link } from '@backstage/ui';
import { RiUserUnfollowLine } from '@remixicon/react';
import type { BusFactor, Reading } from 'backstage-plugin-mentorship-common';
import { Panel } from '../layout/Panel';
import { BusFactorMark } from '../marks/StateMarks';
import { whatIfRouteRef } from '../routes';
import { mentorshipTranslationRef } from '../translation';
import { whatIfAddress } from '../whatIf/question';
import { Words } from '../words/Words';
import { CriticalPaths } from './CriticalPaths';
import { Readings } from './Readings';
import styles from './cards.module.css';

/**
 * The bus factor: the headline with its basis, then the readings side by side,
 * of which one is opened, and those of the critical paths below.
 */
export function BusFactorPanel({ busFactor }: { busFactor: BusFactor }) {
  const { t } = useTranslationRef(mentorshipTranslationRef);
  return (
    <Panel
      title={t('busFactor.label')}
      aside={<BusFactorMark verdict={busFactor.verdict} />}
    >
      <div className={styles.wide}>
        <div className={styles.busFactorColumns}>
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
          <Readings
            label={t('busFactor.readingsHint')}
            readings={busFactor.readings}
            opened={opened(busFactor)?.name}
          />
        </div>
      </div>
      {busFactor.criticalPaths && (
        <CriticalPaths paths={busFactor.criticalPaths} />
      )}
      <WhatIf reading={opened(busFactor)} />
    </Panel>
  );
}

/** Leads to what is lost without the reading's first holder, where named. */
function WhatIf({ reading }: { reading: Reading | undefined }) {
  const { t } = useTranslationRef(mentorshipTranslationRef);
  const page = useRouteRef(whatIfRouteRef);
  const holder = reading?.people.find(({ left }) => !left);
  return page && holder ? (
    <Link
      href={whatIfAddress(page(), [holder.entityRef ?? holder.name])}
      className={styles.whatIf}
      color="primary"
    >
      <RiUserUnfollowLine aria-hidden="true" />
      {t('whatIf.openFor', { name: holder.name })}
    </Link>
  ) : null;
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
