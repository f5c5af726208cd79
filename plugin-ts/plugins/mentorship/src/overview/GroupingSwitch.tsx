import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { ToggleButton, ToggleButtonGroup } from '@backstage/ui';
import { mentorshipTranslationRef } from '../translation';
import type { Grouping } from './view';
import styles from '../layout/layout.module.css';

/** Services one by one, or grouped by what they have in common. */
export function GroupingSwitch(props: {
  by: Grouping | undefined;
  onChange: (by: Grouping | undefined) => void;
}) {
  const { t } = useTranslationRef(mentorshipTranslationRef);
  return (
    <ToggleButtonGroup
      className={styles.switch}
      aria-label={t('groups.label')}
      selectionMode="single"
      disallowEmptySelection
      selectedKeys={[props.by ?? 'services']}
      onSelectionChange={([chosen]) =>
        props.onChange(chosen === 'services' ? undefined : (chosen as Grouping))
      }
    >
      <ToggleButton id="services">{t('groups.each')}</ToggleButton>
      <ToggleButton id="owner">{t('groups.owner')}</ToggleButton>
      <ToggleButton id="system">{t('groups.system')}</ToggleButton>
    </ToggleButtonGroup>
  );
}
