import type { Entity } from '@backstage/catalog-model';

const GROUPS = 400;
const SYSTEMS = 800;
const USERS = 2_000;

/** What a catalog is made up of. */
export interface MadeUp {
  services: number;
  /** Each version changes one service in so many, and another one is missing. */
  period: number;
}

/**
 * A catalog of any size that changes from version to version. Every service says in
 * its title of which version it is, so that whoever reads results can tell whether
 * they belong together.
 */
export class MadeUpCatalog {
  constructor(private readonly made: MadeUp) {}

  /** Services that a version has. */
  get services(): number {
    return this.made.services - 1;
  }

  /** The services of a version. */
  entities(version: number): Entity[] {
    return Array.from({ length: this.services }, (_, at) =>
      this.service(version, at),
    );
  }

  /** A page as the catalog's route answers; a listing stays with its version. */
  page(version: number, cursor: string | undefined, limit: number): string {
    const [of, start] = cursor ? cursor.split('/').map(Number) : [version, 0];
    const total = USERS + this.services;
    const end = Math.min(start + limit, total);
    const items = Array.from({ length: end - start }, (_, n) => start + n).map(
      n => (n < USERS ? user(n) : this.service(of, n - USERS)),
    );
    return JSON.stringify({
      items,
      totalItems: total,
      pageInfo: end < total ? { nextCursor: `${of}/${end}` } : {},
    });
  }

  private service(version: number, at: number): Entity {
    const { services, period } = this.made;
    const missing = version % services;
    const n = at < missing ? at : at + 1;
    const changed = version - ((((version - n) % period) + period) % period);
    const name = `svc-${String(n).padStart(6, '0')}`;
    return {
      apiVersion: 'backstage.io/v1alpha1',
      kind: 'Component',
      metadata: {
        name,
        namespace: 'default',
        title: `of ${changed}`,
        annotations: {
          ...(n % 5 && {
            'mentorship/steward': `user:default/user-${n % USERS}`,
          }),
          ...(n % 7 && {
            'mentorship/steward-since': `2026-0${1 + (n % 9)}-15`,
          }),
          ...(n % 3 === 0 && {
            'mentorship/apprentices': `user:default/user-${(n + 7) % USERS}`,
          }),
          ...(n % 2 && { 'mentorship/tier': String(1 + (n % 4)) }),
        },
      },
      spec: {
        type: n % 11 ? 'service' : 'library',
        lifecycle: n % 13 ? 'production' : 'experimental',
        owner: `group:default/group-${n % GROUPS}`,
        system: `system-${n % SYSTEMS}`,
      },
    };
  }
}

function user(n: number): Entity {
  return {
    apiVersion: 'backstage.io/v1alpha1',
    kind: 'User',
    metadata: { name: `user-${n}`, namespace: 'default' },
    spec: { profile: { displayName: `User ${n}` }, memberOf: [] },
  };
}
