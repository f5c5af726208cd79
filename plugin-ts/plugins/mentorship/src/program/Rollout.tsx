import { CSSProperties, useState } from 'react';
import {
  toastApiRef,
  useAnalytics,
  useApi,
  useTranslationRef,
} from '@backstage/frontend-plugin-api';
import { Button } from '@backstage/ui';
import {
  RiCheckboxBlankCircleLine,
  RiCheckboxCircleFill,
} from '@remixicon/react';
import type {
  ConfirmedStep,
  RolloutStep,
} from 'backstage-plugin-mentorship-common';
import { mentorshipApiRef } from '../api';
import { Panel } from '../layout/Panel';
import { message } from '../states/States';
import { mentorshipTranslationRef } from '../translation';
import { Day } from '../words/Dates';
import { Words } from '../words/Words';
import text from '../layout/text.module.css';
import styles from './programPage.module.css';

/** The eight steps of the first two weeks: ticks of the core, and the owner's. */
export function Rollout(props: {
  steps: readonly RolloutStep[];
  /** What the program owner has confirmed by now. */
  confirmed: readonly ConfirmedStep[];
  mayDecide: boolean;
  again: () => void;
}) {
  const { t } = useTranslationRef(mentorshipTranslationRef);
  const { steps, confirmed, mayDecide } = props;
  return (
    <Panel
      headingLevel={2}
      title={t('rollout.title')}
      aside={
        <span className={text.quiet}>
          {t('rollout.progress', {
            done: String(steps.filter(({ done }) => done).length),
            total: String(steps.length),
          })}
        </span>
      }
    >
      <ol
        className={styles.steps}
        style={{ '--rows': Math.ceil(steps.length / 2) } as CSSProperties}
      >
        {steps.map(step => (
          <Step
            key={step.id}
            step={step}
            confirmed={confirmed.find(known => known.step === step.id)}
            mayDecide={mayDecide}
            again={props.again}
          />
        ))}
      </ol>
      {!mayDecide && <p className={text.quiet}>{t('rollout.byOwner')}</p>}
    </Panel>
  );
}

function Step(props: {
  step: RolloutStep;
  confirmed: ConfirmedStep | undefined;
  mayDecide: boolean;
  again: () => void;
}) {
  const { t } = useTranslationRef(mentorshipTranslationRef);
  const { step, confirmed } = props;
  // What was decided since the run counts with the next one.
  const isPending =
    step.needsConfirmation && (confirmed !== undefined) !== step.done;
  return (
    <li className={styles.step} data-done={step.done}>
      <span className={styles.tick}>
        {step.done ? (
          <RiCheckboxCircleFill aria-hidden="true" />
        ) : (
          <RiCheckboxBlankCircleLine aria-hidden="true" />
        )}
      </span>
      <div>
        <p className={styles.stepTitle}>
          {step.title}{' '}
          <span className={styles.state}>
            {step.done ? t('rollout.done') : t('rollout.open')}
          </span>
        </p>
        <p className={text.quiet}>
          {isPending && confirmed?.on ? (
            t('rollout.confirmedOn', { date: <Day day={confirmed.on} /> })
          ) : (
            <Words parts={step.detail} />
          )}
          {isPending && ` ${t('rollout.pending')}`}
        </p>
      </div>
      {step.needsConfirmation && props.mayDecide && (
        <Confirmation
          step={step}
          isConfirmed={confirmed !== undefined}
          again={props.again}
        />
      )}
    </li>
  );
}

function Confirmation(props: {
  step: RolloutStep;
  isConfirmed: boolean;
  again: () => void;
}) {
  const { t } = useTranslationRef(mentorshipTranslationRef);
  const api = useApi(mentorshipApiRef);
  const toasts = useApi(toastApiRef);
  const analytics = useAnalytics();
  const [busy, setBusy] = useState(false);
  const { step, isConfirmed, again } = props;
  const decide = async () => {
    setBusy(true);
    try {
      await api.confirmRolloutStep(step.id, { confirmed: !isConfirmed });
      analytics.captureEvent(
        isConfirmed ? 'take-back' : 'confirm',
        `rollout ${step.id}`,
      );
      toasts.post({
        title: isConfirmed ? t('rollout.takenBack') : t('rollout.confirmed'),
        status: 'success',
      });
      again();
    } catch (problem) {
      toasts.post({
        title: t('rollout.failed'),
        description: message(problem),
        status: 'danger',
      });
    } finally {
      setBusy(false);
    }
  };
  return (
    <Button
      variant={isConfirmed ? 'tertiary' : 'secondary'}
      size="small"
      isPending={busy}
      aria-label={
        isConfirmed
          ? t('rollout.takeBackStep', { step: step.title })
          : t('rollout.confirmStep', { step: step.title })
      }
      onPress={decide}
    >
      {isConfirmed ? t('rollout.takeBack') : t('rollout.confirm')}
    </Button>
  );
}
