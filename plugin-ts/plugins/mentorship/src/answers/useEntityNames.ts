import { useEffect, useMemo, useState } from 'react';
import { DEFAULT_NAMESPACE, parseEntityRef } from '@backstage/catalog-model';
import { useApiHolder } from '@backstage/frontend-plugin-api';
import {
  entityPresentationApiRef,
  entityPresentationSnapshot,
} from '@backstage/plugin-catalog-react';
import { isEntityRef, nameInRef } from '../words/refs';

/**
 * What the portal calls entities. As long as it has to ask the catalog, and where that
 * does not answer, an entity has the name in its ref. The portal asks for all of them
 * at once, and remembers what it was told.
 */
export function useEntityNames(
  refs: readonly string[],
): (entityRef: string) => string {
  const presentation = useApiHolder().get(entityPresentationApiRef);
  const [names, setNames] = useState(() => new Map<string, string>());
  const asked = refs.join('\n');
  useEffect(() => {
    let current = true;
    const name = async (ref: string): Promise<[string, string]> => {
      const presented = presentation?.forEntity(ref, contextOf(ref));
      return [ref, (await presented?.promise)?.primaryTitle ?? nameInRef(ref)];
    };
    Promise.all(asked.split('\n').filter(isEntityRef).map(name)).then(
      found => current && setNames(new Map(found)),
      () => undefined,
    );
    return () => {
      current = false;
    };
  }, [presentation, asked]);
  return useMemo(() => {
    const known = (ref: string) =>
      entityPresentationSnapshot(ref, contextOf(ref), presentation)
        .primaryTitle;
    return ref => names.get(ref) ?? (isEntityRef(ref) ? known(ref) : ref);
  }, [names, presentation]);
}

/** Where an owner is expected, `payments` says as much as `group:payments`. */
function contextOf(entityRef: string) {
  const { kind } = parseEntityRef(entityRef);
  return { defaultKind: kind, defaultNamespace: DEFAULT_NAMESPACE };
}
