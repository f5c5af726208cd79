import { createExtensionPoint } from '@backstage/backend-plugin-api';
import type { EvidenceSource } from './EvidenceSource';

/**
 * Where modules add their sources of evidence.
 *
 * @public
 */
export interface MentorshipEvidenceExtensionPoint {
  /** Adds a source. Two sources with one id stop the start. */
  addEvidenceSource(source: EvidenceSource): void;
}

/**
 * The extension point for sources of evidence.
 *
 * @public
 */
export const mentorshipEvidenceExtensionPoint =
  createExtensionPoint<MentorshipEvidenceExtensionPoint>({
    id: 'mentorship.evidence',
  });
