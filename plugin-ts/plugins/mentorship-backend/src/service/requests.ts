import { parseEntityRef, stringifyEntityRef } from '@backstage/catalog-model';
import { InputError } from '@backstage/errors';
import {
  ASSESSMENTS_MAX_LIMIT,
  ASSESSMENTS_ORDER_FIELDS,
  type AssessmentsFilter,
  type BusFactorVerdict,
  type FrozenBaseline,
  type Level,
  type MentorshipStatus,
  type RotationState,
} from 'backstage-plugin-mentorship-common';
import { z } from 'zod';
import type { PageRequest } from '../database/AssessmentReader';
import type { GroupsRequest } from '../database/FacetReader';
import { readWeek, type IsoWeek } from '../database/isoWeek';
import type { RiskRequest } from '../database/RiskReader';

const DEFAULT_LIMIT = 20;
/** No filter needs more, and each value costs the database. */
const MOST_VALUES = 100;

/** Every word of a closed vocabulary; the compiler misses none. */
const words = <T extends string>(vocabulary: Record<T, true>) =>
  list(z.enum(Object.keys(vocabulary) as T[]));

/** A parameter that may be given several times. */
function list<T extends z.ZodType>(value: T) {
  return z
    .preprocess(
      given => (Array.isArray(given) ? given : [given]),
      z.array(value).max(MOST_VALUES),
    )
    .optional();
}

const text = z.string().min(1).max(1000);

/** An empty text is no zero. */
const integer = (min: number, max: number) =>
  z
    .string()
    .regex(/^-?\d+$/, 'expected a whole number')
    .transform(Number)
    .pipe(z.int().min(min).max(max));

const filterShape = {
  text: z.string().max(1000).optional(),
  owner: list(text),
  system: list(text),
  level: words<Level>({
    exposed: true,
    developing: true,
    covered: true,
    resilient: true,
    unknown: true,
    'not-enrolled': true,
  }),
  mentorshipStatus: words<MentorshipStatus>({
    unknown: true,
    none: true,
    graduated: true,
    stalled: true,
    active: true,
    planned: true,
  }),
  rotationState: words<RotationState>({
    vacant: true,
    unknown: true,
    settling: true,
    window: true,
    overdue: true,
  }),
  busFactorVerdict: words<BusFactorVerdict>({
    orphaned: true,
    single: true,
    thin: true,
    resilient: true,
    unknown: true,
  }),
  lifecycle: list(text),
  kind: list(text),
  type: list(text),
  tier: list(integer(0, 255)),
  rule: list(z.string().regex(/^[a-z0-9-]+$/, 'expected the id of a rule')),
} satisfies {
  [Field in keyof Required<AssessmentsFilter>]: z.ZodType<
    AssessmentsFilter[Field]
  >;
};

const pageShape = {
  ...filterShape,
  cursor: z.string().max(10_000).optional(),
  limit: integer(1, ASSESSMENTS_MAX_LIMIT).default(DEFAULT_LIMIT),
};

const pageSchema = z.strictObject({
  ...pageShape,
  order: z
    .string()
    .default('level,asc')
    .transform(written => written.split(','))
    .pipe(z.tuple([z.enum(ASSESSMENTS_ORDER_FIELDS), z.enum(['asc', 'desc'])])),
});

const refsSchema = z.strictObject({
  entityRefs: z
    .array(
      text.transform((written, context) => {
        try {
          return stringifyEntityRef(parseEntityRef(written));
        } catch {
          context.addIssue('expected an entity ref, kind:namespace/name');
          return z.NEVER;
        }
      }),
    )
    .max(ASSESSMENTS_MAX_LIMIT),
});

const facetsSchema = z.strictObject(filterShape);

const groupsSchema = z.strictObject({
  ...pageShape,
  by: z.enum(['owner', 'system']),
});

const riskSchema = z.strictObject(pageShape);

const csvSchema = z.strictObject({
  ...filterShape,
  bom: z.enum(['true', 'false']).default('false'),
});

/** As many as one would name at once. */
const MOST_LEAVERS = 200;

const whatIfSchema = z
  .strictObject({
    leaves: z.array(text).max(MOST_LEAVERS).default([]),
    dueThisQuarter: z.boolean().default(false),
  })
  .refine(({ leaves, dueThisQuarter }) => leaves.length > 0 || dueThisQuarter, {
    path: ['leaves'],
    message: 'names nobody; name who leaves, or ask for `dueThisQuarter`',
  });

/** Who leaves, by a question of what is lost. */
export type WhatIfRequest = z.infer<typeof whatIfSchema>;

/** As many as there could ever be measures. */
const MOST_BASELINES = 100;

const baselineSchema = z.strictObject({
  baselines: z
    .array(
      z.strictObject({
        measure: text,
        value: z.number().min(0).max(1_000_000),
      }),
    )
    .max(MOST_BASELINES)
    .refine(
      baselines =>
        new Set(baselines.map(each => each.measure)).size === baselines.length,
      'each measure has one baseline',
    ),
});

const confirmationSchema = z.strictObject({
  confirmed: z.boolean(),
  on: z.iso.date().optional(),
});

/** Whether a step of the rollout is confirmed, and since when. */
export type Confirmation = z.output<typeof confirmationSchema>;

const knowledgeSchema = z.strictObject({
  path: z.string().max(4_000).default(''),
  depth: integer(1, 6).default(2),
});

/** Which part of a service's tree is asked for. */
export type KnowledgeRequest = z.output<typeof knowledgeSchema>;

const statusSchema = z.strictObject({
  repositories: z.enum(['true', 'false']).default('false'),
});

/** @throws InputError that names each parameter that cannot be used. */
export function parsePageRequest(query: unknown): PageRequest {
  const {
    order: [field, direction],
    cursor,
    limit,
    ...filter
  } = parse(pageSchema, query);
  return { filter, order: { field, direction }, cursor, limit };
}

/**
 * Full entity refs in lower case, in the order asked for.
 *
 * @throws InputError that names each ref that cannot be used.
 */
export function parseRefsRequest(body: unknown): string[] {
  return parse(refsSchema, body).entityRefs;
}

/** @throws InputError that names each parameter that cannot be used. */
export function parseCsvRequest(query: unknown): {
  filter: AssessmentsFilter;
  byteOrderMark: boolean;
} {
  const { bom, ...filter } = parse(csvSchema, query);
  return { filter, byteOrderMark: bom === 'true' };
}

/** @throws InputError that names each parameter that cannot be used. */
export function parseStatusRequest(query: unknown): { repositories: boolean } {
  const { repositories } = parse(statusSchema, query);
  return { repositories: repositories === 'true' };
}

/** @throws InputError that names each parameter that cannot be used. */
export function parseFacetsRequest(query: unknown): AssessmentsFilter {
  return parse(facetsSchema, query);
}

/** @throws InputError that names each parameter that cannot be used. */
export function parseGroupsRequest(query: unknown): GroupsRequest {
  const { by, cursor, limit, ...filter } = parse(groupsSchema, query);
  return { by, filter, cursor, limit };
}

/** @throws InputError that names each parameter that cannot be used. */
export function parseRiskRequest(query: unknown): RiskRequest {
  const { cursor, limit, ...filter } = parse(riskSchema, query);
  return { filter, cursor, limit };
}

/** @throws InputError that names each field that cannot be used. */
export function parseBaselineRequest(body: unknown): {
  baselines: FrozenBaseline[];
} {
  return parse(baselineSchema, body);
}

/** @throws InputError that names each field that cannot be used. */
export function parseConfirmation(body: unknown): Confirmation {
  return parse(confirmationSchema, body);
}

/** @throws InputError that names each field that cannot be used. */
export function parseWhatIfRequest(body: unknown): WhatIfRequest {
  return parse(whatIfSchema, body);
}

/** @throws InputError that names each parameter that cannot be used. */
export function parseKnowledgeRequest(query: unknown): KnowledgeRequest {
  return parse(knowledgeSchema, query);
}

/** @throws InputError where a path speaks of no week. */
export function parseWeekPath({ isoWeek }: { isoWeek: string }): IsoWeek {
  const week = readWeek(isoWeek);
  if (!week) {
    throw new InputError(
      `\`${isoWeek}\` is no week; write it as a year and a week of ISO 8601, such as 2026-W07`,
    );
  }
  return week;
}

/** The entity ref, in lower case, that a path speaks of. */
export function parseEntityPath(parameters: {
  kind: string;
  namespace: string;
  name: string;
}): string {
  return stringifyEntityRef(parameters);
}

function parse<T>(schema: z.ZodType<T>, query: unknown): T {
  const parsed = schema.safeParse(query);
  if (!parsed.success) {
    throw new InputError(
      `The request cannot be understood: ${parsed.error.issues
        .map(issue => describe(issue, schema))
        .join('; ')}`,
    );
  }
  return parsed.data;
}

function describe(issue: z.core.$ZodIssue, schema: z.ZodType): string {
  if (issue.code !== 'unrecognized_keys') {
    return `\`${issue.path.join('.')}\`: ${issue.message}`;
  }
  const quoted = (names: string[]) =>
    names.map(name => `\`${name}\``).join(', ');
  const unknown = `there is no parameter ${quoted(issue.keys)}`;
  return schema instanceof z.ZodObject && issue.path.length === 0
    ? `${unknown}; there are ${quoted(Object.keys(schema.shape))}`
    : unknown;
}
