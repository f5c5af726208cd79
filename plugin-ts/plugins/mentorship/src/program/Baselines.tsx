import { useState } from 'react';
import {
  toastApiRef,
  useAnalytics,
  useApi,
  useTranslationRef,
} from '@backstage/frontend-plugin-api';
import {
  Alert,
  Button,
  Dialog,
  DialogBody,
  DialogFooter,
  DialogHeader,
  NumberField,
} from '@backstage/ui';
import { RiSnowflakeLine } from '@remixicon/react';
import type {
  FrozenBaseline,
  Measure,
} from 'backstage-plugin-mentorship-common';
import { mentorshipApiRef } from '../api';
import { ReasonedButton } from '../layout/ReasonedButton';
import { message } from '../states/States';
import { mentorshipTranslationRef } from '../translation';
import { useMeasureFormat } from './measureWords';
import styles from './programPage.module.css';

/** Opens the form in which the program owner freezes baselines. */
export function Baselines(props: {
  measures: readonly Measure[];
  frozen: readonly FrozenBaseline[];
  mayDecide: boolean;
  again: () => void;
}) {
  const { t } = useTranslationRef(mentorshipTranslationRef);
  const [open, setOpen] = useState(false);
  return (
    <>
      <ReasonedButton
        label={t('baselines.freeze')}
        icon={<RiSnowflakeLine />}
        reasonAgainst={
          props.mayDecide ? undefined : t('baselines.notPermitted')
        }
        onPress={() => setOpen(true)}
      >
        {t('baselines.freeze')}
      </ReasonedButton>
      {open && (
        <Form
          measures={props.measures}
          frozen={props.frozen}
          again={props.again}
          onClose={() => setOpen(false)}
        />
      )}
    </>
  );
}

function Form(props: {
  measures: readonly Measure[];
  frozen: readonly FrozenBaseline[];
  again: () => void;
  onClose: () => void;
}) {
  const { t } = useTranslationRef(mentorshipTranslationRef);
  const api = useApi(mentorshipApiRef);
  const toasts = useApi(toastApiRef);
  const analytics = useAnalytics();
  const format = useMeasureFormat();
  const { measures, again, onClose } = props;
  const [values, setValues] = useState<Record<string, number | undefined>>(() =>
    Object.fromEntries(
      props.frozen.map(({ measure, value }) => [measure, value]),
    ),
  );
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<unknown>();

  const fill = () =>
    setValues(current => ({
      ...current,
      ...Object.fromEntries(
        measures.flatMap(({ id, value }) =>
          value === undefined ? [] : [[id, value]],
        ),
      ),
    }));
  const save = async () => {
    setBusy(true);
    setProblem(undefined);
    try {
      await api.freezeBaselines(
        measures.flatMap(({ id }) => {
          const value = values[id];
          return value === undefined ? [] : [{ measure: id, value }];
        }),
      );
      analytics.captureEvent('freeze', 'baselines');
      toasts.post({ title: t('baselines.done'), status: 'success' });
      again();
      onClose();
    } catch (failure) {
      setProblem(failure);
      setBusy(false);
    }
  };

  return (
    <Dialog isOpen onOpenChange={isOpen => !isOpen && onClose()} width={560}>
      <DialogHeader>{t('baselines.title')}</DialogHeader>
      <DialogBody>
        <div className={styles.form}>
          <p className={styles.text}>{t('baselines.text')}</p>
          {measures.map(measure => (
            <NumberField
              key={measure.id}
              label={measure.title}
              secondaryLabel={
                measure.unit === 'days' || measure.unit === 'percent'
                  ? t(`baselines.unit.${measure.unit}`)
                  : measure.unit
              }
              description={
                measure.value === undefined
                  ? t('baselines.todayNone')
                  : t('baselines.today', {
                      value: format(measure, measure.value),
                    })
              }
              minValue={0}
              step={0.1}
              value={values[measure.id] ?? NaN}
              onChange={value =>
                setValues(current => ({
                  ...current,
                  [measure.id]: Number.isNaN(value) ? undefined : value,
                }))
              }
            />
          ))}
          {problem !== undefined && (
            <Alert
              status="danger"
              icon
              role="alert"
              title={t('baselines.failed')}
              description={message(problem)}
            />
          )}
        </div>
      </DialogBody>
      <DialogFooter className={styles.formActions}>
        <Button variant="tertiary" onPress={fill}>
          {t('baselines.fill')}
        </Button>
        <Button variant="secondary" onPress={onClose}>
          {t('baselines.cancel')}
        </Button>
        <Button variant="primary" isPending={busy} onPress={save}>
          {t('baselines.save')}
        </Button>
      </DialogFooter>
    </Dialog>
  );
}
