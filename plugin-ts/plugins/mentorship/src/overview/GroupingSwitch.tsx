import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { ChoiceSwitch } from '../layout/ChoiceSwitch';
import { mentorshipTranslationRef } from '../translation';
import type { Grouping } from '../view/view';

/** Services one by one, or grouped by what they have in common. */
export function GroupingSwitch(props: {
  by: Grouping | undefined;
  onChange: (by: Grouping | undefined) => void;
}) {
  const { t } = useTranslationRef(mentorshipTranslationRef);
  return (
    <ChoiceSwitch<Grouping | 'services'>
      label={t('groups.label')}
      choices={[
        { id: 'services', label: t('groups.each') },
        { id: 'owner', label: t('groups.owner') },
        { id: 'system', label: t('groups.system') },
      ]}
      chosen={props.by ?? 'services'}
      onChange={chosen =>
        props.onChange(chosen === 'services' ? undefined : chosen)
      }
    />
  );
}
