import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { Link } from '@backstage/ui';
import type { AssessmentRow } from 'backstage-plugin-mentorship-common';
import { useEntityNames } from '../answers/useEntityNames';
import { useEntityPaths } from '../layout/entityPaths';
import { TabLink } from '../layout/TabLink';
import { RotationMark } from '../marks/StateMarks';
import { mentorshipTranslationRef } from '../translation';
import { DayDistance } from '../words/Dates';
import { nameInRef } from '../words/refs';
import { CatalogName } from '../words/Words';
import type { ColumnId } from '../view/view';
import styles from './overview.module.css';

/** The service, linked to its Mentorship tab; below it what no column says of it. */
export function ServiceLink(props: {
  row: AssessmentRow;
  columns: readonly ColumnId[];
}) {
  const { row, columns } = props;
  return (
    <span className={styles.service}>
      <TabLink entityRef={row.entityRef} title={row.title} />
      <span className={styles.quiet}>
        <WhatItIs row={row} columns={columns} />
      </span>
    </span>
  );
}

/**
 * Whose a service is, and what, such as `payments · website · production`, beside
 * what columns say.
 */
export function WhatItIs(props: {
  row: AssessmentRow;
  columns?: readonly ColumnId[];
}) {
  const { row, columns = [] } = props;
  const says = (column: ColumnId) => columns.includes(column);
  const inWords = [
    row.type ?? row.kind,
    says('lifecycle') ? undefined : row.lifecycle,
  ];
  return (
    <>
      {row.owner && !says('owner') && (
        <>
          <OwnerLink row={row} /> ·{' '}
        </>
      )}
      {inWords.filter(Boolean).join(' · ')}
    </>
  );
}

/** The owner, by name. */
export function OwnerLink({ row }: { row: AssessmentRow }) {
  return row.owner ? <EntityName entityRef={row.owner} /> : <Nothing />;
}

/** The system, by name. */
export function SystemLink({ row }: { row: AssessmentRow }) {
  return row.system ? <EntityName entityRef={row.system} /> : <Nothing />;
}

/** A link by the name that the portal has for it. */
function EntityName({ entityRef }: { entityRef: string }) {
  const nameOf = useEntityNames([entityRef]);
  return <CatalogName name={nameOf(entityRef)} entityRef={entityRef} />;
}

/** A day, how far away it is. */
export function DayCell({ day }: { day: string | null }) {
  return day === null ? <Nothing /> : <DayDistance day={day} />;
}

/** A number, where there is one. */
export function NumberCell({ value }: { value: number | null }) {
  return value === null ? (
    <Nothing />
  ) : (
    <span className={styles.number}>{value}</span>
  );
}

/** A word, where there is one. */
export function TextCell({ text }: { text: string | null }) {
  return text === null ? <Nothing /> : <>{text}</>;
}

/** The state of the rotation; below it the steward, and for how long. */
export function Rotation({ row }: { row: AssessmentRow }) {
  return (
    <span className={styles.rotation}>
      <RotationMark state={row.rotationState} look="plain" />
      {hasSteward(row) && (
        <span className={styles.quiet}>
          <Steward row={row} />
        </span>
      )}
    </span>
  );
}

/** The steward and for how long, in a line. */
export function Steward({ row }: { row: AssessmentRow }) {
  if (!hasSteward(row)) {
    return <Nothing />;
  }
  const ref = row.steward?.includes(':') ? row.steward : undefined;
  return (
    <>
      <CatalogName
        name={row.stewardName ?? nameInRef(row.steward ?? '')}
        entityRef={ref}
      />
      {row.stewardAgeMonths !== null && (
        <span className={styles.quietInline}>
          {' · '}
          <StewardAge row={row} />
        </span>
      )}
    </>
  );
}

function hasSteward({ steward, stewardName }: AssessmentRow): boolean {
  return steward !== null || stewardName !== null;
}

/** For how long the steward is steward. */
export function StewardAge({ row }: { row: AssessmentRow }) {
  const { t } = useTranslationRef(mentorshipTranslationRef);
  const { stewardAgeMonths } = row;
  return stewardAgeMonths === null ? (
    <Nothing />
  ) : (
    <>{t('overview.ageMonths', { count: stewardAgeMonths })}</>
  );
}

/** Score with its coverage. */
export function ScoreFigure({ row }: { row: AssessmentRow }) {
  const { t } = useTranslationRef(mentorshipTranslationRef);
  if (row.score === null) {
    return <Nothing />;
  }
  return (
    <span>
      <span className={styles.number}>{row.score}</span>
      {row.coverage !== null && (
        <span className={styles.quiet}>
          {t('score.known', { coverage: String(row.coverage) })}
        </span>
      )}
    </span>
  );
}

/** The bus factor with its verdict and what it rests on. */
export function BusFactorFigure({ row }: { row: AssessmentRow }) {
  const { t } = useTranslationRef(mentorshipTranslationRef);
  return (
    <span className={styles.busFactor} data-verdict={row.busFactorVerdict}>
      <span className={styles.number}>{row.busFactor ?? '–'}</span>
      <span>
        {t(`busFactor.verdict.${row.busFactorVerdict}`)}
        {row.busFactorBasis && (
          <span className={styles.quiet}>
            {t(`reading.${row.busFactorBasis}`)}
          </span>
        )}
      </span>
    </span>
  );
}

/** What to do first; below it what comes then. */
export function NextSteps({ row }: { row: AssessmentRow }) {
  const steps = stepsOf(row);
  const [first, second] = steps;
  if (row.level === 'not-enrolled') {
    return <HowToBeginLink row={row} />;
  }
  return first === undefined ? (
    <Nothing />
  ) : (
    <span className={styles.nextSteps} title={steps.join(' · ')}>
      <span>{first}</span>
      {second !== undefined && <span className={styles.quiet}>{second}</span>}
    </span>
  );
}

/** Held to no rule, a service has no steps; its tab says how it joins the program. */
export function HowToBeginLink({ row }: { row: AssessmentRow }) {
  const { t } = useTranslationRef(mentorshipTranslationRef);
  const { tab } = useEntityPaths();
  return (
    <Link
      href={tab(row.entityRef)}
      aria-label={`${t('begin.title')}: ${row.title}`}
      variant="body-small"
      color="primary"
    >
      {t('begin.title')}
    </Link>
  );
}

/** What to do first; rows that an earlier version stored have none until the next run. */
export function stepsOf(row: AssessmentRow): readonly string[] {
  return row.nextSteps ?? [];
}

function Nothing() {
  const { t } = useTranslationRef(mentorshipTranslationRef);
  return (
    <span
      className={styles.quietInline}
      role="img"
      aria-label={t('overview.none')}
    >
      –
    </span>
  );
}
