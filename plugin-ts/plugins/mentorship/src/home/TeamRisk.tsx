import { useRouteRef, useTranslationRef } from '@backstage/frontend-plugin-api';
import { Link, useBreakpoint } from '@backstage/ui';
import type { AssessmentsFilter } from 'backstage-plugin-mentorship-common';
import { useRiskQueue } from '../answers/useAnswer';
import { TabLink } from '../layout/TabLink';
import { useEffectiveFilter } from '../view/useEffectiveFilter';
import { servicesRouteRef } from '../routes';
import { mentorshipTranslationRef } from '../translation';
import { useLanguage } from '../words/Dates';
import { Words } from '../words/Words';
import { WidgetAnswer } from './WidgetAnswer';
import styles from './home.module.css';

/** How many services stand in the widget; the page has the others. */
const SHOWN = { wide: 6, narrow: 3 };

const MINE = { filter: {}, mine: true };

/** Where to mentor first, of what the reader and their teams own. */
export function TeamRisk() {
  const filter = useEffectiveFilter(MINE);
  // A widget is always an element, if an empty one.
  return filter ? <Risks filter={filter} /> : <></>;
}

function Risks({ filter }: { filter: AssessmentsFilter }) {
  const { t } = useTranslationRef(mentorshipTranslationRef);
  const format = new Intl.NumberFormat(useLanguage());
  const services = useRouteRef(servicesRouteRef);
  const isNarrow = useBreakpoint().down('sm');
  const shown = isNarrow ? SHOWN.narrow : SHOWN.wide;
  const asked = useRiskQueue({ ...filter, limit: SHOWN.wide });
  return (
    <WidgetAnswer label={t('home.team')} asked={asked}>
      {({ items, totalItems }) =>
        items.length === 0 ? (
          <p className={styles.text}>{t('home.noTeam')}</p>
        ) : (
          <>
            <ol className={`${styles.list} ${styles.risks}`}>
              {items.slice(0, shown).map(({ entityRef, title, reason }) => (
                <li key={entityRef}>
                  <TabLink entityRef={entityRef} title={title} />
                  <p className={styles.reason}>
                    <Words parts={reason} />
                  </p>
                </li>
              ))}
            </ol>
            {totalItems > shown && services && (
              <p className={styles.text}>
                <Link href={`${services()}?mine=true`} color="primary">
                  {t('mentorFirst.all', {
                    count: totalItems,
                    formattedCount: format.format(totalItems),
                  })}
                </Link>
              </p>
            )}
          </>
        )
      }
    </WidgetAnswer>
  );
}
