import type { ServiceLocation } from 'backstage-plugin-mentorship-common';
import type { Engine } from './Engine';

/** Enough that asking for them takes no time, and few enough that no answer takes long. */
const LOCATIONS_AT_A_TIME = 1_000;

/** Where every service says that its source is, in the order of refs. */
export async function locationsOf(
  engine: Pick<Engine, 'locations' | 'serviceCount'>,
): Promise<ServiceLocation[]> {
  const locations: ServiceLocation[] = [];
  const total = await engine.serviceCount();
  while (locations.length < total) {
    const some = await engine.locations(locations.length, LOCATIONS_AT_A_TIME);
    if (some.length === 0) {
      throw new Error(
        `the core gave no locations from service ${locations.length} on, though it has ${total}`,
      );
    }
    locations.push(...some);
  }
  return locations;
}
