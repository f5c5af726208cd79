import { useTranslationRef } from '@backstage/frontend-plugin-api';
import {
  RiArrowRightLine,
  RiArrowRightUpLine,
  RiArrowRightDownLine,
  RiCheckLine,
  RiFlag2Line,
} from '@remixicon/react';
import { EntityDisplayName } from '@backstage/plugin-catalog-react';
import type {
  BaselineOrigin,
  FrozenBaseline,
  Measure,
} from 'backstage-plugin-mentorship-common';
import { Figure } from '../layout/Figure';
import { Sheet } from '../layout/Page';
import { Fold } from '../layout/Panel';
import { Mark, Tone } from '../marks/Mark';
import { MeasureScale } from '../pictures/MeasureScale';
import { mentorshipTranslationRef } from '../translation';
import { Day, Moment, useLanguage } from '../words/Dates';
import { plainText, Words } from '../words/Words';
import { Baselines } from './Baselines';
import { unmeasuredOf, useMeasureFormat } from './measureWords';
import text from '../layout/text.module.css';
import styles from './programPage.module.css';

/** The six measures, each between where it came from and where it should go. */
export function Measures(props: {
  measures: readonly Measure[];
  frozen: readonly FrozenBaseline[];
  /** Who froze them, where that is known. */
  origins: readonly BaselineOrigin[];
  mayDecide: boolean;
  again: () => void;
}) {
  const { t } = useTranslationRef(mentorshipTranslationRef);
  const { measures } = props;
  const window = commonWindow(measures);
  return (
    <section className={styles.section} aria-labelledby="mentorship-measures">
      <header className={styles.head}>
        <h2 id="mentorship-measures" className={styles.title}>
          {t('measures.title')}
        </h2>
        {window && (
          <p className={styles.window}>
            <Window measure={window} />
          </p>
        )}
        <Baselines
          measures={measures}
          frozen={props.frozen}
          mayDecide={props.mayDecide}
          again={props.again}
        />
      </header>
      <ul className={styles.measures}>
        {measures.map(measure => (
          <li key={measure.id}>
            <MeasureItem
              measure={measure}
              origin={props.origins.find(each => each.measure === measure.id)}
              withWindow={!window}
            />
          </li>
        ))}
      </ul>
    </section>
  );
}

/** A measure of the window that all were counted in, where there is one. */
function commonWindow(measures: readonly Measure[]): Measure | undefined {
  const [first, ...others] = measures;
  return others.every(
    ({ from, until }) => from === first.from && until === first.until,
  )
    ? first
    : undefined;
}

function Window({ measure: { from, until } }: { measure: Measure }) {
  const { t } = useTranslationRef(mentorshipTranslationRef);
  return (
    <>
      {t('measures.window', {
        from: <Day day={from} />,
        until: <Day day={until} />,
      })}
    </>
  );
}

function MeasureItem(props: {
  measure: Measure;
  origin?: BaselineOrigin;
  withWindow: boolean;
}) {
  const { t } = useTranslationRef(mentorshipTranslationRef);
  const formatMeasure = useMeasureFormat();
  const { measure } = props;
  const { value } = measure;
  const format = (number: number) => formatMeasure(measure, number);
  return (
    <Sheet className={styles.measure}>
      <article aria-label={measure.title}>
        <h3 className={styles.measureTitle}>{measure.title}</h3>
        <Figure
          number={value === undefined ? t('measures.none') : format(value)}
          isKnown={value !== undefined}
        >
          <span className={styles.trend}>
            <Trend measure={measure} format={format} />
          </span>
        </Figure>
        <MeasureScale measure={measure} format={format} />
        <p className={styles.text}>
          <Words parts={measure.summary} />
        </p>
        {isBetween(measure) && (
          <dl className={styles.facts}>
            <dt data-mark="target">{t('measures.target')}</dt>
            <dd className={styles.target}>
              <Target measure={measure} format={format} />
            </dd>
            <dt data-mark="baseline">{t('measures.baseline')}</dt>
            <dd>
              <From measure={measure} origin={props.origin} format={format} />
            </dd>
          </dl>
        )}
        <Measured measure={measure} />
        {props.withWindow && (
          <p className={text.quiet}>
            <Window measure={measure} />
          </p>
        )}
      </article>
    </Sheet>
  );
}

/** Whether there is anything to stand between: a number, a baseline or a target. */
function isBetween({ value, baseline, target }: Measure): boolean {
  return value !== undefined || baseline !== undefined || target !== undefined;
}

const TREND_TONE: Record<string, Tone> = {
  improving: 'positive',
  steady: 'neutral',
  worsening: 'negative',
};

/** How it moved, and from where. */
function Trend(props: { measure: Measure; format: (value: number) => string }) {
  const { t } = useTranslationRef(mentorshipTranslationRef);
  const { trend, value, before } = props.measure;
  if (trend !== 'improving' && trend !== 'steady' && trend !== 'worsening') {
    return value === undefined ? null : (
      <span className={text.quiet}>{t('measures.noTrend')}</span>
    );
  }
  return (
    <>
      <Mark
        tone={TREND_TONE[trend]}
        look="plain"
        icon={<Arrow value={value} before={before} />}
      >
        {t(`measures.trend.${trend}`)}
      </Mark>
      {before !== undefined && (
        <span className={text.quiet}>
          {' '}
          {t('measures.before', { value: props.format(before) })}
        </span>
      )}
    </>
  );
}

/** Which way the number went, whether that is good or not. */
function Arrow(props: { value?: number; before?: number }) {
  const { value, before } = props;
  if (value === undefined || before === undefined || value === before) {
    return <RiArrowRightLine />;
  }
  return value > before ? <RiArrowRightUpLine /> : <RiArrowRightDownLine />;
}

function Target(props: {
  measure: Measure;
  format: (value: number) => string;
}) {
  const { t } = useTranslationRef(mentorshipTranslationRef);
  const { target, targetPart, whole, reached } = props.measure;
  if (target === undefined) {
    return <span className={text.quiet}>{t('measures.noTarget')}</span>;
  }
  return (
    <>
      <span>
        <strong>{props.format(target)}</strong>
        {targetPart !== undefined &&
          ` · ${t('measures.sample', {
            part: String(targetPart),
            whole: String(whole),
          })}`}
      </span>
      {reached !== undefined && (
        <span className={styles.reached} data-reached={reached}>
          {reached ? (
            <RiCheckLine aria-hidden="true" />
          ) : (
            <RiFlag2Line aria-hidden="true" />
          )}
          {reached ? t('measures.reached') : t('measures.notReached')}
        </span>
      )}
    </>
  );
}

function From(props: {
  measure: Measure;
  origin?: BaselineOrigin;
  format: (value: number) => string;
}) {
  const { t } = useTranslationRef(mentorshipTranslationRef);
  const { baseline } = props.measure;
  if (!baseline) {
    return <span className={text.quiet}>{t('measures.noBaseline')}</span>;
  }
  return (
    <>
      <strong>{props.format(baseline.value)}</strong>{' '}
      <span className={text.quiet}>
        {baseline.frozen ? (
          <Frozen origin={props.origin} />
        ) : (
          t('measures.counted', {
            from: <Day day={baseline.from ?? ''} />,
            until: <Day day={baseline.until ?? ''} />,
          })
        )}
      </span>
    </>
  );
}

/** Who froze a baseline, and when, as far as that is known to the reader. */
function Frozen({ origin }: { origin?: BaselineOrigin }) {
  const { t } = useTranslationRef(mentorshipTranslationRef);
  if (!origin) {
    return <>{t('measures.frozen')}</>;
  }
  const when = <Moment at={origin.setAt} />;
  return (
    <>
      {origin.setBy
        ? t('measures.frozenBy', {
            who: (
              <EntityDisplayName
                entityRef={origin.setBy}
                hideIcon
                disableTooltip
              />
            ),
            when,
          })
        : t('measures.frozenAt', { when })}
    </>
  );
}

/** In how many services it was counted, and why not in the others. */
function Measured({ measure }: { measure: Measure }) {
  const { t } = useTranslationRef(mentorshipTranslationRef);
  const format = new Intl.NumberFormat(useLanguage());
  const others = unmeasuredOf(measure);
  const measured = t('measures.servicesMeasured', {
    count: measure.measured,
    formattedCount: format.format(measure.measured),
  });
  return others === 0 ? (
    <p className={styles.measured}>{measured}</p>
  ) : (
    <Fold
      label={`${measured} · ${t('measures.othersNot', {
        others: format.format(others),
      })}`}
    >
      <ul className={styles.reasons}>
        {measure.unmeasured.map(({ reason, services }) => (
          <li key={plainText(reason)}>
            {t('measures.why', {
              count: services,
              formattedCount: format.format(services),
            })}{' '}
            <Words parts={reason} />
          </li>
        ))}
      </ul>
    </Fold>
  );
}
