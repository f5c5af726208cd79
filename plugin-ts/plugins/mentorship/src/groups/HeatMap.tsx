import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { Link } from '@backstage/ui';
import { useState } from 'react';
import { TextButton } from '../layout/TextButton';
import { RuleDialog } from '../rules/RuleDialog';
import { mentorshipTranslationRef } from '../translation';
import {
  DrawnGroups,
  FailedRule,
  failedRules,
  useGroupWords,
} from './drawnGroups';
import { GroupName, Legend, useFailing } from './groupParts';
import layout from '../layout/layout.module.css';
import text from '../layout/text.module.css';
import styles from './groups.module.css';

/**
 * Groups down, rules across; each field is how many services fail, shaded by
 * their share of the group, and leads to them.
 */
export function HeatMap(props: DrawnGroups) {
  const { t } = useTranslationRef(mentorshipTranslationRef);
  const words = useGroupWords(props);
  const failingOf = useFailing(props);
  const [open, setOpen] = useState<FailedRule | undefined>();
  const { by, groups } = props;
  const rules = failedRules(props);
  return (
    <>
      <div
        className={layout.scrolled}
        role="group"
        aria-label={t(`groups.map_${by}`)}
        // What scrolls must be reachable by keyboard.
        // eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex
        tabIndex={0}
      >
        <table className={styles.map}>
          <thead>
            <tr>
              <th scope="col" className={styles.corner}>
                {t(`groups.group_${by}`)}
              </th>
              {rules.map(rule => (
                <th key={rule.id} scope="col" className={styles.rule}>
                  <TextButton onClick={() => setOpen(rule)}>
                    {rule.title}
                  </TextButton>
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {groups.map(group => (
              <tr key={group.group ?? ''}>
                <th scope="row" className={styles.group}>
                  <GroupName
                    group={group}
                    name={words.nameOf(group)}
                    href={words.addressOf(group)}
                  />
                </th>
                {rules.map(rule => (
                  <Field key={rule.id} {...failingOf(group, rule)} />
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {rules.length === 0 ? (
        <p className={text.quiet}>{t('groups.nothing')}</p>
      ) : (
        <Legend />
      )}
      {open && (
        <RuleDialog
          id={open.id}
          title={open.title}
          onClose={() => setOpen(undefined)}
        />
      )}
    </>
  );
}

function Field(props: ReturnType<ReturnType<typeof useFailing>>) {
  const { number, share, label, href } = props;
  return (
    <td className={styles.field} data-share={share} title={label}>
      {href ? (
        <Link href={href} color="primary" aria-label={label}>
          {number}
        </Link>
      ) : (
        <span>{number}</span>
      )}
    </td>
  );
}
