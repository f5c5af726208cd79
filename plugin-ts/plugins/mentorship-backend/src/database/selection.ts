import type { PermissionCriteria } from '@backstage/plugin-permission-common';
import type { AssessmentsFilter } from 'backstage-plugin-mentorship-common';
import type { Knex } from 'knex';
import { isServer } from './statements';

/** A condition on one property of an assessment, for permission rules. */
export interface AssessmentCriterion {
  property: 'owner' | 'kind' | 'people';
  /** In lower case; one of them must hold, and none does where it is empty. */
  values: string[];
}

/**
 * Which assessments somebody may read at all. What is absent does not narrow;
 * an empty list means none.
 */
export interface Visibility {
  /** Refs of the entities that the catalog lets the reader see. */
  entityRefs?: string[];
  /** What the permission policy asks of an assessment. */
  criteria?: PermissionCriteria<AssessmentCriterion>;
}

/** Rows of one run that the reader may see; every reading of rows begins here. */
export function visible(
  knex: Knex,
  runId: number | null,
  { entityRefs, criteria }: Visibility,
): Knex.QueryBuilder {
  const query = knex('mentorship_assessments')
    .where('run_id', '<=', runId ?? 0)
    // Holds for nearly all rows. SQLite does not know that, and would look for them
    // in an index; the sign tells it not to.
    .whereRaw(`${isServer(knex) ? '' : '+'}until_run > ?`, [runId ?? 0]);
  if (entityRefs) {
    // One parameter, because databases cap their number.
    query.whereRaw(
      isServer(knex)
        ? 'entity_ref in (select jsonb_array_elements_text(?::jsonb))'
        : 'entity_ref in (select value from json_each(?))',
      [JSON.stringify(entityRefs)],
    );
  }
  if (criteria) {
    query.where(satisfies(criteria));
  }
  return query;
}

/** Whether a row is what the filter asks for. */
export function matches(filter: AssessmentsFilter): Knex.QueryCallback {
  const lists: Array<[string, Array<string | number> | undefined]> = [
    ['owner', filter.owner?.map(lower)],
    ['system', filter.system?.map(lower)],
    ['level', filter.level],
    ['mentorship_status', filter.mentorshipStatus],
    ['rotation_state', filter.rotationState],
    ['bus_factor_verdict', filter.busFactorVerdict],
    ['lifecycle', filter.lifecycle],
    ['kind', filter.kind?.map(lower)],
    ['type', filter.type],
    ['tier', filter.tier],
  ];
  const searched = (filter.text ?? '').toLowerCase().split(/\s+/);
  return query => {
    for (const [column, values] of lists) {
      if (values?.length) {
        query.whereIn(column, values);
      }
    }
    for (const word of searched.filter(Boolean)) {
      query.where(contains('words', word));
    }
    if (filter.rule?.length) {
      query.where(anyOf('failed_rules', filter.rule));
    }
  };
}

function satisfies(
  criteria: PermissionCriteria<AssessmentCriterion>,
): Knex.QueryCallback {
  return query => {
    if ('allOf' in criteria) {
      criteria.allOf.forEach(each => query.andWhere(satisfies(each)));
    } else if ('anyOf' in criteria) {
      query.whereRaw('1 = 0');
      criteria.anyOf.forEach(each => query.orWhere(satisfies(each)));
    } else if ('not' in criteria) {
      query.whereNot(satisfies(criteria.not));
    } else if (criteria.property === 'people') {
      query.whereIn(['run_id', 'entity_ref'], parts =>
        parts
          .from('mentorship_parts')
          .whereIn('person_ref', criteria.values)
          .select('run_id', 'entity_ref'),
      );
    } else {
      // A service without an owner is nobody's, also where that is negated.
      query.where(is(criteria.property, criteria.values));
    }
  };
}

/** Whether a column is one of these values; without a value it is none of them. */
function is(column: string, values: string[]): Knex.QueryCallback {
  return query => {
    query.whereRaw('1 = 0');
    values.forEach(value =>
      query.orWhereRaw(`coalesce(??, '') = ?`, [column, value]),
    );
  };
}

/** Whether a `;`-enclosed column holds one of these values. */
function anyOf(column: string, values: string[]): Knex.QueryCallback {
  return query => {
    query.whereRaw('1 = 0');
    values.forEach(value => query.orWhere(contains(column, `;${value};`)));
  };
}

/** Whether a column holds these characters, none of them with a meaning. */
function contains(column: string, characters: string): Knex.QueryCallback {
  const pattern = characters.replace(/[\\%_]/g, '\\$&');
  return query => {
    query.whereRaw(`?? like ? escape '\\'`, [column, `%${pattern}%`]);
  };
}

function lower(value: string): string {
  return value.toLowerCase();
}
