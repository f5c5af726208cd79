import ReactMarkdown from 'react-markdown';
import remarkGfm from 'remark-gfm';
import { useTranslationRef } from '@backstage/frontend-plugin-api';
import type { RuleEntry } from 'backstage-plugin-mentorship-common';
import { mentorshipTranslationRef } from '../translation';
import { OutsideLink } from '../words/Words';
import { useLevelNames } from './levelNames';
import styles from './rule.module.css';

/** A rule's page, as the core carries it. */
export default function RulePage({ rule }: { rule: RuleEntry }) {
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
