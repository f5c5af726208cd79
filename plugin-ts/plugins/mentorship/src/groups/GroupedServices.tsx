import { useState } from 'react';
import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { Button, Skeleton, useBreakpoint } from '@backstage/ui';
import { RiSearchLine } from '@remixicon/react';
import type {
  AssessmentGroups,
  AssessmentsFilter,
} from 'backstage-plugin-mentorship-common';
import { useGroups, useKept, useRules } from '../answers/useAnswer';
import { useReloadAfterRun } from '../answers/useReloadAfterRun';
import type { Look } from '../layout/LookSwitch';
import type { Grouping } from '../view/view';
import { Loading } from '../states/Loading';
import { KeptAfterProblem } from '../states/Kept';
import { Blank, Problem } from '../states/States';
import { mentorshipTranslationRef } from '../translation';
import { GroupList } from './GroupList';
import { GroupTable } from './GroupTable';
import { HeatMap } from './HeatMap';
import text from '../layout/text.module.css';
import styles from './groups.module.css';

/** How many groups one answer can hold. */
const MOST = 100;
/** How many groups are drawn at first, and how many more at each press. */
const WIDE = { first: 20, more: MOST };
const NARROW = { first: 6, more: 12 };

/** Services that have an owner or a system in common, the largest group first. */
export function GroupedServices(props: {
  by: Grouping;
  look: Look;
  filter: AssessmentsFilter;
  runId?: number;
}) {
  const { t } = useTranslationRef(mentorshipTranslationRef);
  const { by, look, filter } = props;
  const [pressed, setPressed] = useState(0);
  const isNarrow = useBreakpoint().down('sm');
  const { first, more } = isNarrow ? NARROW : WIDE;
  const limit = Math.min(first + pressed * more, MOST);
  const asked = useKept(useGroups({ ...filter, by, limit }));
  const rules = useRules();
  useReloadAfterRun(props.runId, asked.again);
  if (asked.state === 'asking') {
    return <GroupsSkeleton />;
  }
  if (asked.state === 'failed') {
    return <Problem problem={asked.problem} again={asked.again} />;
  }
  const { items } = asked.value;
  const drawn = {
    by,
    groups: items,
    filter,
    rules: rules.state === 'answered' ? rules.value.rules : [],
  };
  return (
    <div className={styles.groups} aria-busy={asked.asking}>
      {asked.problem !== undefined && (
        <KeptAfterProblem
          part={t('overview.table')}
          problem={asked.problem}
          again={asked.again}
        />
      )}
      {items.length === 0 ? (
        <Blank icon={<RiSearchLine />} title={t('groups.emptyTitle')}>
          {t('overview.noMatchText')}
        </Blank>
      ) : (
        <>
          {look === 'picture' && isNarrow && <GroupList {...drawn} />}
          {look === 'picture' && !isNarrow && <HeatMap {...drawn} />}
          {look === 'table' && <GroupTable {...drawn} />}
          <Rest
            groups={asked.value}
            limit={limit}
            onMore={() => setPressed(pressed + 1)}
          />
        </>
      )}
    </div>
  );
}

function Rest(props: {
  groups: AssessmentGroups;
  limit: number;
  onMore: () => void;
}) {
  const { t } = useTranslationRef(mentorshipTranslationRef);
  const left = props.groups.totalItems - props.groups.items.length;
  if (left <= 0) {
    return null;
  }
  return props.limit < MOST ? (
    <Button
      variant="secondary"
      size="small"
      className={styles.more}
      onPress={props.onMore}
    >
      {t('groups.more', { count: left })}
    </Button>
  ) : (
    <p className={text.quiet}>{t('groups.cut', { count: left })}</p>
  );
}

function GroupsSkeleton() {
  return (
    <Loading className={styles.groups}>
      {[1, 2, 3, 4, 5].map(key => (
        <Skeleton key={key} width="100%" height={40} />
      ))}
    </Loading>
  );
}
