import { useTranslationRef } from '@backstage/frontend-plugin-api';
import {
  Button,
  MenuListBox,
  MenuListBoxItem,
  MenuTrigger,
} from '@backstage/ui';
import { RiLayoutColumnLine } from '@remixicon/react';
import { mentorshipTranslationRef } from '../translation';
import { COLUMN_IDS, ColumnId, USUAL_COLUMNS } from '../view/view';

/** Which columns the table shows. */
export function ColumnChoice(props: {
  columns: readonly ColumnId[];
  /** Nothing where the usual columns are chosen. */
  onChange: (columns: readonly ColumnId[] | undefined) => void;
}) {
  const { t } = useTranslationRef(mentorshipTranslationRef);
  return (
    <MenuTrigger>
      <Button
        variant="secondary"
        size="small"
        iconStart={<RiLayoutColumnLine />}
      >
        {t('overview.columns')}
      </Button>
      <MenuListBox
        aria-label={t('overview.columns')}
        selectionMode="multiple"
        selectedKeys={props.columns}
        onSelectionChange={keys => {
          const chosen = COLUMN_IDS.filter(
            id => keys === 'all' || keys.has(id),
          );
          props.onChange(
            String(chosen) === String(USUAL_COLUMNS) ? undefined : chosen,
          );
        }}
      >
        {COLUMN_IDS.map(id => (
          <MenuListBoxItem key={id} id={id}>
            {t(`overview.column.${id}`)}
          </MenuListBoxItem>
        ))}
      </MenuListBox>
    </MenuTrigger>
  );
}
