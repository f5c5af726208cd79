import {
  readSchedulerServiceTaskScheduleDefinitionFromConfig,
  type RootConfigService,
  type SchedulerServiceTaskScheduleDefinition,
} from '@backstage/backend-plugin-api';
import { parseEntityRef, stringifyEntityRef } from '@backstage/catalog-model';
import { InputError } from '@backstage/errors';
import { durationToMilliseconds, type HumanDuration } from '@backstage/types';
import leven from 'leven';
import { tmpdir } from 'os';
import { resolve } from 'path';
import { z } from 'zod';
import { DAY_MS } from './days';

/** The plugin's configuration, understood. */
export interface MentorshipConfig {
  schedule: SchedulerServiceTaskScheduleDefinition;
  /** After how long the schedule stops what it began. */
  timeoutMs: number;
  /** JSON text for the core, which alone knows what belongs in it. */
  policy: string;
  /**
   * Whom the policy says to forget: refs, and what else the policy says that they
   * are called, such as addresses and logins; in lower case.
   */
  erased: string[];
  peopleVisibility: 'permission' | 'signed-in';
  /** Whether the permission framework decides; where it is off, it allows everything. */
  permissionsEnabled: boolean;
  /** Days for which it is known what a service was. */
  keepHistoryDays: number;
  /** Absent where repositories are not read. */
  git?: GitConfig;
  /** Absent where code hosts are not asked for files. */
  urlReader?: UrlReaderConfig;
  push: PushConfig;
  /** Whether those concerned are reminded of what is due. */
  notifications: boolean;
}

/** Who may push evidence, and how much at once. */
export interface PushConfig {
  tokens: PushToken[];
  largestBytes: number;
}

/** What one token may write. */
export interface PushToken {
  /** The subject that the portal knows the token by. */
  subject: string;
  /** Whether the ref, in lower case, is among those it may write. */
  mayWrite(entityRef: string): boolean;
}

/** How files are read where there is no git. */
export interface UrlReaderConfig {
  concurrency: number;
  timeoutMs: number;
}

/** How repositories are read. */
export interface GitConfig {
  /** Absolute path of the folder for copies of remote repositories. */
  directory: string;
  /** Absolute paths below which local repositories may be read. */
  localFolders: string[];
  /** After how long a copy that no service named is removed. */
  keepUnusedCopiesMs: number;
  concurrency: number;
  timeoutMs: number;
}

const SERVICE_PATTERN =
  'expected an entity ref such as `component:default/checkout`, or `component:default/*`';

const schema = z.strictObject({
  schedule: z.record(z.string(), z.unknown()).optional(),
  policy: z.record(z.string(), z.unknown()).default({}),
  people: z
    .strictObject({
      visibility: z.enum(['permission', 'signed-in']).default('permission'),
    })
    .prefault({}),
  history: z
    .strictObject({
      keepDays: z.int().min(1).max(3650).default(400),
    })
    .prefault({}),
  git: z
    .strictObject({
      enabled: z.boolean().default(true),
      directory: z.string().min(1).optional(),
      localFolders: z.array(z.string().min(1)).default([]),
      keepUnusedCopiesDays: z.int().min(1).max(3650).default(30),
      concurrency: z.int().min(1).max(16).default(2),
      timeoutSeconds: z.int().min(1).max(3600).default(300),
    })
    .prefault({}),
  urlReader: z
    .strictObject({
      enabled: z.boolean().default(false),
      concurrency: z.int().min(1).max(16).default(2),
      timeoutSeconds: z.int().min(1).max(3600).default(120),
    })
    .prefault({}),
  notifications: z.boolean().default(true),
  // Each module knows what belongs into its part.
  modules: z.record(z.string(), z.unknown()).optional(),
  push: z
    .strictObject({
      tokens: z
        .array(
          z.strictObject({
            subject: z.string().regex(/^\S+$/, 'expected no blanks'),
            services: z
              .array(z.string().refine(isServicePattern, SERVICE_PATTERN))
              .min(1),
          }),
        )
        .default([]),
      largestMegabytes: z.int().min(1).max(200).default(20),
    })
    .prefault({}),
});

/**
 * Reads `mentorship` from the configuration.
 *
 * @throws InputError that names every unknown key and wrong type by its path.
 */
export function readMentorshipConfig(
  config: RootConfigService,
): MentorshipConfig {
  const parsed = schema.safeParse(config.getOptional('mentorship') ?? {});
  if (!parsed.success) {
    throw new InputError(
      `The configuration of the mentorship plugin cannot be used: ${parsed.error.issues
        .map(describe)
        .join('; ')}`,
    );
  }
  const { policy, people, history, git, urlReader, push, notifications } =
    parsed.data;
  const schedule = readSchedule(config);
  return {
    schedule,
    // As it is read, it is an object of units.
    timeoutMs: durationToMilliseconds(schedule.timeout as HumanDuration),
    policy: JSON.stringify(policy),
    erased: erasedBy(policy),
    peopleVisibility: people.visibility,
    permissionsEnabled:
      config.getOptionalBoolean('permission.enabled') ?? false,
    keepHistoryDays: history.keepDays,
    git: git.enabled
      ? {
          directory: resolve(
            git.directory ??
              resolve(
                config.getOptionalString('backend.workingDirectory') ??
                  tmpdir(),
                'mentorship-repositories',
              ),
          ),
          localFolders: git.localFolders.map(folder => resolve(folder)),
          keepUnusedCopiesMs: git.keepUnusedCopiesDays * DAY_MS,
          concurrency: git.concurrency,
          timeoutMs: git.timeoutSeconds * 1000,
        }
      : undefined,
    ...(urlReader.enabled && {
      urlReader: {
        concurrency: urlReader.concurrency,
        timeoutMs: urlReader.timeoutSeconds * 1000,
      },
    }),
    push: {
      tokens: push.tokens.map(({ subject, services }) => ({
        subject,
        mayWrite: writable(services),
      })),
      largestBytes: push.largestMegabytes * MEGABYTE,
    },
    notifications,
  };
}

const MEGABYTE = 1024 * 1024;

/** What is no list of texts is for the core to complain of. */
function erasedBy(policy: { [key: string]: unknown }): string[] {
  const shape = z.object({
    people: z.object({
      erased: z.array(z.string()),
      aliases: z.record(z.string(), z.unknown()).catch({}).default({}),
    }),
  });
  const people = shape.safeParse(policy).data?.people;
  if (!people) {
    return [];
  }
  const refs = new Set(people.erased.map(ref => ref.toLowerCase()));
  const aliases = Object.entries(people.aliases).flatMap(([alias, ref]) =>
    refs.has(String(ref).toLowerCase()) ? [alias.toLowerCase()] : [],
  );
  return [...refs, ...aliases];
}

function isServicePattern(pattern: string): boolean {
  try {
    return /\/(\*|[^*]+)$/.test(fullRef(pattern)) && !pattern.includes(' ');
  } catch {
    return false;
  }
}

/** Whether refs are named one by one, or by `*` for every name of a namespace. */
function writable(patterns: string[]): (entityRef: string) => boolean {
  const refs = new Set(patterns.map(pattern => fullRef(pattern)));
  return entityRef =>
    refs.has(entityRef) || refs.has(entityRef.replace(/\/.*$/, '/*'));
}

function fullRef(pattern: string): string {
  return stringifyEntityRef(
    parseEntityRef(pattern, {
      defaultKind: 'component',
      defaultNamespace: 'default',
    }),
  );
}

function readSchedule(
  config: RootConfigService,
): SchedulerServiceTaskScheduleDefinition {
  const schedule = config.getOptionalConfig('mentorship.schedule');
  return schedule
    ? readSchedulerServiceTaskScheduleDefinitionFromConfig(schedule)
    : { frequency: { minutes: 10 }, timeout: { minutes: 10 } };
}

function describe(issue: z.core.$ZodIssue): string {
  const path = ['mentorship', ...issue.path].join('.');
  if (issue.code !== 'unrecognized_keys') {
    return `\`${path}\`: ${issue.message}`;
  }
  const known = keysAt(issue.path);
  return issue.keys
    .map(key => `\`${path}.${key}\` is unknown, ${suggestion(key, known)}`)
    .join('; ');
}

/** The keys that may stand at a path below `mentorship`. */
function keysAt(path: readonly PropertyKey[]): string[] {
  const part = path.reduce<unknown>((above, key) => {
    const known = withoutDefault(above);
    return known instanceof z.ZodArray
      ? known.element
      : shapeOf(known)[String(key)];
  }, schema);
  return Object.keys(shapeOf(withoutDefault(part)));
}

function withoutDefault(part: unknown): unknown {
  return part instanceof z.ZodPrefault || part instanceof z.ZodDefault
    ? part.unwrap()
    : part;
}

function shapeOf(part: unknown): Record<string, unknown> {
  return part instanceof z.ZodObject ? part.shape : {};
}

function suggestion(key: string, known: string[]): string {
  const nearest = known.find(candidate => leven(key, candidate) <= 2);
  return nearest
    ? `did you mean \`${nearest}\`?`
    : `known are ${known.map(name => `\`${name}\``).join(', ')}`;
}
