import { parseEntityRef, stringifyEntityRef } from '@backstage/catalog-model';
import { InputError } from '@backstage/errors';
import type {
  OperationsKind,
  PushedEvidence,
  PushedService,
  RepositoryEvidence,
} from 'backstage-plugin-mentorship-common';
import { DAY_MS } from '../../days';

const REPOSITORY = 'mentorship/evidence/v1';
const OPERATIONS = 'mentorship/pushed/v1';

/** Where in a document each kind of evidence on operation stands. */
export const FIELD_OF_KIND: Record<OperationsKind, keyof PushedService> = {
  incidents: 'incidents',
  'on-calls': 'onCalls',
  deployments: 'deployments',
  reviews: 'reviews',
};

/** What can be pushed of a service. */
export type PushedKind = 'repository' | OperationsKind;

/** What a document says of one kind of evidence. */
export interface PushedPart {
  kind: PushedKind;
  outcome: 'found' | 'failed';
  /**
   * The first day that was looked at, or the time on it where only its rest was, in
   * UTC with milliseconds, so that texts compare as times; absent where that is all
   * there is.
   */
  since?: string;
  /** RFC 3339 in UTC, with milliseconds. */
  collectedAt: string;
  /** The document with nothing else in it. */
  document: RepositoryEvidence | PushedEvidence;
}

/**
 * A document that a pipeline pushed: taken apart into what a later one replaces,
 * and otherwise left for the core to read.
 */
export class PushedDocument {
  private constructor(
    /** Which of the two formats it says to have. */
    readonly schema: typeof REPOSITORY | typeof OPERATIONS,
    readonly parts: PushedPart[],
    /** All of it, for the core. */
    readonly bytes: Uint8Array,
  ) {}

  /** @throws InputError that names the field that cannot be used. */
  static read(body: Uint8Array, entityRef: string): PushedDocument {
    const document = objectOf(body);
    const { schema } = document;
    if (schema !== REPOSITORY && schema !== OPERATIONS) {
      throw new InputError(
        `\`schema\` is ${quoted(
          schema,
        )}, and can be \`${REPOSITORY}\` or \`${OPERATIONS}\``,
      );
    }
    const service = onlyService(document.services, entityRef);
    const collectedAt = timeOf(document.collectedAt);
    const parts =
      schema === REPOSITORY
        ? [
            {
              kind: 'repository' as const,
              outcome: 'found' as const,
              collectedAt,
              document: { ...document, services: [service] } as never,
            },
          ]
        : operations(document, service, collectedAt);
    if (parts.length === 0) {
      throw new InputError(
        `\`services[0]\` speaks of none of ${Object.values(FIELD_OF_KIND)
          .map(field => `\`${field}\``)
          .join(', ')}`,
      );
    }
    return new PushedDocument(schema, parts, body);
  }

  get kinds(): PushedKind[] {
    return [...new Set(this.parts.map(({ kind }) => kind))];
  }
}

function operations(
  { since, ...document }: JsonObject,
  { entityRef, ...service }: JsonObject,
  collectedAt: string,
): PushedPart[] {
  if (document.reviews !== undefined) {
    throw new InputError(
      'Reviews of a whole repository (`reviews` beside `services`) are no one service to push; put those that touch this service into `services[0].reviews`',
    );
  }
  const failures = Array.isArray(service.failures) ? service.failures : [];
  return (Object.keys(FIELD_OF_KIND) as OperationsKind[]).flatMap(kind => {
    const part = (
      outcome: PushedPart['outcome'],
      said: object,
    ): PushedPart => ({
      kind,
      outcome,
      ...(outcome === 'found' &&
        since !== undefined && { since: dayOrTimeOf(since) }),
      collectedAt,
      document: {
        ...document,
        ...(since !== undefined && { since }),
        services: [{ entityRef, ...said }],
      } as never,
    });
    const found = service[FIELD_OF_KIND[kind]];
    const failed = failures.filter(failure => failure?.kind === kind);
    return [
      ...(found !== undefined && found !== null
        ? [part('found', { [FIELD_OF_KIND[kind]]: found })]
        : []),
      ...(failed.length > 0 ? [part('failed', { failures: failed })] : []),
    ];
  });
}

type JsonObject = Record<string, unknown>;

function objectOf(body: Uint8Array): JsonObject {
  let document: unknown;
  try {
    document = JSON.parse(
      new TextDecoder('utf-8', { fatal: true }).decode(body),
    );
  } catch (error) {
    throw new InputError(
      `The document is no JSON in UTF-8: ${(error as Error).message}`,
    );
  }
  if (!isObject(document)) {
    throw new InputError('The document is no JSON object');
  }
  return document;
}

/** The one service, its ref spelt like that of the path. */
function onlyService(services: unknown, entityRef: string): JsonObject {
  if (!Array.isArray(services) || services.length !== 1) {
    throw new InputError(
      `\`services\` holds exactly the service of the path, ${entityRef}`,
    );
  }
  const [service] = services;
  if (!isObject(service) || refOf(service.entityRef) !== entityRef) {
    throw new InputError(
      `\`services[0].entityRef\` is ${quoted(
        service?.entityRef,
      )}, and the path says ${entityRef}`,
    );
  }
  return { ...service, entityRef };
}

function refOf(written: unknown): string | undefined {
  try {
    return stringifyEntityRef(
      parseEntityRef(String(written), {
        defaultKind: 'component',
        defaultNamespace: 'default',
      }),
    );
  } catch {
    return undefined;
  }
}

/**
 * So that texts compare as times. What is dated in the future would keep out
 * whatever comes until then.
 */
function timeOf(written: unknown): string {
  const at = typeof written === 'string' ? Date.parse(written) : NaN;
  if (Number.isNaN(at) || !/^\d{4}-\d\d-\d\d/.test(String(written))) {
    throw new InputError(
      `\`collectedAt\` is ${quoted(
        written,
      )}; say when it was collected, RFC 3339`,
    );
  }
  if (at > Date.now() + CLOCKS_DIFFER_MS) {
    throw new InputError(
      `\`collectedAt\` is ${quoted(written)}, which is in the future`,
    );
  }
  return new Date(at).toISOString();
}

const CLOCKS_DIFFER_MS = DAY_MS;

function dayOrTimeOf(written: unknown): string {
  if (
    typeof written !== 'string' ||
    !/^\d{4}-\d\d-\d\d(T|$)/.test(written) ||
    Number.isNaN(Date.parse(written))
  ) {
    throw new InputError(
      `\`since\` is ${quoted(
        written,
      )}; say the first day that was looked at, YYYY-MM-DD, or the time on it, RFC 3339`,
    );
  }
  return new Date(written).toISOString().replace(/T00:00:00\.000Z$/, '');
}

function quoted(value: unknown): string {
  return `\`${String(JSON.stringify(value)).slice(0, 100)}\``;
}

function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
