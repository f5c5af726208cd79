import { useState } from 'react';
import {
  toastApiRef,
  useApi,
  useTranslationRef,
} from '@backstage/frontend-plugin-api';
import type { AssessmentsFilter } from 'backstage-plugin-mentorship-common';
import { RiDownloadLine } from '@remixicon/react';
import { mentorshipApiRef } from '../api';
import { useStatus } from '../answers/useAnswer';
import { message } from '../states/States';
import { mentorshipTranslationRef } from '../translation';
import { ReasonedButton } from './ReasonedButton';

/** Downloads exactly the services that the filters leave. */
export function CsvButton({ filter }: { filter: AssessmentsFilter }) {
  const { t } = useTranslationRef(mentorshipTranslationRef);
  const api = useApi(mentorshipApiRef);
  const toasts = useApi(toastApiRef);
  const status = useStatus();
  const [busy, setBusy] = useState(false);
  const permitted = status.state === 'answered' && status.value.viewer.export;

  const download = async () => {
    setBusy(true);
    try {
      save(await api.exportAssessments(filter), fileName());
      toasts.post({ title: t('overview.csvDone'), status: 'success' });
    } catch (problem) {
      toasts.post({
        title: t('overview.csvFailed'),
        description: message(problem),
        status: 'danger',
      });
    } finally {
      setBusy(false);
    }
  };

  return (
    <ReasonedButton
      label={t('overview.csvLabel')}
      icon={<RiDownloadLine />}
      isPending={busy}
      reasonAgainst={
        status.state === 'answered' && !permitted
          ? t('overview.csvNotPermitted')
          : undefined
      }
      isDisabled={!permitted}
      onPress={download}
    >
      {t('overview.csv')}
    </ReasonedButton>
  );
}

function fileName(): string {
  return `mentorship-${new Date().toISOString().slice(0, 10)}.csv`;
}

function save(blob: Blob, name: string) {
  const address = URL.createObjectURL(blob);
  const link = document.createElement('a');
  link.href = address;
  link.download = name;
  document.body.append(link);
  link.click();
  link.remove();
  // The download has its own hold on the bytes once it has begun.
  setTimeout(() => URL.revokeObjectURL(address), 10_000);
}
