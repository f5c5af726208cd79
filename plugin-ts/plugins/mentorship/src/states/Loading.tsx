import type { ReactNode } from 'react';
import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { mentorshipTranslationRef } from '../translation';

/** Skeletons in the places of what is being loaded. */
export function Loading(props: {
  className?: string;
  /** What is being loaded, where that is worth saying. */
  label?: string;
  children: ReactNode;
}) {
  const { t } = useTranslationRef(mentorshipTranslationRef);
  return (
    <div
      className={props.className}
      role="group"
      aria-busy="true"
      aria-label={props.label ?? t('states.loading')}
    >
      {props.children}
    </div>
  );
}
