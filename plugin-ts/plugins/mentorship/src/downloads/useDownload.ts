import { useState } from 'react';
import {
  toastApiRef,
  useAnalytics,
  useApi,
  useTranslationRef,
} from '@backstage/frontend-plugin-api';
import { message } from '../states/States';
import { mentorshipTranslationRef } from '../translation';

/**
 * Fetches a file and hands it to the browser, and says how that went. `subject`
 * is what analytics call it.
 */
export function useDownload(options: {
  subject: string;
  fetch: () => Promise<Blob>;
  fileName: () => string;
}): { download: () => void; isPending: boolean } {
  const { t } = useTranslationRef(mentorshipTranslationRef);
  const toasts = useApi(toastApiRef);
  const analytics = useAnalytics();
  const [isPending, setPending] = useState(false);
  const download = async () => {
    setPending(true);
    try {
      save(await options.fetch(), options.fileName());
      analytics.captureEvent('download', options.subject);
      toasts.post({ title: t('download.done'), status: 'success' });
    } catch (problem) {
      toasts.post({
        title: t('download.failed'),
        description: message(problem),
        status: 'danger',
      });
    } finally {
      setPending(false);
    }
  };
  return { download, isPending };
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
