import type { Entity } from '@backstage/catalog-model';
import { rows } from '../src/__testUtils__/fixtures/rows';

const PEOPLE = {
  alice: 'Alice Moreau',
  ben: 'Ben Okafor',
  jordan: 'Jordan Reyes',
  priya: 'Priya Nair',
  maria: 'Maria Lindqvist',
  sofia: 'Sofia Keller',
  chloe: 'Chloe Martin',
};

const TEAMS = {
  payments: 'Payments',
  risk: 'Risk and fraud',
  platform: 'Platform',
  merchants: 'Merchant experience',
};

/** The catalog of the development app: the fixtures' services, people and teams. */
export const entities: Entity[] = [
  ...rows.map(row => ({
    apiVersion: 'backstage.io/v1alpha1',
    kind: 'Component',
    metadata: {
      name: row.title,
      namespace: 'default',
      uid: row.title,
      description: 'A service of the fixtures.',
    },
    spec: {
      type: row.type,
      lifecycle: row.lifecycle,
      owner: row.owner,
      system: row.system,
    },
    relations: [
      { type: 'ownedBy', targetRef: row.owner ?? '' },
      { type: 'partOf', targetRef: row.system ?? '' },
    ],
  })),
  ...profiles('User', PEOPLE),
  ...profiles('Group', TEAMS),
];

function profiles(kind: string, names: Record<string, string>): Entity[] {
  return Object.entries(names).map(([name, displayName]) => ({
    apiVersion: 'backstage.io/v1alpha1',
    kind,
    metadata: { name, namespace: 'default', uid: name },
    spec: { profile: { displayName } },
  }));
}
