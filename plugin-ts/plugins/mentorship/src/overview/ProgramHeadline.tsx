import type { ReactNode } from 'react';
import { useRouteRef, useTranslationRef } from '@backstage/frontend-plugin-api';
import { Link, Skeleton, useBreakpoint } from '@backstage/ui';
import type { Measure, Program } from 'backstage-plugin-mentorship-common';
import { useProgram } from '../answers/useAnswer';
import { useReloadAfterRun } from '../answers/useReloadAfterRun';
import { Figure } from '../layout/Figure';
import { useUnmeasured } from '../program/measureWords';
import { HowToBegin } from '../rules/HowToBegin';
import { programRouteRef } from '../routes';
import { Loading } from '../states/Loading';
import { KeptAfterProblem } from '../states/Kept';
import {
  Failure,
  isNotPermitted,
  isUnavailable,
  message,
} from '../states/States';
import { mentorshipTranslationRef } from '../translation';
import { useLanguage } from '../words/Dates';
import { Words } from '../words/Words';
import text from '../layout/text.module.css';
import styles from './program.module.css';

/**
 * The program in two numbers, each with what it rests on. Readers who may not
 * see the program see nothing of it.
 */
export function ProgramHeadline({ runId }: { runId?: number }) {
  const { t } = useTranslationRef(mentorshipTranslationRef);
  const asked = useProgram();
  useReloadAfterRun(runId, asked.again);
  if (asked.state === 'asking') {
    return <HeadlineSkeleton />;
  }
  if (asked.problem !== undefined && isNotPermitted(asked.problem)) {
    return null;
  }
  if (asked.state === 'failed') {
    // Services can be judged already where no run has summed them up yet.
    return isUnavailable(asked.problem) ? (
      <p className={text.quiet}>{message(asked.problem)}</p>
    ) : (
      <Failure problem={asked.problem} again={asked.again} />
    );
  }
  const { program, isUpToDate } = asked.value;
  return (
    <section
      className={styles.headline}
      aria-label={t('program.title')}
      aria-busy={asked.asking}
    >
      {asked.problem !== undefined && (
        <KeptAfterProblem
          part={t('program.title')}
          problem={asked.problem}
          again={asked.again}
        />
      )}
      <BusFactorIndex measures={program.measures} />
      {program.enrolled === 0 && program.services > 0 ? (
        <Unbegun services={program.services} />
      ) : (
        <RotationsDue program={program} />
      )}
      {!isUpToDate && (
        <p className={`${text.quiet} ${styles.across}`}>
          {t('program.outdated')}
        </p>
      )}
    </section>
  );
}

function BusFactorIndex({ measures }: { measures: readonly Measure[] }) {
  const { t } = useTranslationRef(mentorshipTranslationRef);
  const measure = measures.find(({ id }) => id === 'bus-factor-index');
  if (!measure) {
    return null;
  }
  const { part, whole, targetPart } = measure;
  return (
    <Headline
      label={measure.title}
      number={
        whole > 0
          ? t('program.partOf', { part: String(part), whole: String(whole) })
          : t('program.noNumber')
      }
      isKnown={whole > 0}
      aside={
        targetPart === undefined
          ? undefined
          : t('program.target', { target: String(targetPart) })
      }
    >
      <p className={styles.basis}>
        <Words parts={measure.summary} />
      </p>
      <Unmeasured measure={measure} />
    </Headline>
  );
}

/** Of how many services nothing could be counted; the program page says why. */
function Unmeasured({ measure }: { measure: Measure }) {
  const program = useRouteRef(programRouteRef);
  const words = useUnmeasured(measure);
  return words === undefined ? null : (
    <p className={text.quiet}>
      {program ? (
        <Link href={program()} variant="body-small" color="primary">
          {words}
        </Link>
      ) : (
        words
      )}
    </p>
  );
}

/** No service takes part, so no rotation can be due: how the first one joins. */
function Unbegun({ services }: { services: number }) {
  const { t } = useTranslationRef(mentorshipTranslationRef);
  const format = new Intl.NumberFormat(useLanguage());
  return (
    <Headline
      label={t('program.enrolledLabel')}
      number={t('program.partOf', {
        part: '0',
        whole: format.format(services),
      })}
      isOpen
    >
      <div className={styles.basis}>
        <HowToBegin />
      </div>
    </Headline>
  );
}

function RotationsDue({ program }: { program: Program }) {
  const { t } = useTranslationRef(mentorshipTranslationRef);
  const format = new Intl.NumberFormat(useLanguage());
  const { within30, overdue, vacant, unknown } = program.rotations;
  const others = [
    overdue > 0 && t('program.overdue', { count: overdue }),
    vacant > 0 && t('program.vacant', { count: vacant }),
  ].filter(Boolean);
  return (
    <Headline label={t('program.rotations')} number={format.format(within30)}>
      <p className={styles.basis}>
        {[
          t('program.enrolled', {
            count: program.enrolled,
            formattedCount: format.format(program.enrolled),
          }),
          ...others,
        ].join(' · ')}
      </p>
      {unknown > 0 && (
        <p className={text.quiet}>
          {t('program.dueUnknown', {
            count: unknown,
            formattedCount: format.format(unknown),
          })}
        </p>
      )}
    </Headline>
  );
}

/**
 * A number that never stands without what it counts. What it rests on stands beside
 * it, or, on a narrow screen, is folded below it.
 */
function Headline(props: {
  label: string;
  number: string;
  isKnown?: boolean;
  aside?: string;
  /** Whether what it rests on leads as well, and is never folded at first. */
  isOpen?: boolean;
  children: ReactNode;
}) {
  const isNarrow = useBreakpoint().down('sm');
  const figure = <Figure number={props.number} isKnown={props.isKnown} />;
  const label = (
    <p className={styles.label}>
      {props.label}{' '}
      {props.aside && <span className={text.quiet}>{props.aside}</span>}
    </p>
  );
  return (
    <div className={styles.figure} role="group" aria-label={props.label}>
      {isNarrow ? (
        <details className={styles.folded} open={props.isOpen}>
          <summary>
            {figure}
            {label}
          </summary>
          {props.children}
        </details>
      ) : (
        <>
          {figure}
          <div className={styles.words}>
            {label}
            {props.children}
          </div>
        </>
      )}
    </div>
  );
}

function HeadlineSkeleton() {
  const isNarrow = useBreakpoint().down('sm');
  return (
    <Loading className={styles.headline}>
      {[1, 2].map(key => (
        <div key={key} className={styles.figure}>
          <Skeleton width="5rem" height={34} />
          <div className={isNarrow ? styles.folded : styles.words}>
            <Skeleton width={isNarrow ? '85%' : '60%'} height={20} />
            {!isNarrow && <Skeleton width="90%" height={34} />}
          </div>
        </div>
      ))}
    </Loading>
  );
}
