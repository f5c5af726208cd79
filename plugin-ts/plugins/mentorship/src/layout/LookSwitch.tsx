import type { ReactElement } from 'react';
import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { ToggleButton, ToggleButtonGroup } from '@backstage/ui';
import { RiTable2 } from '@remixicon/react';
import { mentorshipTranslationRef } from '../translation';
import styles from './layout.module.css';

/** A picture, or the table that says the same. */
export type Look = 'picture' | 'table';

/** Chooses between a picture and its table. */
export function LookSwitch(props: {
  look: Look;
  picture: string;
  icon: ReactElement;
  onChange: (look: Look) => void;
}) {
  const { t } = useTranslationRef(mentorshipTranslationRef);
  return (
    <ToggleButtonGroup
      className={styles.switch}
      aria-label={t('look.label')}
      selectionMode="single"
      disallowEmptySelection
      selectedKeys={[props.look]}
      onSelectionChange={([chosen]) => props.onChange(chosen as Look)}
    >
      <ToggleButton id="picture" iconStart={props.icon}>
        {props.picture}
      </ToggleButton>
      <ToggleButton id="table" iconStart={<RiTable2 />}>
        {t('look.table')}
      </ToggleButton>
    </ToggleButtonGroup>
  );
}
