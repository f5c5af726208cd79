import { InputError } from '@backstage/errors';
import type { AssessmentsOrder } from 'backstage-plugin-mentorship-common';
import type { Knex } from 'knex';
import { z } from 'zod';
import type { AssessmentTableRow } from './rows';

/**
 * Where a page begins: beside a service that stood at its edge. Because it is
 * the service's own place in the order and not a number of rows, services that
 * come or go neither repeat nor hide others.
 */
export interface Cursor {
  key: string | number | null;
  entityRef: string;
  /** Whether the page ends before that service instead of beginning after it. */
  backwards: boolean;
}

const ORDER_COLUMNS: Record<
  AssessmentsOrder['field'],
  keyof AssessmentTableRow
> = {
  entityRef: 'entity_ref',
  title: 'title',
  kind: 'kind',
  type: 'type',
  lifecycle: 'lifecycle',
  tier: 'tier',
  owner: 'owner',
  system: 'system',
  level: 'level_rank',
  score: 'score',
  coverage: 'coverage',
  mentorshipStatus: 'mentorship_status',
  apprentices: 'apprentices',
  nextMilestoneDue: 'next_milestone_due',
  stewardSince: 'steward_since',
  rotationState: 'rotation_state',
  rotationDue: 'rotation_due',
  busFactor: 'bus_factor',
};

/** Fields that every service has, so that an index has their order. */
const ALWAYS_THERE = new Set<AssessmentsOrder['field']>([
  'entityRef',
  'title',
  'kind',
  'level',
  'mentorshipStatus',
  'rotationState',
]);

/** The column that an order goes by. */
export function columnOf(order: AssessmentsOrder): string {
  return ORDER_COLUMNS[order.field];
}

/** Puts a query in order: without a value last, then by entity ref. */
export function inOrder(
  query: Knex.QueryBuilder,
  order: AssessmentsOrder,
  backwards: boolean,
): void {
  const column = columnOf(order);
  const reversed = (order.direction === 'desc') !== backwards;
  if (!ALWAYS_THERE.has(order.field)) {
    query.orderByRaw(`(?? is null) ${backwards ? 'desc' : 'asc'}`, [column]);
  }
  query
    .orderBy(column, reversed ? 'desc' : 'asc')
    .orderBy('entity_ref', backwards ? 'desc' : 'asc');
}

/** Narrows a query to what lies beyond the cursor, in the cursor's direction. */
export function after(
  { key, entityRef, backwards }: Cursor,
  order: AssessmentsOrder,
): Knex.QueryCallback {
  const column = columnOf(order);
  const refBeyond = backwards ? '<' : '>';
  const keyBeyond = (order.direction === 'asc') !== backwards ? '>' : '<';
  if (key !== null && ALWAYS_THERE.has(order.field)) {
    return query => {
      query
        // Says again what the rest implies, so that an index is read from here on.
        .where(column, `${keyBeyond}=`, key)
        .andWhere(rest =>
          rest
            .where(column, keyBeyond, key)
            .orWhere('entity_ref', refBeyond, entityRef),
        );
    };
  }
  return query => {
    query.where(level =>
      level.where(column, key).andWhere('entity_ref', refBeyond, entityRef),
    );
    if (key !== null) {
      query.orWhere(column, keyBeyond, key);
    }
    // Services without a value stand after all others.
    if (key !== null && !backwards) {
      query.orWhereNull(column);
    }
    if (key === null && backwards) {
      query.orWhereNotNull(column);
    }
  };
}

/** Writes the cursor that begins after, or ends before, a service. */
export function encodeCursor(
  edge: Pick<AssessmentTableRow, 'entity_ref'> & { key: Cursor['key'] },
  order: AssessmentsOrder,
  backwards: boolean,
): string {
  const written: z.infer<typeof writtenCursor> = [
    order.field,
    order.direction,
    edge.key,
    edge.entity_ref,
    backwards,
  ];
  return writeCursor(written);
}

/** @throws InputError where the text is no cursor, or one of another order. */
export function decodeCursor(
  text: string | undefined,
  order: AssessmentsOrder,
): Cursor | undefined {
  if (text === undefined) {
    return undefined;
  }
  const [field, direction, key, entityRef, backwards] = readCursor(
    writtenCursor,
    text,
  );
  if (field !== order.field || direction !== order.direction) {
    throw new InputError(
      `The cursor belongs to the order \`${field},${direction}\`; ask for the first page of another order by leaving it out`,
    );
  }
  return { key, entityRef, backwards };
}

/** Writes what stands at a page's edge. */
export function writeCursor(edge: unknown[]): string {
  return Buffer.from(JSON.stringify(edge)).toString('base64url');
}

/** @throws InputError where the text is no cursor of this shape. */
export function readCursor<T>(shape: z.ZodType<T>, text: string): T {
  const written = shape.safeParse(parsed(text));
  if (!written.success) {
    throw new InputError(
      'The cursor was not issued by this service; ask for the first page by leaving it out',
    );
  }
  return written.data;
}

const writtenCursor = z.tuple([
  z.string(),
  z.string(),
  z.union([z.string(), z.number(), z.null()]),
  z.string(),
  z.boolean(),
]);

function parsed(text: string): unknown {
  try {
    return JSON.parse(Buffer.from(text, 'base64url').toString());
  } catch {
    return undefined;
  }
}
