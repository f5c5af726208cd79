import type { ReactElement } from 'react';
import { Button, Tooltip, TooltipTrigger } from '@backstage/ui';
import styles from './layout.module.css';

/**
 * A button that says why it does nothing. It stays reachable by keyboard where
 * there is a reason, so that the reason is too.
 */
export function ReasonedButton(props: {
  label: string;
  icon: ReactElement;
  children: string;
  isPending?: boolean;
  isDisabled?: boolean;
  reasonAgainst?: string;
  onPress: () => void;
}) {
  const { reasonAgainst } = props;
  if (!reasonAgainst) {
    return (
      <Button
        variant="secondary"
        size="small"
        iconStart={props.icon}
        aria-label={props.label}
        isDisabled={props.isDisabled}
        isPending={props.isPending}
        onPress={props.onPress}
      >
        {props.children}
      </Button>
    );
  }
  return (
    <TooltipTrigger delay={200}>
      <Button
        variant="secondary"
        size="small"
        iconStart={props.icon}
        className={styles.withheld}
        aria-label={`${props.label}. ${reasonAgainst}`}
        aria-disabled="true"
      >
        {props.children}
      </Button>
      <Tooltip>{reasonAgainst}</Tooltip>
    </TooltipTrigger>
  );
}
