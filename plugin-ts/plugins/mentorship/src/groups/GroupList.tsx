import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { Link } from '@backstage/ui';
import type { AssessmentGroup } from 'backstage-plugin-mentorship-common';
import { Fold } from '../layout/Panel';
import { mentorshipTranslationRef } from '../translation';
import {
  DrawnGroups,
  FailedRule,
  failedRules,
  useGroupWords,
} from './drawnGroups';
import { GroupName, Legend, useFailing } from './groupParts';
import text from '../layout/text.module.css';
import styles from './groups.module.css';

/** How many rules of a group are shown before anybody asks for all. */
const FIRST = 3;

/**
 * The heat map where the screen is too narrow for columns: groups one below the
 * other, each with what most of its services fail, and the rest folded.
 */
export function GroupList(props: DrawnGroups) {
  const { t } = useTranslationRef(mentorshipTranslationRef);
  const words = useGroupWords(props);
  const { by, groups } = props;
  const rules = failedRules(props);
  return (
    <>
      <ul className={styles.list} aria-label={t(`groups.map_${by}`)}>
        {groups.map(group => (
          <li key={group.group ?? ''}>
            <div className={styles.listHead}>
              <GroupName
                group={group}
                name={words.nameOf(group)}
                href={words.addressOf(group)}
              />
            </div>
            <FailedMost
              drawn={props}
              group={group}
              rules={mostFailed(group, rules)}
            />
          </li>
        ))}
      </ul>
      {rules.length > 0 && <Legend />}
    </>
  );
}

function FailedMost(props: {
  drawn: DrawnGroups;
  group: AssessmentGroup;
  rules: readonly FailedRule[];
}) {
  const { t } = useTranslationRef(mentorshipTranslationRef);
  const { drawn, group, rules } = props;
  if (rules.length === 0) {
    return <p className={text.quiet}>{t('groups.nothing')}</p>;
  }
  const rest = rules.slice(FIRST);
  return (
    <>
      <Fields drawn={drawn} group={group} rules={rules.slice(0, FIRST)} />
      {rest.length > 0 && (
        <Fold label={t('groups.moreRules', { count: rest.length })}>
          <Fields drawn={drawn} group={group} rules={rest} />
        </Fold>
      )}
    </>
  );
}

function Fields(props: {
  drawn: DrawnGroups;
  group: AssessmentGroup;
  rules: readonly FailedRule[];
}) {
  const failingOf = useFailing(props.drawn);
  return (
    <ul className={styles.fields}>
      {props.rules.map(rule => {
        const { number, share, label, href } = failingOf(props.group, rule);
        return (
          <li key={rule.id} className={styles.namedField} data-share={share}>
            {href ? (
              <Link href={href} color="primary" title={label}>
                <strong>{number}</strong> {rule.title}
              </Link>
            ) : (
              <span>
                <strong>{number}</strong> {rule.title}
              </span>
            )}
          </li>
        );
      })}
    </ul>
  );
}

/** The rules that services of the group fail, those of most services first. */
function mostFailed(
  { failedRules: failed }: AssessmentGroup,
  rules: readonly FailedRule[],
): FailedRule[] {
  return rules
    .filter(({ id }) => failed[id] > 0)
    .sort((a, b) => failed[b.id] - failed[a.id]);
}
