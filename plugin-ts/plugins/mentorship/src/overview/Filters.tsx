import type { ReactNode } from 'react';
import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { Button, SearchField, Select, useBreakpoint } from '@backstage/ui';
import type {
  AssessmentsFilter,
  RuleCatalogue,
} from 'backstage-plugin-mentorship-common';
import { useRules } from '../answers/useAnswer';
import { Fold } from '../layout/Panel';
import { VERDICTS } from '../marks/StateMarks';
import { mentorshipTranslationRef } from '../translation';
import { useLanguage } from '../words/Dates';
import { CsvButton } from './CsvButton';
import { useOwnersAndSystems } from './useOwnersAndSystems';
import { isNarrowed, ListFilter, ROTATIONS, STATUSES } from './view';
import styles from './overview.module.css';

/** Search, filters and the export of exactly what they leave. */
export function Filters(props: {
  filter: AssessmentsFilter;
  matching: number | undefined;
  onChange: (filter: AssessmentsFilter) => void;
}) {
  const { t } = useTranslationRef(mentorshipTranslationRef);
  const { filter, matching, onChange } = props;
  const language = useLanguage();
  const { owners, systems } = useOwnersAndSystems();
  const rules = useRules();
  const choose = (name: ListFilter) => (values: string[]) =>
    onChange({ ...filter, [name]: values });

  return (
    <div className={styles.filters} role="search">
      <div className={styles.searchRow}>
        <SearchField
          aria-label={t('overview.search')}
          placeholder={t('overview.search')}
          size="small"
          className={styles.search}
          value={filter.text ?? ''}
          onChange={text => onChange({ ...filter, text })}
        />
        <span className={styles.matching} role="status">
          {matching !== undefined &&
            t('overview.services', {
              count: matching,
              formattedCount: new Intl.NumberFormat(language).format(matching),
            })}
        </span>
        {isNarrowed(filter) && (
          <Button variant="tertiary" size="small" onPress={() => onChange({})}>
            {t('overview.clear')}
          </Button>
        )}
        <CsvButton filter={filter} />
      </div>
      <Choices label={t('overview.filters')}>
        <Choice
          label={t('overview.owner')}
          options={owners}
          chosen={filter.owner}
          onChange={choose('owner')}
          searchable
        />
        <Choice
          label={t('overview.system')}
          options={systems}
          chosen={filter.system}
          onChange={choose('system')}
          searchable
        />
        <Choice
          label={t('rotation.label')}
          options={ROTATIONS.map(value => ({
            value,
            label: t(`rotation.${value}`),
          }))}
          chosen={filter.rotationState}
          onChange={choose('rotationState')}
        />
        <Choice
          label={t('busFactor.label')}
          options={VERDICTS.map(value => ({
            value,
            label: t(`busFactor.${value}`),
          }))}
          chosen={filter.busFactorVerdict}
          onChange={choose('busFactorVerdict')}
        />
        <Choice
          label={t('mentorship.label')}
          options={STATUSES.map(value => ({
            value,
            label: t(`mentorship.${value}`),
          }))}
          chosen={filter.mentorshipStatus}
          onChange={choose('mentorshipStatus')}
        />
        <Choice
          label={t('overview.rule')}
          options={rules.state === 'answered' ? ruleOptions(rules.value) : []}
          chosen={filter.rule}
          onChange={choose('rule')}
          searchable
        />
      </Choices>
    </div>
  );
}

/** The filters in a row; folded where the screen is narrow. */
function Choices(props: { label: string; children: ReactNode }) {
  const { down } = useBreakpoint();
  const choices = (
    <div className={styles.selects} role="group" aria-label={props.label}>
      {props.children}
    </div>
  );
  return down('sm') ? <Fold label={props.label}>{choices}</Fold> : choices;
}

interface ChoiceOption {
  value: string;
  label: string;
}

function Choice(props: {
  label: string;
  options: readonly ChoiceOption[];
  chosen: readonly string[] | undefined;
  onChange: (values: string[]) => void;
  searchable?: boolean;
}) {
  const { t } = useTranslationRef(mentorshipTranslationRef);
  const chosen = props.chosen ?? [];
  return (
    <Select
      label={props.label}
      size="small"
      selectionMode="multiple"
      searchable={props.searchable}
      searchPlaceholder={t('overview.searchOptions')}
      placeholder={t('overview.any')}
      options={withChosen(props.options, chosen)}
      value={[...chosen]}
      onChange={keys => props.onChange((keys as string[]).map(String))}
    />
  );
}

/** A value from the address stays choosable where its list does not hold it. */
function withChosen(
  options: readonly ChoiceOption[],
  chosen: readonly string[],
): ChoiceOption[] {
  const known = new Set(options.map(({ value }) => value));
  return [
    ...options,
    ...chosen
      .filter(value => !known.has(value))
      .map(value => ({ value, label: value })),
  ];
}

function ruleOptions({ rules }: RuleCatalogue): ChoiceOption[] {
  return rules.map(({ id, title }) => ({ value: id, label: title }));
}
