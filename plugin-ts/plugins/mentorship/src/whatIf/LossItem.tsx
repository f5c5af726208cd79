import { ReactNode, useId } from 'react';
import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { RiArrowRightLine, RiGraduationCapLine } from '@remixicon/react';
import type {
  PathLoss,
  ServiceLoss,
  Successor,
} from 'backstage-plugin-mentorship-common';
import { Facts, Fold } from '../layout/Panel';
import { firstOf } from '../layout/shown';
import { TabLink } from '../layout/TabLink';
import { LevelMark } from '../marks/LevelMark';
import { BusFactorMark } from '../marks/StateMarks';
import { mentorshipTranslationRef } from '../translation';
import { useLanguage } from '../words/Dates';
import { CatalogName, Words } from '../words/Words';
import text from '../layout/text.module.css';
import styles from './whatIf.module.css';

/** What one service loses, in a sentence, who could take over; the figures folded. */
export function LossItem({ loss }: { loss: ServiceLoss }) {
  const { t } = useTranslationRef(mentorshipTranslationRef);
  const id = useId();
  return (
    <li className={styles.loss} aria-labelledby={id}>
      <div className={styles.lossHead}>
        <h3 id={id} className={styles.lossTitle}>
          <TabLink entityRef={loss.entityRef} title={loss.title} />
          {loss.tier !== undefined && (
            <span className={styles.tag}>
              {t('whatIf.tier', { tier: String(loss.tier) })}
            </span>
          )}
        </h3>
        <Levels loss={loss} />
      </div>
      <p className={styles.summary}>
        <Words parts={loss.summary} />
      </p>
      <Successors loss={loss} />
      <Details loss={loss} />
    </li>
  );
}

function Levels({ loss }: { loss: ServiceLoss }) {
  const { t } = useTranslationRef(mentorshipTranslationRef);
  const { levelFrom, levelTo } = loss;
  return levelFrom === levelTo ? (
    <span className={styles.levels}>
      <span className={text.quiet}>{t('whatIf.levelStays')}</span>
      <LevelMark level={levelTo} look="plain" />
    </span>
  ) : (
    <Change
      from={<LevelMark level={levelFrom} look="plain" />}
      to={<LevelMark level={levelTo} />}
    />
  );
}

function Figures({ loss }: { loss: ServiceLoss }) {
  const { t } = useTranslationRef(mentorshipTranslationRef);
  const format = new Intl.NumberFormat(useLanguage());
  const { busFactorFrom, busFactorTo } = loss;
  return (
    <Facts
      look="line"
      facts={[
        busFactorFrom !== busFactorTo
          ? [
              t('busFactor.label'),
              <Change
                from={busFactorFrom ?? '?'}
                to={
                  <span className={styles.figure}>
                    <strong>{busFactorTo ?? '?'}</strong>
                    <BusFactorMark verdict={loss.verdictTo} look="plain" />
                  </span>
                }
              />,
            ]
          : undefined,
        loss.vacated.length > 0
          ? [
              t('whatIf.vacated'),
              <strong>
                {loss.vacated.map(role => t(`role.${role}`)).join(', ')}
              </strong>,
            ]
          : undefined,
        loss.files > 0
          ? [t('whatIf.files'), <strong>{format.format(loss.files)}</strong>]
          : undefined,
        loss.criticalPaths.length > 0
          ? [
              t('busFactor.criticalPaths'),
              <strong>{format.format(loss.criticalPaths.length)}</strong>,
            ]
          : undefined,
      ]}
    />
  );
}

/** How many successors are shown before the details are opened. */
const SHOWN = 2;

function Successors({ loss }: { loss: ServiceLoss }) {
  const { t } = useTranslationRef(mentorshipTranslationRef);
  const { successors, successorCount } = loss;
  const { shown, rest } = firstOf(successors, SHOWN);
  return (
    <div className={styles.takeOver}>
      <span className={text.quiet}>{t('whatIf.takeOver')}</span>
      {successors.length > 0 ? (
        <ul className={styles.successors}>
          {shown.map(successor => (
            <SuccessorItem key={keyOf(successor)} successor={successor} />
          ))}
          {rest.length > 0 && (
            <li className={text.quiet}>
              {t('busFactor.others', { count: rest.length })}
            </li>
          )}
        </ul>
      ) : (
        <span>
          {successorCount > 0
            ? t('busFactor.people', { count: successorCount })
            : t('whatIf.nobodyYet')}
        </span>
      )}
    </div>
  );
}

function SuccessorItem({ successor }: { successor: Successor }) {
  const { t } = useTranslationRef(mentorshipTranslationRef);
  return (
    <li>
      <strong>
        <CatalogName name={successor.name} entityRef={successor.entityRef} />
      </strong>
      {successor.apprentice && (
        <span className={styles.apprentice}>
          <RiGraduationCapLine aria-hidden="true" />
          {t('role.apprentice')}
        </span>
      )}{' '}
      <Words parts={successor.reason} />
    </li>
  );
}

function Details({ loss }: { loss: ServiceLoss }) {
  const { t } = useTranslationRef(mentorshipTranslationRef);
  const { readings, scoreFrom, scoreTo, successors } = loss;
  const scoreFalls = scoreFrom !== scoreTo;
  return (
    <Fold label={t('whatIf.details')}>
      <Figures loss={loss} />
      <div className={styles.details}>
        {(scoreFalls || readings.length > 0) && (
          <Detail title={t('whatIf.readings')}>
            {scoreFalls && (
              <li>
                {t('whatIf.score')}{' '}
                <Change
                  from={scoreFrom ?? t('score.none')}
                  to={<strong>{scoreTo ?? t('score.none')}</strong>}
                />
              </li>
            )}
            {readings.map(({ name, from, to }) => (
              <li key={name}>
                {t(`reading.${name}`)}{' '}
                <Change from={from} to={<strong>{to ?? '–'}</strong>} />
              </li>
            ))}
          </Detail>
        )}
        <Paths title={t('whatIf.directories')} losses={loss.directories} />
        <Paths
          title={t('busFactor.criticalPaths')}
          losses={loss.criticalPaths}
        />
        {loss.filePaths.length > 0 && (
          <Detail title={t('whatIf.files')}>
            {loss.filePaths.map(path => (
              <li key={path}>
                <code>{path}</code>
              </li>
            ))}
            {loss.files > loss.filePaths.length && (
              <li className={text.quiet}>
                {t('busFactor.others', {
                  count: loss.files - loss.filePaths.length,
                })}
              </li>
            )}
          </Detail>
        )}
        {firstOf(successors, SHOWN).rest.length > 0 && (
          <Detail title={t('whatIf.takeOver')}>
            {successors.map(successor => (
              <SuccessorItem key={keyOf(successor)} successor={successor} />
            ))}
          </Detail>
        )}
      </div>
    </Fold>
  );
}

function Paths(props: { title: string; losses: readonly PathLoss[] }) {
  const { t } = useTranslationRef(mentorshipTranslationRef);
  const format = new Intl.NumberFormat(useLanguage());
  return props.losses.length === 0 ? null : (
    <Detail title={props.title}>
      {props.losses.map(({ path, files }) => (
        <li key={path}>
          <code>{path || t('knowledge.root')}</code>{' '}
          <span className={text.quiet}>
            {t('knowledge.files', {
              count: files,
              formattedCount: format.format(files),
            })}
          </span>
        </li>
      ))}
    </Detail>
  );
}

function Detail(props: { title: string; children: ReactNode }) {
  return (
    <section>
      <h4>{props.title}</h4>
      <ul>{props.children}</ul>
    </section>
  );
}

/** From one state to another, in this order for everybody. */
function Change(props: { from: ReactNode; to: ReactNode }) {
  const { t } = useTranslationRef(mentorshipTranslationRef);
  return (
    <span className={styles.change}>
      {props.from}
      <RiArrowRightLine role="img" aria-label={t('whatIf.to')} />
      {props.to}
    </span>
  );
}

function keyOf({ entityRef, name }: Successor): string {
  return `${entityRef ?? ''} ${name}`;
}
