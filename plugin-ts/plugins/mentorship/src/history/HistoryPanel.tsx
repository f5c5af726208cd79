import { lazy, Suspense, useState } from 'react';
import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { Skeleton } from '@backstage/ui';
import { RiLineChartLine } from '@remixicon/react';
import type { AssessmentHistory } from 'backstage-plugin-mentorship-common';
import { isNotJudged } from 'backstage-plugin-mentorship-common';
import { useHistory } from '../answers/useAnswer';
import { Look, LookSwitch } from '../layout/LookSwitch';
import { Fold, Panel } from '../layout/Panel';
import { Loading } from '../states/Loading';
import { KeptAfterProblem } from '../states/Kept';
import { Failure } from '../states/States';
import { mentorshipTranslationRef } from '../translation';
import { Day } from '../words/Dates';
import { Changes } from './Changes';
import { HistoryTable } from './HistoryTable';
import { byWeek, isNew } from './weeks';
import styles from './history.module.css';

// Charts are loaded where they are drawn.
const Multiples = lazy(() =>
  import('./Multiples').then(m => ({ default: m.Multiples })),
);

/** How a service came to be what it is: what changed, and values over time. */
export function HistoryPanel(props: {
  entityRef: string;
  titleOf: (rule: string) => string;
  onRule: (rule: string) => void;
}) {
  const { t } = useTranslationRef(mentorshipTranslationRef);
  const [look, setLook] = useState<Look>('picture');
  const asked = useHistory(props.entityRef);
  const drawn =
    asked.state === 'answered' && asked.value.points.length > 1
      ? asked.value
      : undefined;
  return (
    <Panel
      headingLevel={2}
      title={t('history.title')}
      control={
        drawn && (
          <LookSwitch
            look={look}
            picture={t('history.charts')}
            icon={<RiLineChartLine />}
            onChange={setLook}
          />
        )
      }
    >
      {asked.state === 'asking' && <HistorySkeleton />}
      {asked.state === 'failed' &&
        (isNotJudged(asked.problem) ? (
          <p className={styles.text}>{t('history.unseen')}</p>
        ) : (
          <Failure problem={asked.problem} again={asked.again} />
        ))}
      {asked.state === 'answered' && asked.problem !== undefined && (
        <KeptAfterProblem
          part={t('history.title')}
          problem={asked.problem}
          again={asked.again}
        />
      )}
      {asked.state === 'answered' && !drawn && (
        <Unchanged history={asked.value} />
      )}
      {drawn && (
        <>
          {look === 'picture' ? (
            <Suspense fallback={<HistorySkeleton />}>
              <Multiples history={drawn} />
            </Suspense>
          ) : (
            <HistoryTable history={drawn} />
          )}
          <Told history={drawn} titleOf={props.titleOf} onRule={props.onRule} />
        </>
      )}
    </Panel>
  );
}

function Told(props: {
  history: AssessmentHistory;
  titleOf: (rule: string) => string;
  onRule: (rule: string) => void;
}) {
  const { t } = useTranslationRef(mentorshipTranslationRef);
  const { titleOf, onRule } = props;
  const { lately, earlier } = byWeek(props.history);
  return (
    <>
      <h3 className={styles.group}>{t('history.week')}</h3>
      {lately.length === 0 ? (
        <p className={styles.text}>
          {t('history.steady', {
            date: (
              <Day
                day={props.history.points[props.history.points.length - 1].day}
              />
            ),
          })}
        </p>
      ) : (
        <Changes changes={lately} titleOf={titleOf} onRule={onRule} />
      )}
      {earlier.length > 0 && (
        <Fold label={t('history.earlierCount', { count: earlier.length })}>
          <Changes changes={earlier} titleOf={titleOf} onRule={onRule} />
        </Fold>
      )}
    </>
  );
}

/** One value all along: nothing to draw, and that is said. */
function Unchanged({ history }: { history: AssessmentHistory }) {
  const { t } = useTranslationRef(mentorshipTranslationRef);
  const [first] = history.points;
  if (!first) {
    return <p className={styles.text}>{t('history.unseen')}</p>;
  }
  return (
    <p className={styles.text}>
      {isNew(history)
        ? t('history.first', { date: <Day day={first.day} /> })
        : t('history.steady', { date: <Day day={first.day} /> })}
    </p>
  );
}

function HistorySkeleton() {
  return (
    <Loading className={styles.multiples}>
      {[1, 2, 3, 4].map(key => (
        <Skeleton key={key} width="100%" height={96} />
      ))}
    </Loading>
  );
}
