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
import { currentRunId } from './currentRun';
import { readCursor, writeCursor } from './paging';
import { PublishedAnswers } from './PublishedAnswers';
import type { AssessmentTableRow } from './rows';
import { matches, visible, type Visibility } from './selection';
import { isServer } from './statements';

/** Values that a facet names at most; more than anybody chooses from. */
const MOST_VALUES = 100;

/**
 * Services that one statement counts on SQLite. It answers within this process, where
 * nobody else gets a turn meanwhile; a server counts all of them at once.
 */
const SERVICES_AT_A_TIME = 5_000;

const FACET_COLUMNS: Record<keyof AssessmentFacets, keyof AssessmentTableRow> =
  {
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
    rule: 'failed_rules',
  };

/** A page of groups to be read. */
export interface GroupsRequest {
  by: 'owner' | 'system';
  filter: AssessmentsFilter;
  cursor?: string;
  limit: number;
}

type Value = string | number | null;

interface Counted {
  value: Value;
  services: number | string;
}

/** Counts the services of the current run by what is said of them. */
export class FacetReader {
  private readonly answers = new PublishedAnswers();

  constructor(private readonly knex: Knex) {}

  /**
   * Services by value of each field. The filter's own values of a field are set
   * aside there, so that each number tells what choosing that value would list.
   */
  async facets(
    filter: AssessmentsFilter,
    visibility: Visibility,
  ): Promise<AssessmentFacets> {
    const runId = await currentRunId(this.knex);
    return this.answers.of(runId, ['facets', filter], visibility, () =>
      this.countFacets(runId, filter, visibility),
    );
  }

  /** Groups of services, the largest first, with how many fail each rule. */
  async groups(
    request: GroupsRequest,
    visibility: Visibility,
  ): Promise<AssessmentGroups> {
    const runId = await currentRunId(this.knex);
    return this.answers.of(runId, ['groups', request], visibility, () =>
      this.countGroups(runId, request, visibility),
    );
  }

  private async countFacets(
    runId: number | null,
    filter: AssessmentsFilter,
    visibility: Visibility,
  ): Promise<AssessmentFacets> {
    const facets = Object.entries(FACET_COLUMNS).map(([name, column]) => ({
      name,
      column,
      tally: new Tally(),
    }));
    for await (const some of this.pieces(runId, visibility)) {
      for (const { name, column, tally } of facets) {
        const counted: Counted[] = (await some()
          .where(matches({ ...filter, [name]: undefined }))
          .groupBy(column)
          .select({ value: column })
          .count({ services: '*' })) as never;
        // Many services fail the same rules, so that there are fewer sets than services.
        const valuesOf = name === 'rule' ? rulesIn : (value: Value) => [value];
        for (const { value, services } of counted) {
          valuesOf(value).forEach(each => tally.add(each, Number(services)));
        }
        await nextTurn();
      }
    }
    return Object.fromEntries(
      facets.map(({ name, tally }) => [name, tally.facet()]),
    ) as unknown as AssessmentFacets;
  }

  private async countGroups(
    runId: number | null,
    { by, filter, cursor, limit }: GroupsRequest,
    visibility: Visibility,
  ): Promise<AssessmentGroups> {
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

  /** The services that somebody may see, some at a time. */
  private async *pieces(
    runId: number | null,
    visibility: Visibility,
  ): AsyncGenerator<() => Knex.QueryBuilder> {
    const all = () => visible(this.knex, runId, visibility);
    if (isServer(this.knex)) {
      yield all;
      return;
    }
    const { entityRefs } = visibility;
    if (entityRefs) {
      for (let at = 0; at < entityRefs.length; at += SERVICES_AT_A_TIME) {
        const some = entityRefs.slice(at, at + SERVICES_AT_A_TIME);
        yield () =>
          visible(this.knex, runId, { ...visibility, entityRefs: some });
      }
      return;
    }
    let edge: Pick<AssessmentTableRow, 'entity_ref'> | undefined = {
      entity_ref: '',
    };
    do {
      const after: string = edge.entity_ref;
      const behind = () => all().where('entity_ref', '>', after);
      const next: typeof edge = await behind()
        .orderBy('entity_ref')
        .offset(SERVICES_AT_A_TIME - 1)
        .first('entity_ref');
      yield () =>
        next ? behind().where('entity_ref', '<=', next.entity_ref) : behind();
      edge = next;
    } while (edge);
  }

  /**
   * The rules of sets of failed ones, as `rule`, with the sets as `sets`. Many
   * services fail the same rules, so that there are fewer sets than services.
   */
  private failures(sets: Knex.QueryBuilder): Knex.QueryBuilder {
    return this.knex
      .from(sets.as('sets'))
      .joinRaw(
        isServer(this.knex)
          ? `cross join lateral unnest(string_to_array(trim(both ';' from sets.failed_rules), ';')) as rule(value)`
          : `cross join json_each('["' || replace(trim(sets.failed_rules, ';'), ';', '","') || '"]') as rule`,
      )
      .whereNot('sets.failed_rules', '');
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

/** How many services have each value. */
class Tally {
  private readonly services = new Map<Value, number>();

  add(value: Value, services: number) {
    this.services.set(value, (this.services.get(value) ?? 0) + services);
  }

  /** Values with the most services first. */
  facet(): Facet {
    const values = [...this.services]
      .map(([value, services]) => ({ value, services }))
      .sort((a, b) => b.services - a.services || inOrder(a.value, b.value));
    return {
      values: values.slice(0, MOST_VALUES),
      isComplete: values.length <= MOST_VALUES,
    };
  }
}

/** Values are of one type; none of them stands last. */
function inOrder(a: Value, b: Value): number {
  if (a === null || b === null) {
    return Number(a === null) - Number(b === null);
  }
  return Number(a > b) - Number(a < b);
}

function rulesIn(set: Value): string[] {
  return String(set).split(';').filter(Boolean);
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
