import type { ReactNode } from 'react';
import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { Alert, Button } from '@backstage/ui';
import { ResponseError } from '@backstage/errors';
import {
  isFirstPassPending,
  isNotJudged,
} from 'backstage-plugin-mentorship-common';
import { RiCompass3Line, RiHourglassLine, RiLockLine } from '@remixicon/react';
import { mentorshipTranslationRef } from '../translation';
import { WithCode } from '../words/Words';
import styles from './states.module.css';

/** A whole area with nothing to show, and what to do about it. */
export function Blank(props: {
  icon: ReactNode;
  title: string;
  children: ReactNode;
  action?: ReactNode;
}) {
  return (
    <div className={styles.blank} role="status">
      <span className={styles.blankIcon} aria-hidden="true">
        {props.icon}
      </span>
      <p className={styles.blankTitle}>{props.title}</p>
      <p className={styles.blankText}>{props.children}</p>
      {props.action}
    </div>
  );
}

/** Why nothing can be shown: pending, not permitted, not judged, or an error. */
export function Problem(props: { problem: unknown; again: () => void }) {
  const { problem } = props;
  if (isFirstPassPending(problem)) {
    return <FirstPass />;
  }
  if (isNotPermitted(problem)) {
    return <NotPermitted />;
  }
  if (isNotJudged(problem)) {
    return <NotJudged />;
  }
  return <Failure problem={problem} again={props.again} />;
}

/** There is no assessment of this. */
function NotJudged() {
  const { t } = useTranslationRef(mentorshipTranslationRef);
  return (
    <Blank icon={<RiCompass3Line />} title={t('states.notJudgedTitle')}>
      {t('states.notJudgedText')}
    </Blank>
  );
}

/** The reader may see nothing of this, and whom to ask. */
export function NotPermitted() {
  const { t } = useTranslationRef(mentorshipTranslationRef);
  return (
    <Blank icon={<RiLockLine />} title={t('states.notPermittedTitle')}>
      <WithCode text={t('states.notPermittedText')} />
    </Blank>
  );
}

/** Why nothing can be shown, in a card or a widget, where there is room for a line or two. */
export function BriefProblem(props: { problem: unknown; again: () => void }) {
  const { t } = useTranslationRef(mentorshipTranslationRef);
  const { problem } = props;
  if (isFirstPassPending(problem)) {
    return (
      <Brief icon={<RiHourglassLine />}>
        {t('states.pendingTitle')}. {t('states.pendingText')}
      </Brief>
    );
  }
  if (isNotPermitted(problem)) {
    return (
      <Brief icon={<RiLockLine />}>
        <WithCode text={t('states.notPermittedText')} />
      </Brief>
    );
  }
  if (isNotJudged(problem)) {
    return <Brief icon={<RiCompass3Line />}>{t('states.notJudgedText')}</Brief>;
  }
  return <Failure problem={problem} again={props.again} />;
}

function Brief(props: { icon: ReactNode; children: ReactNode }) {
  return (
    <p className={styles.brief} role="status">
      <span aria-hidden="true">{props.icon}</span>
      <span>{props.children}</span>
    </p>
  );
}

/** Something failed that may work the next time. */
export function Failure(props: { problem: unknown; again: () => void }) {
  const { t } = useTranslationRef(mentorshipTranslationRef);
  return (
    <Alert
      status="danger"
      icon
      role="alert"
      title={t('states.failedTitle')}
      description={message(props.problem)}
      customActions={<Retry again={props.again} />}
    />
  );
}

/** The first pass is under way: nothing is known, and that says nothing. */
export function FirstPass() {
  const { t } = useTranslationRef(mentorshipTranslationRef);
  return (
    <Blank icon={<RiHourglassLine />} title={t('states.pendingTitle')}>
      {t('states.pendingText')}
    </Blank>
  );
}

/** Whether an error says that the reader may not see the answer. */
export function isNotPermitted(problem: unknown): boolean {
  return (
    problem instanceof ResponseError && problem.cause.name === 'NotAllowedError'
  );
}

/** Whether an error says that the question is not answered as it is put. */
export function isRefused(problem: unknown): boolean {
  return (
    problem instanceof ResponseError && problem.cause.name === 'InputError'
  );
}

/** Whether an error says that the answer is not there yet, or not just now. */
export function isUnavailable(problem: unknown): boolean {
  return (
    problem instanceof ResponseError &&
    problem.cause.name === 'ServiceUnavailableError'
  );
}

/** What an error says, for people. */
export function message(problem: unknown): string {
  if (problem instanceof ResponseError) {
    return problem.cause.message;
  }
  return problem instanceof Error ? problem.message : String(problem);
}

/** The way to ask again. */
export function Retry({ again }: { again: () => void }) {
  const { t } = useTranslationRef(mentorshipTranslationRef);
  return (
    <Button variant="secondary" size="small" onPress={again}>
      {t('states.retry')}
    </Button>
  );
}
