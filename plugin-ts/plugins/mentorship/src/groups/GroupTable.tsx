import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { Link } from '@backstage/ui';
import type { AssessmentGroup } from 'backstage-plugin-mentorship-common';
import { DataTable } from '../layout/DataTable';
import { LEVELS } from '../marks/scales';
import { mentorshipTranslationRef } from '../translation';
import { useLanguage } from '../words/Dates';
import { DrawnGroups, failedRules, useGroupWords } from './drawnGroups';
import styles from './groups.module.css';

/** What the heat map shows in words, and how many services have each level. */
export function GroupTable(props: DrawnGroups) {
  const { t } = useTranslationRef(mentorshipTranslationRef);
  const format = new Intl.NumberFormat(useLanguage());
  const words = useGroupWords(props);
  const { by, groups } = props;
  const rules = failedRules(props);
  const count = (number: number, href: string | undefined) =>
    number > 0 && href ? (
      <Link href={href} color="primary">
        {format.format(number)}
      </Link>
    ) : (
      format.format(number)
    );
  const failing = (group: AssessmentGroup) => (
    <ul className={styles.failing}>
      {rules
        .filter(({ id }) => group.failedRules[id] > 0)
        .map(({ id, title }) => (
          <li key={id}>
            {title}{' '}
            {count(
              group.failedRules[id],
              words.addressOf(group, { rule: [id] }),
            )}
          </li>
        ))}
    </ul>
  );
  return (
    <DataTable
      label={t(`groups.map_${by}`)}
      columns={[
        { label: t(`groups.group_${by}`) },
        { label: t('groups.servicesHead'), isNumber: true },
        ...LEVELS.map(level => ({
          label: t(`level.${level}`),
          isNumber: true,
        })),
        { label: t('groups.failingHead') },
      ]}
      rows={groups.map(group => ({
        key: group.group ?? '',
        cells: [
          <strong key="name">{words.nameOf(group)}</strong>,
          count(group.services, words.addressOf(group)),
          ...LEVELS.map(level =>
            count(
              group.byLevel[level],
              words.addressOf(group, { level: [level] }),
            ),
          ),
          failing(group),
        ],
      }))}
    />
  );
}
