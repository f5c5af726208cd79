import type { ReactElement } from 'react';
import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { RiTable2 } from '@remixicon/react';
import { mentorshipTranslationRef } from '../translation';
import { ChoiceSwitch } from './ChoiceSwitch';

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
    <ChoiceSwitch<Look>
      label={t('look.label')}
      choices={[
        { id: 'picture', label: props.picture, icon: props.icon },
        { id: 'table', label: t('look.table'), icon: <RiTable2 /> },
      ]}
      chosen={props.look}
      onChange={props.onChange}
    />
  );
}
