import { useApi, useTranslationRef } from '@backstage/frontend-plugin-api';
import type { AssessmentsFilter } from 'backstage-plugin-mentorship-common';
import { mentorshipApiRef } from '../api';
import { ExportButton } from '../downloads/ExportButton';
import { mentorshipTranslationRef } from '../translation';

/** Downloads exactly the services that the filters leave. */
export function CsvButton({ filter }: { filter: AssessmentsFilter }) {
  const { t } = useTranslationRef(mentorshipTranslationRef);
  const api = useApi(mentorshipApiRef);
  return (
    <ExportButton
      label={t('overview.csvLabel')}
      subject="services"
      fetch={() => api.exportAssessments(filter)}
      fileName={() => `mentorship-${new Date().toISOString().slice(0, 10)}.csv`}
    />
  );
}
