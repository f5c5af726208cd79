import type {
  AssessmentFacets,
  AssessmentGroups,
  AssessmentsFilter,
  Facet,
  Level,
} from 'backstage-plugin-mentorship-common';
import type { Knex } from 'knex';
import { setImmediate as nextTurn } from 'timers/promises';
import { z } from 'zod';
import { readCursor, writeCursor } from './paging';
import type { AssessmentTableRow, CurrentRunRow } from './rows';
import { matches, visible, type Visibility } from './selection';

/** Values that a facet names at most; more than anybody chooses from. */
const MOST_VALUES = 100;

const FACET_COLUMNS: Record<
  Exclude<keyof AssessmentFacets, 'rule'>,
  keyof AssessmentTableRow
> = {
  owner: 'owner',
  system: 'system',
  level: 'level',
  mentorshipStatus: 'mentorship_status',
  rotationState: 'rotation_state',
  busFactorVerdict: 'bus_factor_verdict',
  lifecycle: 'lifecycle',
  kind: 'kind',
  type: 'type',
  tier: 'tier',
};

/** A page of groups to be read. */
export interface GroupsRequest {
  by: 'owner' | 'system';
  filter: AssessmentsFilter;
  cursor?: string;
  limit: number;
}

interface Counted {
  value: string | number | null;
  services: number | string;
}

/** Counts the services of the current run by what is said of them. */
export class FacetReader {
  constructor(private readonly knex: Knex) {}

  /**
   * Services by value of each field. The filter's own values of a field are set
   * aside there, so that each number tells what choosing that value would list.
   */
  async facets(
    filter: AssessmentsFilter,
    visibility: Visibility,
  ): Promise<AssessmentFacets> {
    const runId = await this.currentRunId();
    const facets: Partial<AssessmentFacets> = {};
    for (const [name, column] of Object.entries(FACET_COLUMNS)) {
      const counted: Counted[] = (await visible(this.knex, runId, visibility)
        .where(matches({ ...filter, [name]: undefined }))
        .groupBy(column)
        .select({ value: column })
        .count({ services: '*' })
        .orderBy([{ column: 'services', order: 'desc' }, { column: 'value' }])
        .limit(MOST_VALUES + 1)) as never;
      facets[name as keyof AssessmentFacets] = facet(counted);
      await nextTurn();
    }
    const sets = visible(this.knex, runId, visibility)
      .where(matches({ ...filter, rule: undefined }))
      .groupBy('failed_rules')
      .select('failed_rules')
      .count({ services: '*' });
    facets.rule = facet(
      await this.failures(sets)
        .groupBy('rule.value')
        .select({ value: 'rule.value' })
        .sum({ services: 'sets.services' })
        .orderBy([{ column: 'services', order: 'desc' }, { column: 'value' }])
        .limit(MOST_VALUES + 1),
    );
    return facets as AssessmentFacets;
  }

  /** Groups of services, the largest first, with how many fail each rule. */
  async groups(
    { by, filter, cursor, limit }: GroupsRequest,
    visibility: Visibility,
  ): Promise<AssessmentGroups> {
    const runId = await this.currentRunId();
    const matching = () =>
      visible(this.knex, runId, visibility).where(matches(filter));
    const all = () =>
      this.knex
        .from(
          matching()
            .groupBy(by)
            .select({ ref: by })
            .count({ services: '*' })
            .as('counted'),
        )
        // Services of nobody are a group as well, and no ref is empty.
        .select(this.knex.raw(`coalesce(ref, '') as "group"`), 'services')
        .as('groups');
    const query = this.knex
      .from(all())
      .select('group', 'services')
      .orderBy([{ column: 'services', order: 'desc' }, { column: 'group' }])
      .limit(limit + 1);
    if (cursor !== undefined) {
      const [services, name] = readCursor(writtenGroup, cursor);
      query
        .where('services', '<', services)
        .orWhere(equal =>
          equal.where('services', services).andWhere('group', '>', name),
        );
    }
    const found: Array<{ group: string; services: number | string }> =
      (await query) as never;
    const shown = found.slice(0, limit);
    const last = found.length > limit ? shown.at(-1) : undefined;
    const [{ count }] = await this.knex.from(all()).count({ count: '*' });

    const refs = shown.map(each => each.group);
    const chosen = () =>
      matching().andWhere(any => {
        any.whereIn(by, refs);
        if (refs.includes('')) {
          any.orWhereNull(by);
        }
      });
    const levels: Array<{
      ref: string | null;
      level: Level;
      services: number;
    }> = (await chosen()
      .groupBy(by, 'level')
      .select({ ref: by }, 'level')
      .count({ services: '*' })) as never;
    await nextTurn();
    const failures: Array<{
      ref: string | null;
      rule: string;
      services: number;
    }> = await this.failures(
      chosen()
        .groupBy(by, 'failed_rules')
        .select({ ref: by }, 'failed_rules')
        .count({ services: '*' }),
    )
      .groupBy('sets.ref', 'rule.value')
      .orderBy('rule.value')
      .select({ ref: 'sets.ref', rule: 'rule.value' })
      .sum({ services: 'sets.services' });
    return {
      items: shown.map(each => {
        const ref = each.group === '' ? null : each.group;
        return {
          group: ref,
          services: Number(each.services),
          byLevel: { ...NO_LEVELS, ...counts(levels, ref, 'level') },
          failedRules: counts(failures, ref, 'rule'),
        };
      }),
      totalItems: Number(count),
      pageInfo: {
        ...(last && {
          nextCursor: writeCursor([Number(last.services), last.group]),
        }),
      },
    };
  }

  /**
   * The rules of sets of failed ones, as `rule`, with the sets as `sets`. Many
   * services fail the same rules, so that there are fewer sets than services.
   */
  private failures(sets: Knex.QueryBuilder): Knex.QueryBuilder {
    return this.knex
      .from(sets.as('sets'))
      .joinRaw(
        this.knex.client.config.client === 'pg'
          ? `cross join lateral unnest(string_to_array(trim(both ';' from sets.failed_rules), ';')) as rule(value)`
          : `cross join json_each('["' || replace(trim(sets.failed_rules, ';'), ';', '","') || '"]') as rule`,
      )
      .whereNot('sets.failed_rules', '');
  }

  private async currentRunId(): Promise<number | null> {
    const row = await this.knex<CurrentRunRow>('mentorship_current_run')
      .where({ slot: 'current' })
      .first('run_id');
    return row?.run_id ?? null;
  }
}

const writtenGroup = z.tuple([z.int(), z.string()]);

const NO_LEVELS: Record<Level, number> = {
  exposed: 0,
  developing: 0,
  covered: 0,
  resilient: 0,
  unknown: 0,
  'not-enrolled': 0,
};

function facet(counted: Counted[]): Facet {
  return {
    values: counted.slice(0, MOST_VALUES).map(({ value, services }) => ({
      value,
      services: Number(services),
    })),
    isComplete: counted.length <= MOST_VALUES,
  };
}

/** What was counted of one group, by one of its columns. */
function counts<Column extends string>(
  rows: Array<
    { ref: string | null; services: number } & Record<Column, string>
  >,
  ref: string | null,
  column: Column,
): Record<string, number> {
  return Object.fromEntries(
    rows
      .filter(row => row.ref === ref)
      .map(row => [row[column], Number(row.services)]),
  );
}
