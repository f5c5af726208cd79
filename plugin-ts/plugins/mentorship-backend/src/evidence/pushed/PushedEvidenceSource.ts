import type { RepositoryEvidence } from 'backstage-plugin-mentorship-common';
import type {
  EvidenceRequest,
  EvidenceSource,
} from 'backstage-plugin-mentorship-node';
import type { PushedEvidenceStore } from '../../database/PushedEvidenceStore';

/** The id under which the status tells of everything that is pushed. */
export const PUSHED_SOURCE_ID = 'push';

/**
 * Repositories as pipelines pushed them, for services that no other source
 * could read: what the portal reads by itself is newer and was seen by nobody
 * in between.
 */
export class PushedEvidenceSource implements EvidenceSource {
  readonly id = PUSHED_SOURCE_ID;
  readonly title = 'Pushed by pipelines';
  readonly standsIn = true;

  constructor(
    private readonly store: Pick<
      PushedEvidenceStore,
      'servicesWithRepository' | 'repository'
    >,
  ) {}

  async collect({ services, sink, signal }: EvidenceRequest): Promise<void> {
    const asked = new Set(services.map(({ entityRef }) => entityRef));
    for (const entityRef of await this.store.servicesWithRepository()) {
      signal.throwIfAborted();
      const document =
        asked.has(entityRef) && (await this.store.repository(entityRef));
      if (document) {
        const evidence: RepositoryEvidence = JSON.parse(document);
        // A place of its own: whoever may push of one service must not replace
        // what is known of others in the same repository.
        const repository = `${evidence.repository} (pushed for ${entityRef})`;
        await sink.put({
          ...evidence,
          files: evidence.files ?? [],
          repository,
        });
      }
    }
  }
}
