import type { ReactElement } from 'react';
import { ToggleButton, ToggleButtonGroup } from '@backstage/ui';
import styles from './layout.module.css';

/** A few choices side by side, of which one is always made. */
export function ChoiceSwitch<Id extends string>(props: {
  label: string;
  choices: ReadonlyArray<{ id: Id; label: string; icon?: ReactElement }>;
  chosen: Id;
  onChange: (chosen: Id) => void;
}) {
  return (
    <ToggleButtonGroup
      className={styles.switch}
      aria-label={props.label}
      selectionMode="single"
      disallowEmptySelection
      selectedKeys={[props.chosen]}
      onSelectionChange={([chosen]) => props.onChange(chosen as Id)}
    >
      {props.choices.map(({ id, label, icon }) => (
        <ToggleButton key={id} id={id} iconStart={icon}>
          {label}
        </ToggleButton>
      ))}
    </ToggleButtonGroup>
  );
}
