import type { ReactNode } from 'react';
import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { Skeleton } from '@backstage/ui';
import type { Measure, Program } from 'backstage-plugin-mentorship-common';
import { useProgram } from '../answers/useAnswer';
import {
  Failure,
  isNotPermitted,
  isUnavailable,
  KeptAfterProblem,
  message,
} from '../states/States';
import { mentorshipTranslationRef } from '../translation';
import { useLanguage } from '../words/Dates';
import { plainText, Words } from '../words/Words';
import { useReloadAfterRun } from '../answers/useReloadAfterRun';
import { Figure } from '../layout/Figure';
import { Loading } from '../states/Loading';
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
      <p className={styles.quiet}>{message(asked.problem)}</p>
    ) : (
      <Failure problem={asked.problem} again={asked.again} />
    );
  }
  const { program, isUpToDate } = asked.value;
  return (
    <>
      {asked.problem !== undefined && (
        <KeptAfterProblem problem={asked.problem} again={asked.again} />
      )}
      <section
        className={styles.headline}
        aria-label={t('program.title')}
        aria-busy={asked.asking}
      >
        <BusFactorIndex measures={program.measures} />
        <RotationsDue program={program} />
        {!isUpToDate && <p className={styles.quiet}>{t('program.outdated')}</p>}
      </section>
    </>
  );
}

function BusFactorIndex({ measures }: { measures: readonly Measure[] }) {
  const { t } = useTranslationRef(mentorshipTranslationRef);
  const format = new Intl.NumberFormat(useLanguage());
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
      {measure.unmeasured.map(({ reason, services }) => (
        <p key={plainText(reason)} className={styles.quiet}>
          {t('program.notMeasured', {
            count: services,
            formattedCount: format.format(services),
          })}{' '}
          <Words parts={reason} />
        </p>
      ))}
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
        <p className={styles.quiet}>
          {t('program.dueUnknown', {
            count: unknown,
            formattedCount: format.format(unknown),
          })}
        </p>
      )}
    </Headline>
  );
}

/** A number that never stands without what it counts. */
function Headline(props: {
  label: string;
  number: string;
  isKnown?: boolean;
  aside?: string;
  children: ReactNode;
}) {
  return (
    <div className={styles.figure} role="group" aria-label={props.label}>
      <Figure number={props.number} isKnown={props.isKnown}>
        {props.aside && <span className={styles.quiet}>{props.aside}</span>}
        <span className={styles.label}>{props.label}</span>
      </Figure>
      {props.children}
    </div>
  );
}

function HeadlineSkeleton() {
  return (
    <Loading className={styles.headline}>
      {[1, 2].map(key => (
        <div key={key} className={styles.figure}>
          <Skeleton width="12rem" height={28} />
          <Skeleton width="80%" height={18} />
        </div>
      ))}
    </Loading>
  );
}
