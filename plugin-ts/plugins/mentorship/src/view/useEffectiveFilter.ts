import { useEffect, useMemo, useState } from 'react';
import { identityApiRef, useApi } from '@backstage/frontend-plugin-api';
import type { AssessmentsFilter } from 'backstage-plugin-mentorship-common';
import type { View } from './view';

/**
 * The filter that a view means for its reader; absent until it is known who
 * that is, where the view is of what they own.
 */
export function useEffectiveFilter({
  filter,
  mine,
}: View): AssessmentsFilter | undefined {
  const identity = useApi(identityApiRef);
  const [owners, setOwners] = useState<string[] | undefined>();
  useEffect(() => {
    let current = true;
    if (mine) {
      identity.getBackstageIdentity().then(
        ({ ownershipEntityRefs }) => current && setOwners(ownershipEntityRefs),
        // Nobody in particular owns nothing in particular.
        () => current && setOwners(['user:default/nobody']),
      );
    }
    return () => {
      current = false;
    };
  }, [identity, mine]);
  return useMemo(() => {
    if (!mine) {
      return filter;
    }
    return owners && { ...filter, owner: owners };
  }, [filter, mine, owners]);
}
