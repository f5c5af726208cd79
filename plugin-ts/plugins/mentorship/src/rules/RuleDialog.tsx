import ReactMarkdown from 'react-markdown';
import remarkGfm from 'remark-gfm';
import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { Dialog, DialogBody, DialogHeader, Skeleton } from '@backstage/ui';
import type { RuleEntry } from 'backstage-plugin-mentorship-common';
import { useRule } from '../answers/useAnswer';
import { Problem } from '../states/States';
import { mentorshipTranslationRef } from '../translation';
import { OutsideLink } from '../words/Words';
import { useLevelNames } from './levelNames';
import styles from './rule.module.css';

/** A rule's page in a panel at the side. */
export function RuleDialog(props: {
  id: string;
  title?: string;
  onClose: () => void;
}) {
  const { t } = useTranslationRef(mentorshipTranslationRef);
  const asked = useRule(props.id);
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
        {asked.state === 'answered' && <Rule rule={asked.value} />}
      </DialogBody>
    </Dialog>
  );
}

function Rule({ rule }: { rule: RuleEntry }) {
  const { t } = useTranslationRef(mentorshipTranslationRef);
  const levelNames = useLevelNames();
  return (
    <article className={styles.rule}>
      <p className={styles.facts}>
        <code>{rule.id}</code>
        {' · '}
        {t(`category.${rule.category}`)}
        {' · '}
        {t('rule.weight', { weight: String(rule.weight) })}
        {' · '}
        {rule.levels.length > 0
          ? t('rule.levels', { levels: levelNames(rule.levels) })
          : t('rule.noLevels')}
      </p>
      <ReactMarkdown
        skipHtml
        remarkPlugins={[remarkGfm]}
        disallowedElements={['img']}
        components={{
          a: ({ href, children }) => (
            <OutsideLink href={href}>{String(children)}</OutsideLink>
          ),
          // The dialog's title is the page's heading; its sections follow.
          h1: 'h3',
          h2: 'h3',
          h3: 'h4',
        }}
      >
        {rule.page}
      </ReactMarkdown>
    </article>
  );
}

function RuleSkeleton() {
  const { t } = useTranslationRef(mentorshipTranslationRef);
  return (
    <div
      aria-busy="true"
      role="group"
      aria-label={t('rule.loading')}
      className={styles.rule}
    >
      <Skeleton width="60%" height={16} />
      <Skeleton width="100%" height={72} />
      <Skeleton width="100%" height={120} />
    </div>
  );
}
