import { useApi, useTranslationRef } from '@backstage/frontend-plugin-api';
import type { AssessmentsFilter } from 'backstage-plugin-mentorship-common';
import { RiDownloadLine } from '@remixicon/react';
import { mentorshipApiRef } from '../api';
import { useStatus } from '../answers/useAnswer';
import { useDownload } from '../downloads/useDownload';
import { ReasonedButton } from '../layout/ReasonedButton';
import { mentorshipTranslationRef } from '../translation';

/** Downloads exactly the services that the filters leave. */
export function CsvButton({ filter }: { filter: AssessmentsFilter }) {
  const { t } = useTranslationRef(mentorshipTranslationRef);
  const api = useApi(mentorshipApiRef);
  const status = useStatus();
  const permitted = status.state === 'answered' && status.value.viewer.export;
  const { download, isPending } = useDownload({
    subject: 'services',
    fetch: () => api.exportAssessments(filter),
    fileName: () => `mentorship-${new Date().toISOString().slice(0, 10)}.csv`,
  });
  return (
    <ReasonedButton
      label={t('overview.csvLabel')}
      icon={<RiDownloadLine />}
      isPending={isPending}
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
