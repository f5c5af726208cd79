import { useState } from 'react';
import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { Alert, SearchField, Skeleton } from '@backstage/ui';
import type {
  Facet,
  RuleCatalogue,
  RuleEntry,
} from 'backstage-plugin-mentorship-common';
import { RiSearchLine } from '@remixicon/react';
import { useFacets, useRules } from '../answers/useAnswer';
import { ChoiceSwitch } from '../layout/ChoiceSwitch';
import { Page, Sheet } from '../layout/Page';
import { Panel } from '../layout/Panel';
import { Loading } from '../states/Loading';
import { KeptAfterProblem } from '../states/Kept';
import { Blank, message, Problem } from '../states/States';
import { mentorshipTranslationRef } from '../translation';
import { RuleDialog } from './RuleDialog';
import { RuleItem } from './RuleItem';
import { RuleGrouping, useRuleGroups } from './ruleGroups';
import text from '../layout/text.module.css';
import styles from './rules.module.css';

/** Every rule by the level that asks for it, with how many services fail it. */
export function RulesPage() {
  const asked = useRules();
  return (
    <Page>
      {asked.state === 'asking' && <RulesSkeleton />}
      {asked.state === 'failed' && (
        <Problem problem={asked.problem} again={asked.again} />
      )}
      {asked.state === 'answered' && (
        <>
          {asked.problem !== undefined && (
            <KeptAfterProblem problem={asked.problem} again={asked.again} />
          )}
          <Rules catalogue={asked.value} />
        </>
      )}
    </Page>
  );
}

/** Every service counts. */
const EVERYTHING = {};

function Rules({ catalogue: { rules } }: { catalogue: RuleCatalogue }) {
  const { t } = useTranslationRef(mentorshipTranslationRef);
  const [words, setWords] = useState('');
  const [by, setBy] = useState<RuleGrouping>('level');
  const [open, setOpen] = useState<string | undefined>();
  const facets = useFacets(EVERYTHING);
  const found = rules.filter(rule => matches(rule, words));
  const groups = useRuleGroups(found, by);
  const failing =
    facets.state === 'answered' ? countsOf(facets.value.rule) : undefined;
  return (
    <>
      <div className={styles.bar}>
        <SearchField
          aria-label={t('rules.search')}
          placeholder={t('rules.search')}
          size="small"
          className={styles.search}
          value={words}
          onChange={setWords}
        />
        <span className={text.quiet} role="status">
          {t('rules.found', { count: found.length })}
        </span>
        <ChoiceSwitch<RuleGrouping>
          label={t('groups.label')}
          choices={[
            { id: 'level', label: t('rules.byLevel') },
            { id: 'category', label: t('rules.byCategory') },
          ]}
          chosen={by}
          onChange={setBy}
        />
      </div>
      {by === 'level' && <p className={styles.ladder}>{t('rules.ladder')}</p>}
      {facets.state === 'failed' && (
        <Alert
          status="warning"
          icon
          role="alert"
          title={t('rules.notCounted')}
          description={message(facets.problem)}
        />
      )}
      {found.length === 0 && (
        <Blank icon={<RiSearchLine />} title={t('rules.none')}>
          {t('overview.noMatchText')}
        </Blank>
      )}
      <div className={styles.groups}>
        {groups.map(({ key, title, meaning, rules: inIt }) => (
          <Panel
            key={key}
            headingLevel={2}
            title={title}
            aside={
              <span className={text.quiet}>
                {t('rules.found', { count: inIt.length })}
              </span>
            }
          >
            {meaning && <p className={styles.meaning}>{meaning}</p>}
            <ul className={styles.rules}>
              {inIt.map(rule => (
                <RuleItem
                  key={rule.id}
                  rule={rule}
                  by={by}
                  failing={failing && (failing.get(rule.id) ?? 0)}
                  onOpen={() => setOpen(rule.id)}
                />
              ))}
            </ul>
          </Panel>
        ))}
      </div>
      {open !== undefined && (
        <RuleDialog
          id={open}
          title={rules.find(({ id }) => id === open)?.title}
          onClose={() => setOpen(undefined)}
        />
      )}
    </>
  );
}

function matches({ id, title, page }: RuleEntry, words: string): boolean {
  const searched = `${id} ${title} ${page}`.toLocaleLowerCase();
  return words
    .toLocaleLowerCase()
    .split(/\s+/)
    .every(word => searched.includes(word));
}

/** Services that fail a rule, by its id. */
function countsOf(facet: Facet): ReadonlyMap<string, number> {
  return new Map(
    facet.values.map(({ value, services }) => [String(value), services]),
  );
}

function RulesSkeleton() {
  return (
    <Loading className={styles.loading}>
      <Skeleton width="min(26rem, 60%)" height={32} />
      <div className={styles.groups}>
        {[1, 2, 3, 4].map(key => (
          <Sheet key={key} className={styles.skeleton}>
            <Skeleton width="40%" height={24} />
            {[1, 2, 3, 4, 5].map(rule => (
              <Skeleton key={rule} width="100%" height={36} />
            ))}
          </Sheet>
        ))}
      </div>
    </Loading>
  );
}
