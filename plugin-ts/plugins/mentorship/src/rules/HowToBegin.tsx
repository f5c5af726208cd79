import { useState } from 'react';
import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { TextButton } from '../layout/TextButton';
import { mentorshipTranslationRef } from '../translation';
import { WithCode } from '../words/Words';
import { RuleDialog } from './RuleDialog';
import styles from './rule.module.css';

/** How a service joins the program; the pages of two rules show what is to be written. */
export function HowToBegin() {
  const { t } = useTranslationRef(mentorshipTranslationRef);
  const [open, setOpen] = useState<string | undefined>();
  return (
    <div className={styles.begin}>
      <p>
        <WithCode text={t('begin.text')} />
      </p>
      <p className={styles.beginPages}>
        <TextButton onClick={() => setOpen('no-steward')}>
          {t('begin.steward')}
        </TextButton>
        <TextButton onClick={() => setOpen('no-mentorship-plan')}>
          {t('begin.plan')}
        </TextButton>
      </p>
      {open !== undefined && (
        <RuleDialog id={open} onClose={() => setOpen(undefined)} />
      )}
    </div>
  );
}
