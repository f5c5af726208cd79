import { lazy, Suspense, useEffect } from 'react';
import {
  useAnalytics,
  useTranslationRef,
} from '@backstage/frontend-plugin-api';
import { Dialog, DialogBody, DialogHeader, Skeleton } from '@backstage/ui';
import { useRule } from '../answers/useAnswer';
import { Loading } from '../states/Loading';
import { Problem } from '../states/States';
import { mentorshipTranslationRef } from '../translation';
import styles from './rule.module.css';

// What reads Markdown weighs more than a page of ours.
const RulePage = lazy(() => import('./RulePage'));

/** A rule's page in a panel at the side. */
export function RuleDialog(props: {
  id: string;
  title?: string;
  onClose: () => void;
}) {
  const { t } = useTranslationRef(mentorshipTranslationRef);
  const analytics = useAnalytics();
  const asked = useRule(props.id);
  useEffect(() => {
    analytics.captureEvent('open', `rule ${props.id}`);
    // eslint-disable-next-line react-hooks/exhaustive-deps -- once a rule, whatever else changes
  }, [props.id]);
  return (
    <Dialog
      isOpen
      onOpenChange={isOpen => !isOpen && props.onClose()}
      className={styles.drawer}
      width={560}
    >
      <DialogHeader>
        {props.title ??
          (asked.state === 'answered'
            ? asked.value.title
            : t('rule.fallbackTitle'))}
      </DialogHeader>
      <DialogBody>
        {asked.state === 'asking' && <RuleSkeleton />}
        {asked.state === 'failed' && (
          <Problem problem={asked.problem} again={asked.again} />
        )}
        {asked.state === 'answered' && (
          <Suspense fallback={<RuleSkeleton />}>
            <RulePage rule={asked.value} />
          </Suspense>
        )}
      </DialogBody>
    </Dialog>
  );
}

function RuleSkeleton() {
  const { t } = useTranslationRef(mentorshipTranslationRef);
  return (
    <Loading className={styles.rule} label={t('rule.loading')}>
      <Skeleton width="60%" height={16} />
      <Skeleton width="100%" height={72} />
      <Skeleton width="100%" height={120} />
    </Loading>
  );
}
