import { useRouteRef, useTranslationRef } from '@backstage/frontend-plugin-api';
import { Link, Skeleton } from '@backstage/ui';
import type { RuleEntry } from 'backstage-plugin-mentorship-common';
import { TextButton } from '../layout/TextButton';
import { servicesRouteRef } from '../routes';
import { mentorshipTranslationRef } from '../translation';
import { useLanguage } from '../words/Dates';
import { useLevelNames } from './levelNames';
import type { RuleGrouping } from './ruleGroups';
import text from '../layout/text.module.css';
import styles from './rules.module.css';

/** A rule: its page, its weight, and the services that fail it. */
export function RuleItem(props: {
  rule: RuleEntry;
  /** What its group says of it already. */
  by: RuleGrouping;
  /** Services that fail it; absent where they are not counted. */
  failing: number | undefined;
  onOpen: () => void;
}) {
  const { t } = useTranslationRef(mentorshipTranslationRef);
  const levelNames = useLevelNames();
  const { rule, by } = props;
  const beside =
    by === 'level'
      ? t(`category.${rule.category}`)
      : rule.levels.length > 0 &&
        t('rule.levels', { levels: levelNames(rule.levels) });
  return (
    <li className={styles.rule}>
      <div className={styles.words}>
        <TextButton strong onClick={props.onOpen}>
          {rule.title}
        </TextButton>
        <p className={text.quiet}>
          {t('rules.weight', { weight: String(rule.weight) })}
          {beside && ` · ${beside}`}
        </p>
      </div>
      <Failing rule={rule} failing={props.failing} />
    </li>
  );
}

function Failing(props: { rule: RuleEntry; failing: number | undefined }) {
  const { t } = useTranslationRef(mentorshipTranslationRef);
  const format = new Intl.NumberFormat(useLanguage());
  const services = useRouteRef(servicesRouteRef);
  const { rule, failing } = props;
  if (failing === undefined) {
    return <Skeleton width={48} height={20} />;
  }
  if (failing === 0 || !services) {
    return (
      <span className={text.quiet}>
        {failing === 0
          ? t('rules.failingNone')
          : t('rules.failing', {
              count: failing,
              formattedCount: format.format(failing),
            })}
      </span>
    );
  }
  return (
    <Link
      href={`${services()}?rule=${encodeURIComponent(rule.id)}`}
      variant="body-medium"
      color="primary"
      className={styles.failing}
    >
      {t('rules.failing', {
        count: failing,
        formattedCount: format.format(failing),
      })}
    </Link>
  );
}
