import { useEffect, useState } from 'react';
import { useApi } from '@backstage/frontend-plugin-api';
import { catalogApiRef } from '@backstage/plugin-catalog-react';

interface Refs {
  owners: string[];
  systems: string[];
}

/**
 * All owners and systems of components in the catalog, in the order of their
 * refs; asked where `isNeeded`. Where the catalog does not answer, the filters
 * offer what they know.
 */
export function useOwnersAndSystems(isNeeded: boolean): Refs {
  const catalog = useApi(catalogApiRef);
  const [refs, setRefs] = useState<Refs>({ owners: [], systems: [] });
  useEffect(() => {
    let current = true;
    if (isNeeded) {
      catalog
        .getEntityFacets({
          filter: { kind: 'component' },
          facets: ['relations.ownedBy', 'relations.partOf'],
        })
        .then(
          ({ facets }) => {
            if (current) {
              setRefs({
                owners: refsOf(facets['relations.ownedBy']),
                systems: refsOf(facets['relations.partOf']).filter(ref =>
                  ref.startsWith('system:'),
                ),
              });
            }
          },
          () => undefined,
        );
    }
    return () => {
      current = false;
    };
  }, [catalog, isNeeded]);
  return refs;
}

function refsOf(facet: Array<{ value: string }> | undefined): string[] {
  return (facet ?? []).map(({ value }) => value.toLowerCase()).sort();
}
