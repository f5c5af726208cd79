import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { RiDownloadLine } from '@remixicon/react';
import { useStatus } from '../answers/useAnswer';
import { ReasonedButton } from '../layout/ReasonedButton';
import { mentorshipTranslationRef } from '../translation';
import { useDownload } from './useDownload';

/** Downloads CSV, for readers who may take results away; others are told whom to ask. */
export function ExportButton(props: {
  /** What is downloaded, in words. */
  label: string;
  /** What analytics call it. */
  subject: string;
  fetch: () => Promise<Blob>;
  fileName: () => string;
}) {
  const { t } = useTranslationRef(mentorshipTranslationRef);
  const status = useStatus();
  const permitted = status.state === 'answered' && status.value.viewer.export;
  const { download, isPending } = useDownload(props);
  return (
    <ReasonedButton
      label={props.label}
      icon={<RiDownloadLine />}
      isPending={isPending}
      reasonAgainst={
        status.state === 'answered' && !permitted
          ? t('download.notPermitted')
          : undefined
      }
      isDisabled={!permitted}
      onPress={download}
    >
      {t('download.csv')}
    </ReasonedButton>
  );
}
