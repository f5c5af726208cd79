import { useEffect, useMemo, useState } from 'react';
import {
  Entity,
  parseEntityRef,
  stringifyEntityRef,
} from '@backstage/catalog-model';
import { useApi } from '@backstage/frontend-plugin-api';
import { catalogApiRef } from '@backstage/plugin-catalog-react';

/** A user or a group of the catalog, to ask about. */
export interface Candidate {
  entityRef: string;
  title: string;
  /** What else tells it from others of the same title. */
  detail: string;
  isGroup: boolean;
}

/** What a search found; stale while the next one is under way. */
export interface Found {
  candidates: readonly Candidate[];
  searching: boolean;
  problem?: unknown;
}

const FIELDS = [
  'kind',
  'metadata.name',
  'metadata.namespace',
  'metadata.title',
  'spec.profile.displayName',
  'spec.type',
];

/** What a search looks at. */
const SEARCHED = [
  'metadata.name',
  'metadata.title',
  'spec.profile.displayName',
  'spec.profile.email',
];

/** How many are offered at once; more words find the others. */
const OFFERED = 12;

/** How long typing may rest before the catalog is asked, in milliseconds. */
const REST = 200;

const NOTHING: Found = { candidates: [], searching: false };

/** Users and groups, or groups only, that the words find in the catalog. */
export function useSearch(words: string, groupsOnly: boolean): Found {
  const catalog = useApi(catalogApiRef);
  const [found, setFound] = useState<Found>(NOTHING);
  const term = words.trim();
  useEffect(() => {
    if (!term) {
      setFound(NOTHING);
      return undefined;
    }
    let current = true;
    setFound(({ candidates }) => ({ candidates, searching: true }));
    const timer = setTimeout(() => {
      catalog
        .queryEntities({
          filter: { kind: groupsOnly ? ['group'] : ['user', 'group'] },
          fullTextFilter: { term, fields: SEARCHED },
          orderFields: { field: 'metadata.name', order: 'asc' },
          fields: FIELDS,
          limit: OFFERED,
        })
        .then(
          ({ items }) =>
            current &&
            setFound({ candidates: items.map(candidate), searching: false }),
          problem =>
            current && setFound({ candidates: [], searching: false, problem }),
        );
    }, REST);
    return () => {
      current = false;
      clearTimeout(timer);
    };
  }, [catalog, term, groupsOnly]);
  return found;
}

/**
 * Those of `leaves` that the catalog knows, by what was written. Where the
 * catalog does not answer, what was written stands for itself.
 */
export function useKnown(
  leaves: readonly string[],
): ReadonlyMap<string, Candidate> {
  const catalog = useApi(catalogApiRef);
  const [known, setKnown] = useState<ReadonlyMap<string, Candidate>>(new Map());
  const refs = useMemo(
    () =>
      leaves.flatMap(written => {
        const entityRef = fullRef(written);
        return entityRef ? [{ written, entityRef }] : [];
      }),
    [leaves],
  );
  useEffect(() => {
    let current = true;
    if (refs.length > 0) {
      const entityRefs = refs.map(({ entityRef }) => entityRef);
      catalog.getEntitiesByRefs({ entityRefs, fields: FIELDS }).then(
        ({ items }) =>
          current &&
          setKnown(
            new Map(
              items.flatMap((entity, index) =>
                entity ? [[refs[index].written, candidate(entity)]] : [],
              ),
            ),
          ),
        () => undefined,
      );
    }
    return () => {
      current = false;
    };
  }, [catalog, refs]);
  return known;
}

function candidate(entity: Entity): Candidate {
  const { kind, metadata, spec } = entity;
  const { displayName } = (spec?.profile ?? {}) as { displayName?: unknown };
  const isGroup = kind.toLocaleLowerCase('en-US') === 'group';
  const title = [displayName, metadata.title].find(
    text => typeof text === 'string' && text,
  );
  return {
    entityRef: stringifyEntityRef(entity),
    title: typeof title === 'string' ? title : metadata.name,
    detail: metadata.name,
    isGroup,
  };
}

/** A ref with its kind and namespace; nothing for what is no ref. */
function fullRef(text: string): string | undefined {
  try {
    return stringifyEntityRef(parseEntityRef(text));
  } catch {
    return undefined;
  }
}
