import type { RepositoryEvidence } from 'backstage-plugin-mentorship-common';
import type { EvidencePlace } from 'backstage-plugin-mentorship-node';

/** The evidence of a place that gave none: its services are known, and why. */
export function nothingFrom(
  { repository, services }: EvidencePlace,
  collectedAt: string,
  failure: string,
): RepositoryEvidence {
  return {
    schema: 'mentorship/evidence/v1',
    repository,
    collectedAt,
    failure,
    services,
    files: [],
  };
}
