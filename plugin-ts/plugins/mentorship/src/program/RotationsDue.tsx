import { useTranslationRef } from '@backstage/frontend-plugin-api';
import type { RotationsDue as Due } from 'backstage-plugin-mentorship-common';
import { Fold, Panel } from '../layout/Panel';
import { firstOf } from '../layout/shown';
import { TabLink } from '../layout/TabLink';
import { mentorshipTranslationRef } from '../translation';
import { DayDistance, useLanguage } from '../words/Dates';
import text from '../layout/text.module.css';
import styles from './programPage.module.css';

/** How many rotations stand there before anybody asks for more. */
const SHOWN = 6;

/** When the rotations of enrolled services are due, the longest due first. */
export function RotationsDue({ rotations }: { rotations: Due }) {
  const { t } = useTranslationRef(mentorshipTranslationRef);
  const format = new Intl.NumberFormat(useLanguage());
  const { shown, rest } = firstOf(rotations.services, SHOWN);
  const numbers = [
    [rotations.overdue, t('due.overdue')],
    [rotations.within30, t('due.within', { days: '30' })],
    [rotations.within60, t('due.within', { days: '60' })],
    [rotations.within90, t('due.within', { days: '90' })],
    [rotations.vacant, t('due.vacant')],
  ] as const;
  return (
    <Panel headingLevel={2} title={t('due.title')}>
      <dl className={styles.numbers}>
        {numbers.map(([count, label]) => (
          <div key={label}>
            <dt>{label}</dt>
            <dd>{format.format(count)}</dd>
          </div>
        ))}
      </dl>
      {rotations.unknown > 0 && (
        <p className={text.quiet}>
          {t('program.dueUnknown', {
            count: rotations.unknown,
            formattedCount: format.format(rotations.unknown),
          })}
        </p>
      )}
      {shown.length === 0 ? (
        <p className={styles.text}>{t('due.none')}</p>
      ) : (
        <>
          <Services services={shown} />
          {rest.length > 0 && (
            <Fold label={t('due.more', { count: rest.length })}>
              <Services services={rest} />
            </Fold>
          )}
        </>
      )}
    </Panel>
  );
}

function Services(props: { services: Readonly<Due['services']> }) {
  return (
    <ul className={styles.rows}>
      {props.services.map(({ entityRef, title, due }) => (
        <li key={entityRef}>
          <TabLink entityRef={entityRef} title={title} />
          <DayDistance day={due} />
        </li>
      ))}
    </ul>
  );
}
