import type { Entity } from '@backstage/catalog-model';
import { rows } from '../src/__testUtils__/fixtures/rows';

const PEOPLE = ['alice', 'ben', 'jordan', 'priya', 'maria', 'sofia', 'chloe'];

/** The catalog of the development app: the fixtures' services and people. */
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
  ...PEOPLE.map(name => ({
    apiVersion: 'backstage.io/v1alpha1',
    kind: 'User',
    metadata: { name, namespace: 'default', uid: name },
    spec: {},
  })),
];
