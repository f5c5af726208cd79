import { useRouteRef, useTranslationRef } from '@backstage/frontend-plugin-api';
import { Link } from '@backstage/ui';
import type { Program, ServiceRisk } from 'backstage-plugin-mentorship-common';
import { Sheet } from '../layout/Page';
import { Panel } from '../layout/Panel';
import { TabLink } from '../layout/TabLink';
import { levelColour } from '../marks/levelColour';
import { LevelIcon } from '../marks/LevelMark';
import { servicesRouteRef } from '../routes';
import { HowToBegin } from '../rules/HowToBegin';
import { mentorshipTranslationRef } from '../translation';
import { Day, useLanguage } from '../words/Dates';
import { Words } from '../words/Words';
import text from '../layout/text.module.css';
import styles from './programPage.module.css';

/** How many services take part, and how many of them have each level. */
export function Enrolled(props: { program: Program; isUpToDate: boolean }) {
  const { t } = useTranslationRef(mentorshipTranslationRef);
  const { program } = props;
  const format = new Intl.NumberFormat(useLanguage());
  const services = useRouteRef(servicesRouteRef);
  const present = program.levels.filter(({ services: count }) => count > 0);
  return (
    <Sheet className={styles.enrolled}>
      <section aria-labelledby="mentorship-enrolled" className={styles.section}>
        <header className={styles.head}>
          <h2 id="mentorship-enrolled" className={styles.title}>
            {t('enrolled.title')}
          </h2>
          <span className={text.quiet}>
            {t('enrolled.count', {
              enrolled: format.format(program.enrolled),
              services: format.format(program.services),
            })}
            {' · '}
            {t('service.asOf', { date: <Day day={program.asOf} /> })}
          </span>
        </header>
        {present.length > 0 && (
          <div className={styles.levelBar} aria-hidden="true">
            {present.map(({ level, services: count }) => (
              <span
                key={level}
                {...levelColour(level)}
                style={{ flexGrow: count }}
              />
            ))}
          </div>
        )}
        <ul className={styles.levels}>
          {program.levels.map(({ level, services: count, percent }) => (
            <li key={level} {...levelColour(level)}>
              <LevelIcon level={level} />
              <span>
                <strong className={styles.tabular}>
                  {format.format(count)}
                </strong>{' '}
                {services ? (
                  <Link
                    href={`${services()}?level=${level}`}
                    variant="body-medium"
                    color="primary"
                  >
                    {t(`level.${level}`)}
                  </Link>
                ) : (
                  t(`level.${level}`)
                )}
                {percent !== undefined && (
                  <span className={text.quiet}>
                    {' '}
                    {t('enrolled.share', { percent: format.format(percent) })}
                  </span>
                )}
              </span>
            </li>
          ))}
        </ul>
        {program.services === 0 && (
          <p className={styles.text}>{t('overview.emptyText')}</p>
        )}
        {!props.isUpToDate && (
          <p className={text.quiet} role="note">
            {t('program.outdated')}
          </p>
        )}
      </section>
    </Sheet>
  );
}

/** Nobody takes part yet: the services to begin with, and why. */
export function Beginning(props: { proposal: readonly ServiceRisk[] }) {
  const { t } = useTranslationRef(mentorshipTranslationRef);
  return (
    <Panel headingLevel={2} title={t('enrolled.nobodyTitle')}>
      <HowToBegin />
      <p className={styles.text}>{t('enrolled.nobodyText')}</p>
      <ol className={styles.proposal}>
        {props.proposal.map(({ entityRef, title, reason }) => (
          <li key={entityRef}>
            <TabLink entityRef={entityRef} title={title} />{' '}
            <span>
              <Words parts={reason} />
            </span>
          </li>
        ))}
      </ol>
    </Panel>
  );
}
