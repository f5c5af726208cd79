import type { ReactNode } from 'react';
import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { mentorshipTranslationRef } from '../translation';

/** Skeletons in the places of what is being loaded. */
export function Loading(props: { className?: string; children: ReactNode }) {
  const { t } = useTranslationRef(mentorshipTranslationRef);
  return (
    <div
      className={props.className}
      role="group"
      aria-busy="true"
      aria-label={t('states.loading')}
    >
      {props.children}
    </div>
  );
}
