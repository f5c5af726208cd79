import { useTranslationRef } from '@backstage/frontend-plugin-api';
import type {
  AssessmentHistory,
  HistoryPoint,
  Level,
} from 'backstage-plugin-mentorship-common';
import { LADDER } from '../marks/scales';
import { Step, StepChart } from '../pictures/StepChart';
import { mentorshipTranslationRef } from '../translation';
import { Day, useLanguage } from '../words/Dates';
import { civilDay, formatDay } from '../words/days';
import { useValueWords } from './valueWords';
import text from '../layout/text.module.css';
import styles from './history.module.css';

/** The bus factor up to which its chart reaches at least. */
const TRAINED = 4;

/** Score, level, bus factor and what is to do, side by side over the same days. */
export function Multiples({ history }: { history: AssessmentHistory }) {
  const { t } = useTranslationRef(mentorshipTranslationRef);
  const words = useValueWords();
  const { points, until } = history;
  const [first] = points;
  const most = (of: (point: HistoryPoint) => number | null, least: number) =>
    Math.max(least, ...points.map(point => of(point) ?? 0));
  // Where nothing was judged, nothing failed either.
  const failing = ({ score, failedRules }: HistoryPoint) =>
    score === null ? null : failedRules.length;
  const busFactor = (point: HistoryPoint) => point.busFactor;
  return (
    <>
      <div className={styles.multiples}>
        <Multiple
          history={history}
          title={t('history.value.score')}
          words={point => words('score', point.score)}
          height={({ score }) => (score === null ? null : score / 100)}
          rules={[0, 0.5, 1]}
        />
        <Multiple
          history={history}
          title={t('history.value.level')}
          words={point => words('level', point.level)}
          height={({ level }) => rung(level)}
          rules={LADDER.map((_, index) => index / (LADDER.length - 1))}
        />
        <Multiple
          history={history}
          title={t('history.value.busFactor')}
          words={point => words('busFactor', point.busFactor)}
          height={point =>
            point.busFactor === null
              ? null
              : point.busFactor / most(busFactor, TRAINED)
          }
          rules={[0, 1]}
        />
        <Multiple
          history={history}
          title={t('history.failing')}
          words={point => String(failing(point) ?? t('history.none'))}
          height={point => {
            const count = failing(point);
            return count === null ? null : count / most(failing, 1);
          }}
          rules={[0, 1]}
        />
      </div>
      <p className={styles.span}>
        <Day day={first.day} />
        <Day day={until} />
      </p>
    </>
  );
}

function Multiple(props: {
  history: AssessmentHistory;
  title: string;
  words: (point: HistoryPoint) => string;
  height: (point: HistoryPoint) => number | null;
  rules: readonly number[];
}) {
  const { t } = useTranslationRef(mentorshipTranslationRef);
  const language = useLanguage();
  const { history, title, words } = props;
  const { points, until } = history;
  const first = points[0];
  const last = points[points.length - 1];
  return (
    <figure className={styles.multiple}>
      <figcaption>
        <span className={text.quiet}>{title}</span>
        <span className={styles.now}>{words(last)}</span>
      </figcaption>
      <StepChart
        label={t('history.chart', {
          value: title,
          first: words(first),
          from: formatDay(first.day, language),
          last: words(last),
          until: formatDay(until, language),
        })}
        steps={stepsOf(history, props.height)}
        rules={props.rules}
      />
    </figure>
  );
}

function stepsOf(
  { points, until }: AssessmentHistory,
  height: (point: HistoryPoint) => number | null,
): Step[] {
  const start = civilDay(points[0].day) ?? 0;
  const length = Math.max((civilDay(until) ?? 0) - start, 1);
  return points.map(point => ({
    at: Math.min(((civilDay(point.day) ?? 0) - start) / length, 1),
    value: height(point),
  }));
}

/** How high a level stands on the ladder; those beside it stand nowhere. */
function rung(level: Level): number | null {
  const index = (LADDER as readonly Level[]).indexOf(level);
  return index < 0 ? null : index / (LADDER.length - 1);
}
