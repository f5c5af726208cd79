import { useEffect, useMemo, useRef, useState } from 'react';
import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { SortDescriptor, useTable } from '@backstage/ui';
import type {
  AssessmentsFilter,
  AssessmentsOrder,
  AssessmentsOrderField,
} from 'backstage-plugin-mentorship-common';
import { useServicePages } from '../answers/useAnswer';
import { useLatest } from '../answers/useLatest';
import { isRefused } from '../states/States';
import { mentorshipTranslationRef } from '../translation';
import { useLanguage } from '../words/Dates';
import { pageOf } from './firstQuestions';
import type { Totals } from './LevelTotals';
import type { Service } from './Service';
import { PAGE_SIZES, View } from '../view/view';

/**
 * The rows of a view, page by page, and the totals of all that match. The address
 * carries the page, so that whoever comes back from a service is where they were.
 */
export function useServiceTable(props: {
  view: View;
  filter: AssessmentsFilter;
  change: (change: Partial<View>) => void;
}) {
  const { t } = useTranslationRef(mentorshipTranslationRef);
  const { view, filter, change } = props;
  const pages = useServicePages();
  const numbers = new Intl.NumberFormat(useLanguage());
  const [totals, setTotals] = useState<Totals | undefined>();
  // Why asking again failed, where the last good answer is shown in its place.
  const [keptAfter, setKeptAfter] = useState<unknown>();
  const cursors = useRef(new WeakMap<Service[], string>());
  // A new object would be a new question.
  const sort = useMemo(() => sortOf(view.order), [view.order]);
  const { tableProps, reload } = useTable<Service, AssessmentsFilter>({
    mode: 'cursor',
    filter,
    sort,
    onSortChange: ({ column, direction }) =>
      change({
        order: {
          field: column as AssessmentsOrderField,
          direction: direction === 'ascending' ? 'asc' : 'desc',
        },
      }),
    paginationOptions: {
      pageSize: view.pageSize ?? PAGE_SIZES[0],
      pageSizeOptions: PAGE_SIZES,
      onPageSizeChange: size =>
        change({ pageSize: size === PAGE_SIZES[0] ? undefined : size }),
      getLabel: ({ totalCount }) =>
        t('overview.inAll', {
          formattedCount: numbers.format(totalCount ?? 0),
        }),
    },
    getData: async ({ cursor, pageSize, filter: wanted, signal }) => {
      const ask = async (begin: string | undefined) => {
        const question = { filter: wanted ?? {}, order: view.order };
        const page = pageOf(question, pageSize, begin);
        return { begin, ...(await pages.ask(page, signal)) };
      };
      // The table begins at the page of the address.
      const wantedBegin = cursor ?? view.cursor;
      const {
        begin,
        list: page,
        problem: keptFor,
      } = await ask(wantedBegin).catch(problem => {
        if (wantedBegin === cursor || !isRefused(problem)) {
          throw problem;
        }
        // The address was put together by hand.
        return ask(undefined);
      });
      if (!signal.aborted) {
        setTotals({
          byLevel: page.totals.byLevel,
          matching: page.totalItems,
        });
        setKeptAfter(keptFor);
      }
      const data = page.items.map(row => ({ ...row, id: row.entityRef }));
      if (begin !== undefined) {
        cursors.current.set(data, begin);
      }
      return {
        data,
        nextCursor: page.pageInfo.nextCursor,
        prevCursor: page.pageInfo.prevCursor,
        totalCount: page.totalItems,
      };
    },
  });

  const { data, error } = tableProps;
  const latest = useLatest({ view, change });
  useEffect(() => {
    const cursor = data && cursors.current.get(data);
    if (data && cursor !== latest.current.view.cursor) {
      latest.current.change({ cursor });
    }
  }, [data, latest]);

  const table = useMemo(
    () => ({ ...tableProps, error: undefined }),
    [tableProps],
  );
  return { table, totals, error, problem: error ?? keptAfter, reload };
}

/** The order as the table shows it; the backend's own order has its arrow too. */
function sortOf(order: AssessmentsOrder | undefined): SortDescriptor {
  return {
    column: order?.field ?? 'level',
    direction: order?.direction === 'desc' ? 'descending' : 'ascending',
  };
}
