import { memo, ReactNode, useId, useState } from 'react';
import { useTranslationRef } from '@backstage/frontend-plugin-api';
import {
  Button,
  SearchField,
  Select,
  Skeleton,
  Switch,
  useBreakpoint,
} from '@backstage/ui';
import { RiFilter3Line } from '@remixicon/react';
import type { AssessmentsFilter } from 'backstage-plugin-mentorship-common';
import { Loading } from '../states/Loading';
import { mentorshipTranslationRef } from '../translation';
import { useLanguage } from '../words/Dates';
import { CsvButton } from './CsvButton';
import { ChoiceOption, useFilterOptions } from './filterOptions';
import { activeFilters, isNarrowed, ListFilter, View } from '../view/view';
import styles from './overview.module.css';

/** Drawn again only where something of it changed: each field has a long list. */
const FilterChoices = memo(Fields);

interface Props {
  view: View;
  /** What the view means for its reader. */
  filter: AssessmentsFilter;
  matching: number | undefined;
  /** Whether there is time to draw what can be chosen. */
  hasChoices: boolean;
  onChange: (change: Partial<View>) => void;
  /** What else can be chosen about the list. */
  children?: ReactNode;
}

/** Search, filters with counts, and the export of exactly what they leave. */
export function Filters(props: Props) {
  const isNarrow = useBreakpoint().down('sm');
  return (
    <div className={styles.filters} role="search">
      {isNarrow ? <Folded {...props} /> : <Spread {...props} />}
    </div>
  );
}

/** All in sight. */
function Spread(props: Props) {
  return (
    <>
      <div className={styles.searchRow}>
        <Search {...props} />
        <Mine {...props} />
        <Matching {...props} />
        {props.children}
        <CsvButton filter={props.filter} />
      </div>
      <Choices {...props} />
    </>
  );
}

/** What narrows the list behind one button, which says how much of it does. */
function Folded(props: Props) {
  const { t } = useTranslationRef(mentorshipTranslationRef);
  const id = useId();
  const [isOpen, setOpen] = useState(false);
  const active = activeFilters(props.view);
  return (
    <>
      <div className={styles.searchRow}>
        <Search {...props} />
        <Button
          variant="secondary"
          size="small"
          iconStart={<RiFilter3Line />}
          aria-expanded={isOpen}
          aria-controls={id}
          onPress={() => setOpen(!isOpen)}
        >
          {active === 0
            ? t('overview.filters')
            : t('overview.filtersActive', { count: active })}
        </Button>
      </div>
      <div id={id} hidden={!isOpen}>
        {isOpen && (
          <div className={styles.folded}>
            <Mine {...props} />
            <Choices {...props} />
            <CsvButton filter={props.filter} />
          </div>
        )}
      </div>
      <div className={styles.searchRow}>
        <Matching {...props} />
        {props.children}
      </div>
    </>
  );
}

function Search({ view: { filter }, onChange }: Props) {
  const { t } = useTranslationRef(mentorshipTranslationRef);
  return (
    <SearchField
      aria-label={t('overview.search')}
      placeholder={t('overview.search')}
      size="small"
      className={styles.search}
      value={filter.text ?? ''}
      onChange={text => onChange({ filter: { ...filter, text } })}
    />
  );
}

function Mine({ view: { filter, mine = false }, onChange }: Props) {
  const { t } = useTranslationRef(mentorshipTranslationRef);
  return (
    <Switch
      label={t('overview.mine')}
      aria-label={t('overview.mineHint')}
      isSelected={mine}
      onChange={isMine =>
        onChange({
          mine: isMine || undefined,
          filter: { ...filter, owner: undefined },
        })
      }
    />
  );
}

/** How many services there are, and the way back to all. */
function Matching({ view: { filter, mine }, matching, onChange }: Props) {
  const { t } = useTranslationRef(mentorshipTranslationRef);
  const language = useLanguage();
  return (
    <>
      <span className={styles.matching} role="status">
        {matching !== undefined &&
          t('overview.services', {
            count: matching,
            formattedCount: new Intl.NumberFormat(language).format(matching),
          })}
      </span>
      {(isNarrowed(filter) || mine) && (
        <Button
          variant="tertiary"
          size="small"
          onPress={() => onChange({ filter: {}, mine: undefined })}
        >
          {t('overview.clear')}
        </Button>
      )}
    </>
  );
}

/** A field for each filter, as soon as there is time to draw them. */
function Choices(props: Props) {
  const { t } = useTranslationRef(mentorshipTranslationRef);
  return (
    <div
      className={styles.selects}
      role="group"
      aria-label={t('overview.filters')}
    >
      {props.hasChoices ? (
        <FilterChoices
          view={props.view}
          filter={props.filter}
          onChange={props.onChange}
        />
      ) : (
        <Loading className={styles.allSelects}>
          <Skeleton width="100%" height={32} />
        </Loading>
      )}
    </div>
  );
}

function Fields(props: {
  view: View;
  filter: AssessmentsFilter;
  onChange: (change: Partial<View>) => void;
}) {
  const { t } = useTranslationRef(mentorshipTranslationRef);
  const { filter } = props.view;
  const options = useFilterOptions(props.filter);
  const choose = (name: ListFilter) => (values: string[]) =>
    props.onChange({
      filter: { ...filter, [name]: values },
      // Whoever chooses owners means those, and not their own.
      ...(name === 'owner' && { mine: undefined }),
    });
  return (
    <>
      <Choice
        label={t('overview.owner')}
        any={t('overview.any.owner')}
        options={options.owner}
        chosen={filter.owner}
        onChange={choose('owner')}
        searchable
      />
      <Choice
        label={t('overview.system')}
        any={t('overview.any.system')}
        options={options.system}
        chosen={filter.system}
        onChange={choose('system')}
        searchable
      />
      <Choice
        label={t('overview.tier')}
        any={t('overview.any.tier')}
        options={options.tier}
        chosen={filter.tier?.map(String)}
        onChange={values =>
          props.onChange({ filter: { ...filter, tier: values.map(Number) } })
        }
      />
      <Choice
        label={t('rotation.label')}
        any={t('overview.any.rotation')}
        options={options.rotationState}
        chosen={filter.rotationState}
        onChange={choose('rotationState')}
      />
      <Choice
        label={t('busFactor.label')}
        any={t('overview.any.busFactor')}
        options={options.busFactorVerdict}
        chosen={filter.busFactorVerdict}
        onChange={choose('busFactorVerdict')}
      />
      <Choice
        label={t('mentorship.label')}
        any={t('overview.any.mentorship')}
        options={options.mentorshipStatus}
        chosen={filter.mentorshipStatus}
        onChange={choose('mentorshipStatus')}
      />
      <Choice
        label={t('overview.rule')}
        any={t('overview.any.rule')}
        options={options.rule}
        chosen={filter.rule}
        onChange={choose('rule')}
        searchable
      />
    </>
  );
}

function Choice(props: {
  label: string;
  /** What stands in it as long as nothing is chosen. */
  any: string;
  options: readonly ChoiceOption[];
  chosen: readonly string[] | undefined;
  onChange: (values: string[]) => void;
  searchable?: boolean;
}) {
  const { t } = useTranslationRef(mentorshipTranslationRef);
  const chosen = props.chosen ?? [];
  return (
    <Select
      aria-label={props.label}
      size="small"
      selectionMode="multiple"
      searchable={props.searchable}
      searchPlaceholder={t('overview.searchOptions')}
      placeholder={props.any}
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
  const known = new Set(options.map(({ id }) => id));
  return [
    ...options,
    ...chosen
      .filter(value => !known.has(value))
      .map(value => ({ id: value, label: value })),
  ];
}
