import { createExtensionPoint } from '@backstage/backend-plugin-api';
import type { EvidenceSource } from './EvidenceSource';
import type { OperationsSource } from './OperationsSource';

/**
 * Where modules add their sources of evidence.
 *
 * @public
 */
export interface MentorshipEvidenceExtensionPoint {
  /** Adds a source. Two sources with one id stop the start. */
  addEvidenceSource(source: EvidenceSource): void;

  /**
   * Adds a source of what happens in operation. Its kinds count where the
   * policy's `sources` name them. Two sources with one id stop the start.
   */
  addOperationsSource(source: OperationsSource): void;
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
