import type { Entity } from '@backstage/catalog-model';

/** An entity as the catalog stores it. */
export function entity(
  kind: string,
  name: string,
  rest: {
    annotations?: Record<string, string>;
    spec?: Record<string, unknown>;
    title?: string;
  } = {},
): Entity {
  return {
    apiVersion: 'backstage.io/v1alpha1',
    kind,
    metadata: {
      name,
      namespace: 'default',
      title: rest.title,
      annotations: rest.annotations,
    },
    spec: rest.spec as never,
  };
}

/** An enrolled service with a steward. */
export function service(
  name: string,
  rest: Parameters<typeof entity>[2] = {},
): Entity {
  return entity('Component', name, {
    ...rest,
    annotations: {
      'mentorship/steward': 'user:default/alice',
      'mentorship/steward-since': '2026-01-15',
      ...rest.annotations,
    },
    spec: {
      type: 'service',
      lifecycle: 'production',
      owner: 'group:default/shop',
      ...rest.spec,
    },
  });
}

export const alice = entity('User', 'alice', {
  spec: {
    profile: { displayName: 'Alice A.', email: 'alice@example.com' },
    memberOf: ['shop'],
  },
});

/** The pages of a listing, as the bytes that the catalog's route sends. */
export function pages(entities: unknown[], size = 500): string[] {
  const all: string[] = [];
  for (let start = 0; start === 0 || start < entities.length; start += size) {
    const end = start + size;
    all.push(
      JSON.stringify({
        items: entities.slice(start, end),
        totalItems: entities.length,
        pageInfo: end < entities.length ? { nextCursor: String(end) } : {},
      }),
    );
  }
  return all;
}

/** Answers for pages like the catalog's listing does, from what `current` gives. */
export function listingOf(current: () => string[]) {
  return {
    page: async (cursor: string | undefined) => {
      const all = current();
      const page = cursor
        ? all.find((_, at) => at > 0 && all[at - 1].includes(`"${cursor}"`))
        : all[0];
      return new TextEncoder().encode(page);
    },
  };
}
