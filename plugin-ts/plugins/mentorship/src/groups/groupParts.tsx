import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { Link } from '@backstage/ui';
import type { AssessmentGroup } from 'backstage-plugin-mentorship-common';
import { levelColour } from '../marks/levelColour';
import { LEVELS } from '../marks/scales';
import { mentorshipTranslationRef } from '../translation';
import { useLanguage } from '../words/Dates';
import { DrawnGroups, FailedRule, useGroupWords } from './drawnGroups';
import text from '../layout/text.module.css';
import styles from './groups.module.css';

/** A group by its name, how many services it has, and their levels. */
export function GroupName(props: {
  group: AssessmentGroup;
  name: string;
  href: string | undefined;
}) {
  const { t } = useTranslationRef(mentorshipTranslationRef);
  const format = new Intl.NumberFormat(useLanguage());
  const { group, name, href } = props;
  return (
    <>
      {href ? (
        <Link href={href} color="primary" weight="bold">
          {name}
        </Link>
      ) : (
        <strong>{name}</strong>
      )}
      <span className={text.quiet}>
        {t('groups.services', {
          count: group.services,
          formattedCount: format.format(group.services),
        })}
      </span>
      <LevelBar group={group} />
    </>
  );
}

/** How many services of a group fail a rule, in words and as a shade. */
export function useFailing(drawn: DrawnGroups) {
  const { t } = useTranslationRef(mentorshipTranslationRef);
  const format = new Intl.NumberFormat(useLanguage());
  const words = useGroupWords(drawn);
  return (group: AssessmentGroup, rule: FailedRule) => {
    const failing = group.failedRules[rule.id] ?? 0;
    return {
      number: format.format(failing),
      share: shade(failing, group.services),
      label: t('groups.cell', {
        failing: format.format(failing),
        services: format.format(group.services),
        group: words.nameOf(group),
        rule: rule.title,
      }),
      href:
        failing > 0 ? words.addressOf(group, { rule: [rule.id] }) : undefined,
    };
  };
}

/** Shades are quarters of the group, so that few of many differ from all of few. */
const SHADES = ['none', 'few', 'some', 'many', 'most'] as const;

function shade(failing: number, services: number): (typeof SHADES)[number] {
  return SHADES[
    failing === 0 ? 0 : Math.min(Math.ceil((failing / services) * 4), 4)
  ];
}

/** What the shades mean. */
export function Legend() {
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
      <span className={text.quiet}>{t('groups.legend')}:</span>
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
              {...levelColour(level)}
              style={{ flexGrow: group.byLevel[level] }}
            />
          ),
      )}
    </span>
  );
}
