import { useTranslationRef } from '@backstage/frontend-plugin-api';
import type { AssessmentHistory } from 'backstage-plugin-mentorship-common';
import { DataTable } from '../layout/DataTable';
import { LevelMark } from '../marks/LevelMark';
import { mentorshipTranslationRef } from '../translation';
import { Day } from '../words/Dates';
import { useValueWords } from './valueWords';

/** What the charts show, a day of change in each row, the newest first. */
export function HistoryTable({ history }: { history: AssessmentHistory }) {
  const { t } = useTranslationRef(mentorshipTranslationRef);
  const words = useValueWords();
  return (
    <DataTable
      label={t('history.title')}
      columns={[
        { label: t('history.day') },
        { label: t('history.value.level') },
        { label: t('history.value.score'), isNumber: true },
        { label: t('history.value.coverage'), isNumber: true },
        { label: t('history.value.busFactor'), isNumber: true },
        { label: t('history.value.rotationState') },
        { label: t('history.value.mentorshipStatus') },
        { label: t('history.failing'), isNumber: true },
      ]}
      rows={[...history.points].reverse().map(point => ({
        key: point.day,
        cells: [
          <Day key="day" day={point.day} />,
          <LevelMark key="level" level={point.level} look="plain" />,
          words('score', point.score),
          words('coverage', point.coverage),
          words('busFactor', point.busFactor),
          words('rotationState', point.rotationState),
          words('mentorshipStatus', point.mentorshipStatus),
          point.failedRules.length,
        ],
      }))}
    />
  );
}
