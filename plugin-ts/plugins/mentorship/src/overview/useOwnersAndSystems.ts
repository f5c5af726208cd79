import { useEffect, useState } from 'react';
import { parseEntityRef } from '@backstage/catalog-model';
import { useApi } from '@backstage/frontend-plugin-api';
import { catalogApiRef } from '@backstage/plugin-catalog-react';

interface Options {
  owners: Array<{ value: string; label: string }>;
  systems: Array<{ value: string; label: string }>;
}

/**
 * Owners and systems to choose from, as the catalog counts them. Where the
 * catalog does not answer, the filters offer what the address holds already.
 */
export function useOwnersAndSystems(): Options {
  const catalog = useApi(catalogApiRef);
  const [options, setOptions] = useState<Options>({ owners: [], systems: [] });
  useEffect(() => {
    let current = true;
    catalog
      .getEntityFacets({
        filter: { kind: 'component' },
        facets: ['relations.ownedBy', 'relations.partOf'],
      })
      .then(
        ({ facets }) => {
          if (current) {
            setOptions({
              owners: toOptions(facets['relations.ownedBy']),
              systems: toOptions(facets['relations.partOf']).filter(
                ({ value }) => value.startsWith('system:'),
              ),
            });
          }
        },
        () => undefined,
      );
    return () => {
      current = false;
    };
  }, [catalog]);
  return options;
}

function toOptions(facet: Array<{ value: string }> | undefined) {
  return (facet ?? [])
    .map(({ value }) => ({ value: value.toLowerCase(), label: label(value) }))
    .sort((a, b) => a.label.localeCompare(b.label));
}

function label(entityRef: string): string {
  try {
    const { namespace, name } = parseEntityRef(entityRef);
    return namespace === 'default' ? name : `${namespace}/${name}`;
  } catch {
    return entityRef;
  }
}
