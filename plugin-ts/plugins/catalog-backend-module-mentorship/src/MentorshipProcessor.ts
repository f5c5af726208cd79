import {
  DEFAULT_NAMESPACE,
  getCompoundEntityRef,
  parseEntityRef,
  type CompoundEntityRef,
  type Entity,
} from '@backstage/catalog-model';
import type { LocationSpec } from '@backstage/plugin-catalog-common';
import {
  processingResult,
  type CatalogProcessor,
  type CatalogProcessorEmit,
} from '@backstage/plugin-catalog-node';

/**
 * From a user to what they are steward of.
 *
 * @public
 */
export const RELATION_STEWARD_OF = 'stewardOf';

/**
 * From an entity to its steward.
 *
 * @public
 */
export const RELATION_HAS_STEWARD = 'hasSteward';

/**
 * From a user to what they are learning to run.
 *
 * @public
 */
export const RELATION_APPRENTICE_OF = 'apprenticeOf';

/**
 * From an entity to those who learn to run it.
 *
 * @public
 */
export const RELATION_HAS_APPRENTICE = 'hasApprentice';

/**
 * Set to `true` on entities whose annotations say anything about mentorship, so that
 * a catalog can be filtered by it.
 *
 * @public
 */
export const MENTORSHIP_DECLARED_ANNOTATION = 'mentorship/declared';

const ROLES = [
  {
    annotation: 'mentorship/steward',
    of: RELATION_STEWARD_OF,
    has: RELATION_HAS_STEWARD,
  },
  {
    annotation: 'mentorship/apprentices',
    of: RELATION_APPRENTICE_OF,
    has: RELATION_HAS_APPRENTICE,
  },
];
/** Annotations by which somebody takes part. */
const DECLARING = [
  'mentorship/steward',
  'mentorship/backup',
  'mentorship/program-owner',
  'mentorship/apprentices',
  'mentorship/maintainers',
  'mentorship/plan',
];
/** Those who are related, and not what they are related to. */
const PEOPLE = ['user', 'group'];

/**
 * Relates people to the services that name them in annotations. It reads nothing but
 * the entity: what plans and owners files say takes a repository, and stands on the
 * service's tab.
 */
export class MentorshipProcessor implements CatalogProcessor {
  getProcessorName(): string {
    return 'MentorshipProcessor';
  }

  async preProcessEntity(entity: Entity): Promise<Entity> {
    const { annotations, ...metadata } = entity.metadata;
    const isDeclared =
      !isPerson(entity) &&
      DECLARING.some(name => wordsOf(annotations?.[name]).length > 0);
    return isDeclared
      ? {
          ...entity,
          metadata: {
            ...metadata,
            annotations: {
              ...annotations,
              [MENTORSHIP_DECLARED_ANNOTATION]: 'true',
            },
          },
        }
      : entity;
  }

  async postProcessEntity(
    entity: Entity,
    _location: LocationSpec,
    emit: CatalogProcessorEmit,
  ): Promise<Entity> {
    if (isPerson(entity)) {
      return entity;
    }
    const here = getCompoundEntityRef(entity);
    for (const { annotation, of, has } of ROLES) {
      for (const word of wordsOf(entity.metadata.annotations?.[annotation])) {
        const person = personOf(word);
        if (person) {
          emit(
            processingResult.relation({
              source: here,
              type: has,
              target: person,
            }),
          );
          emit(
            processingResult.relation({
              source: person,
              type: of,
              target: here,
            }),
          );
        }
      }
    }
    return entity;
  }
}

function isPerson({ kind }: Entity): boolean {
  return PEOPLE.includes(kind.toLocaleLowerCase('en-US'));
}

/** What an annotation lists; a value that is no text lists nothing. */
function wordsOf(value: unknown): string[] {
  return typeof value === 'string'
    ? [...new Set(value.split(',').map(word => word.trim()))].filter(
        word => word !== '',
      )
    : [];
}

/** A user; whatever else a word names, nobody can be related by it. */
function personOf(word: string): CompoundEntityRef | undefined {
  try {
    const ref = parseEntityRef(word.replace(/^@/, ''), {
      defaultKind: 'user',
      defaultNamespace: DEFAULT_NAMESPACE,
    });
    const isName = /^[a-z0-9]([-a-z0-9_.]*[a-z0-9])?$/i.test(ref.name);
    return ref.kind.toLocaleLowerCase('en-US') === 'user' && isName
      ? { ...ref, kind: 'user' }
      : undefined;
  } catch {
    return undefined;
  }
}
