import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { Link } from '@backstage/ui';
import type { AssessmentGroup } from 'backstage-plugin-mentorship-common';
import { useState } from 'react';
import { TextButton } from '../layout/TextButton';
import { LEVEL_TONE, LEVELS } from '../marks/LevelMark';
import { RuleDialog } from '../rules/RuleDialog';
import { mentorshipTranslationRef } from '../translation';
import { useLanguage } from '../words/Dates';
import {
  DrawnGroups,
  FailedRule,
  failedRules,
  useGroupWords,
} from './drawnGroups';
import styles from './groups.module.css';

/**
 * Groups down, rules across; each field is how many services fail, shaded by
 * their share of the group, and leads to them.
 */
export function HeatMap(props: DrawnGroups) {
  const { t } = useTranslationRef(mentorshipTranslationRef);
  const format = new Intl.NumberFormat(useLanguage());
  const words = useGroupWords(props);
  const [open, setOpen] = useState<FailedRule | undefined>();
  const { by, groups } = props;
  const rules = failedRules(props);
  return (
    <>
      <div
        className={styles.mapBox}
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
            {groups.map(group => {
              const name = words.nameOf(group);
              const address = words.addressOf(group);
              return (
                <tr key={group.group ?? ''}>
                  <th scope="row" className={styles.group}>
                    {address ? (
                      <Link href={address} color="primary" weight="bold">
                        {name}
                      </Link>
                    ) : (
                      <strong>{name}</strong>
                    )}
                    <span className={styles.quiet}>
                      {t('groups.services', {
                        count: group.services,
                        formattedCount: format.format(group.services),
                      })}
                    </span>
                    <LevelBar group={group} />
                  </th>
                  {rules.map(rule => (
                    <Field
                      key={rule.id}
                      group={group}
                      name={name}
                      rule={rule}
                      href={words.addressOf(group, { rule: [rule.id] })}
                    />
                  ))}
                </tr>
              );
            })}
          </tbody>
        </table>
      </div>
      {rules.length === 0 ? (
        <p className={styles.quiet}>{t('groups.nothing')}</p>
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

function Field(props: {
  group: AssessmentGroup;
  name: string;
  rule: FailedRule;
  href: string | undefined;
}) {
  const { t } = useTranslationRef(mentorshipTranslationRef);
  const format = new Intl.NumberFormat(useLanguage());
  const { group, name, rule, href } = props;
  const failing = group.failedRules[rule.id] ?? 0;
  const label = t('groups.cell', {
    failing: format.format(failing),
    services: format.format(group.services),
    group: name,
    rule: rule.title,
  });
  return (
    <td
      className={styles.field}
      data-share={shade(failing, group.services)}
      title={label}
    >
      {failing > 0 && href ? (
        <Link href={href} color="primary" aria-label={label}>
          <span>{format.format(failing)}</span>
          <span className={styles.ruleName} data-rule={rule.title} />
        </Link>
      ) : (
        <span>{format.format(failing)}</span>
      )}
    </td>
  );
}

/** Shades are quarters of the group, so that few of many differ from all of few. */
const SHADES = ['none', 'few', 'some', 'many', 'most'] as const;

function shade(failing: number, services: number): (typeof SHADES)[number] {
  return SHADES[
    failing === 0 ? 0 : Math.min(Math.ceil((failing / services) * 4), 4)
  ];
}

function Legend() {
  const { t } = useTranslationRef(mentorshipTranslationRef);
  const words = {
    none: t('groups.legendNone'),
    few: t('groups.legendFew'),
    some: t('groups.legendSome'),
    many: t('groups.legendMany'),
    most: t('groups.legendMost'),
  };
  return (
    <p className={styles.legend}>
      <span className={styles.quiet}>{t('groups.legend')}:</span>
      {SHADES.map(share => (
        <span key={share} className={styles.legendItem}>
          <span
            className={styles.swatch}
            data-share={share}
            aria-hidden="true"
          />
          {words[share]}
        </span>
      ))}
    </p>
  );
}

/** Services of the group by level; the table has the numbers. */
function LevelBar({ group }: { group: AssessmentGroup }) {
  return (
    <span className={styles.levelBar} aria-hidden="true">
      {LEVELS.map(
        level =>
          group.byLevel[level] > 0 && (
            <span
              key={level}
              data-tone={LEVEL_TONE[level]}
              style={{ flexGrow: group.byLevel[level] }}
            />
          ),
      )}
    </span>
  );
}
