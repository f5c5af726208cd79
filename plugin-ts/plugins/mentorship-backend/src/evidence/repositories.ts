import type { ServiceLocation } from 'backstage-plugin-mentorship-common';
import { repositoryKey } from './git/fileAddress';

/** Where in a repository on a code host a service lives. */
export interface RemotePlace {
  entityRef: string;
  directory: string;
  revision?: string;
}

/** The repositories on code hosts by their address, each spelled in one way. */
export function byAddress(
  services: readonly ServiceLocation[],
): Map<string, RemotePlace[]> {
  const repositories = new Map<
    string,
    { url: string; places: RemotePlace[] }
  >();
  for (const { entityRef, location } of services) {
    if (location?.type === 'repository') {
      const { revision, directory } = location;
      const url = location.url.replace(/\/+$/, '');
      const key = repositoryKey(url);
      const known = repositories.get(key) ?? { url, places: [] };
      known.url = known.url > url ? known.url : url;
      known.places.push({ entityRef, directory, revision });
      repositories.set(key, known);
    }
  }
  return new Map(
    [...repositories.values()].map(({ url, places }) => [url, places]),
  );
}
